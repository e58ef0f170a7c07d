package io.evenkeel.monitoring.slo;

import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.VersionListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows how the objectives stand. It looks at the counts of requests again and again, and keeps
 * samples of them; a request itself isn't told. Each objective and model takes about 9 kB, each
 * version and endpoint that had requests about 20 kB. Thread-safe.
 */
public final class SloWatch implements VersionListener {
  /** How often it wants to look: a sample of the shortest window. */
  public static final Duration EVERY = Duration.ofMinutes(5).dividedBy(WindowRing.CELLS);

  /** The requests that were routed to no model. */
  private static final String NO_MODEL = "";

  private static final long FRESH_NANOS = Duration.ofMillis(250).toNanos();

  private final List<Indicator> indicators;
  private final Verdicts verdicts;
  private final RequestCounts source;
  private final LongSupplier ticker;
  private final long beganNanos;
  private final Instant since;
  private final Set<String> models = new CopyOnWriteArraySet<>();
  private final List<Consumer<Counted>> listeners = new ArrayList<>();
  private final Map<Counted, IndicatorTrack> tracks = new LinkedHashMap<>();
  private final Map<String, VersionTrack> versions = new TreeMap<>();
  private @Nullable SeriesIndex last;
  private long lastNanos;

  /**
   * An indicator and the model it is counted for.
   *
   * @param indicator of an objective
   * @param model empty for requests that were routed to none
   */
  public record Counted(Indicator indicator, String model) {}

  /**
   * @param source of the counts; they were 0 when this watch began
   * @param ticker monotonic nanoseconds
   * @param since when that is, for people
   */
  public SloWatch(
      SloProperties properties, RequestCounts source, LongSupplier ticker, Instant since) {
    this.indicators =
        properties.objectives().stream().flatMap(found -> found.indicators().stream()).toList();
    this.verdicts = properties.verdicts();
    this.source = source;
    this.ticker = ticker;
    this.beganNanos = ticker.getAsLong();
    this.since = since;
    know(NO_MODEL);
  }

  @Override
  public void added(ModelVersion version) {
    know(version.model());
  }

  /** Begins to count for a model. */
  void know(String model) {
    if (!models.add(model)) {
      return;
    }
    synchronized (this) {
      for (Indicator indicator : indicators) {
        if (indicator.objective().isAbout(model)) {
          Counted counted = new Counted(indicator, model);
          tracks.put(counted, new IndicatorTrack(indicator, model));
          listeners.forEach(listener -> listener.accept(counted));
        }
      }
    }
  }

  /** Tells of each indicator and model that is counted, now or later. */
  public synchronized void forEach(Consumer<Counted> listener) {
    listeners.add(listener);
    tracks.keySet().forEach(listener);
  }

  /** What was counted since the start, not older than a quarter of a second. */
  public synchronized Tally total(Counted counted) {
    IndicatorTrack track = tracks.get(counted);
    return track == null ? Tally.NONE : track.tally(fresh(), verdicts);
  }

  /** Keeps a sample. Called every {@link #EVERY}. */
  public synchronized void look() {
    SeriesIndex all = read();
    long now = nowNanos();
    tracks.values().forEach(track -> track.sample(now, track.tally(all, verdicts)));
    meet(all);
    versions.values().forEach(track -> track.sample(now, track.counts(all, verdicts)));
  }

  private void meet(SeriesIndex all) {
    for (RequestSeries series : all.onePerVersion()) {
      VersionTrack.Key key = VersionTrack.Key.of(series);
      versions.computeIfAbsent(
          key.endpoint() + '\n' + key.model() + '\n' + key.version(),
          ignored -> new VersionTrack(key, series.latencies()));
    }
  }

  /** How everything stands at this moment. */
  public synchronized SloReport report() {
    SeriesIndex all = read();
    long now = nowNanos();
    meet(all);
    return new SloReport(
        since,
        tracks.values().stream()
            .map(track -> track.report(now, track.tally(all, verdicts)))
            .toList(),
        List.of(),
        versions.values().stream()
            .map(track -> track.report(now, track.counts(all, verdicts)))
            .toList());
  }

  /** A scrape asks for each indicator on its own. */
  private SeriesIndex fresh() {
    SeriesIndex found = last;
    return found == null || ticker.getAsLong() - lastNanos > FRESH_NANOS ? read() : found;
  }

  private SeriesIndex read() {
    SeriesIndex all = new SeriesIndex(source.read());
    last = all;
    lastNanos = ticker.getAsLong();
    return all;
  }

  private long nowNanos() {
    return ticker.getAsLong() - beganNanos;
  }
}
