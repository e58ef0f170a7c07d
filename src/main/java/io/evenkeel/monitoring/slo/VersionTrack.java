package io.evenkeel.monitoring.slo;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last minutes of one version at one endpoint: endings and times. With sixteen buckets about 20
 * kB. Not thread-safe.
 */
final class VersionTrack {
  private static final List<Duration> WINDOWS = List.of(Duration.ofMinutes(5), Duration.ofHours(1));
  private static final double NANOS_IN_MILLI = 1e6;

  private static final int REQUESTS = 0;
  private static final int COUNTING = 1;
  private static final int BAD = 2;
  private static final int DEGRADED = 3;
  private static final int HISTOGRAM = 4;

  /** Whose requests these are. */
  record Key(String endpoint, String model, String version) {
    static Key of(RequestSeries series) {
      return new Key(series.endpoint(), series.model(), series.version());
    }
  }

  private final Key key;

  /** Gives the bounds; all of a version's series have the same. */
  private final Latencies shape;

  private final Map<Duration, WindowRing> rings = new LinkedHashMap<>();

  VersionTrack(Key key, Latencies shape) {
    this.key = key;
    this.shape = shape;
    int width = HISTOGRAM + shape.counts().length;
    WINDOWS.forEach(window -> rings.put(window, new WindowRing(window, width)));
  }

  /** The counts of its series. */
  long[] counts(SeriesIndex all, Verdicts verdicts) {
    long[] counts = new long[HISTOGRAM + shape.counts().length];
    for (RequestSeries series : all.of(key)) {
      if (series.latencies().hasTheBoundsOf(shape)) {
        add(counts, series, verdicts);
      }
    }
    return counts;
  }

  private static void add(long[] counts, RequestSeries series, Verdicts verdicts) {
    long total = series.latencies().total();
    boolean isBad = verdicts.isBad(series.outcome());
    counts[REQUESTS] += total;
    counts[COUNTING] += isBad || verdicts.isGood(series.outcome()) ? total : 0;
    counts[BAD] += isBad ? total : 0;
    counts[DEGRADED] += "degraded".equals(series.outcome()) ? total : 0;
    if (Verdicts.isAnswer(series.outcome())) {
      long[] histogram = series.latencies().counts();
      for (int i = 0; i < histogram.length; i++) {
        counts[HISTOGRAM + i] += histogram[i];
      }
    }
  }

  void sample(long nowNanos, long[] counts) {
    rings.values().forEach(ring -> ring.sample(nowNanos, counts));
  }

  SloReport.Traffic report(long nowNanos, long[] counts) {
    return new SloReport.Traffic(
        key.endpoint(),
        key.model(),
        key.version(),
        rings.entrySet().stream()
            .map(ring -> window(ring.getKey(), ring.getValue().rise(nowNanos, counts)))
            .toList());
  }

  private SloReport.Window window(Duration window, WindowRing.Rise rise) {
    long[] rises = rise.rises();
    Latencies answers = shape.with(Arrays.copyOfRange(rises, HISTOGRAM, rises.length));
    double seconds = rise.spanNanos() / 1e9;
    return new SloReport.Window(
        window,
        Duration.ofNanos(rise.spanNanos()).truncatedTo(ChronoUnit.SECONDS),
        rises[REQUESTS],
        seconds > 0 ? rises[REQUESTS] / seconds : 0,
        share(rises[BAD], rises[COUNTING]),
        share(rises[DEGRADED], answers.total()),
        millis(answers, 0.5),
        millis(answers, 0.95),
        millis(answers, 0.99));
  }

  private static double share(long part, long all) {
    return all == 0 ? 0 : (double) part / all;
  }

  private static @Nullable Double millis(Latencies answers, double share) {
    Double nanos = answers.quantileNanos(share);
    return nanos == null ? null : nanos / NANOS_IN_MILLI;
  }
}
