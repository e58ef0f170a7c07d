package io.evenkeel.monitoring.watch;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Row;
import io.evenkeel.inference.Prediction;
import io.evenkeel.monitoring.Reference;
import io.evenkeel.monitoring.Seasons;
import io.evenkeel.monitoring.drift.Binning;
import io.evenkeel.monitoring.drift.DriftGroup;
import io.evenkeel.monitoring.drift.DriftLevel;
import io.evenkeel.monitoring.drift.DriftMonitor;
import io.evenkeel.monitoring.drift.DriftSnapshot;
import io.evenkeel.monitoring.drift.DriftState;
import io.evenkeel.monitoring.drift.DriftStreams;
import io.evenkeel.monitoring.drift.EffectSizes;
import io.evenkeel.monitoring.drift.EffectWindow;
import io.evenkeel.monitoring.drift.StreamReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one version's drift: this server's evidence, that of the servers together, and
 * effect sizes of the last window. One thread observes; others may look.
 */
final class VersionDrift {
  /** After so many rows it is known how many of them normally break the contract. */
  static final int CALIBRATION = 2000;

  private static final double ALPHA = 0.01;

  private final Contract contract;
  private final DriftProperties properties;
  private final @Nullable Seasons seasons;
  private final DriftMonitor monitor;
  private final RowBins bins;
  private final List<String> streams = new ArrayList<>();
  private final List<EffectWindow> windows = new ArrayList<>();
  private final int[] row;
  private final Map<String, EffectSizes> effects = new ConcurrentHashMap<>();

  private DriftStreams all;
  private volatile Seasons.@Nullable Season season;
  private Instant turn = Instant.MIN;
  private volatile @Nullable FleetView fleet;
  private long calibrated;
  private long violations;
  private int inWindow;

  VersionDrift(Contract contract, Reference reference, DriftProperties properties) {
    this.contract = contract;
    this.properties = properties;
    this.seasons = reference.seasons();
    this.all = DriftStreams.of(reference, 0, CALIBRATION);
    this.monitor = newMonitor();
    this.bins = new RowBins(contract, all);
    this.row = new int[bins.size()];
    add(all.inputs());
    add(all.outputs());
  }

  /** One that begins with all the data, so that states fit whatever the season. */
  private DriftMonitor newMonitor() {
    return new DriftMonitor(all.withViolations(0, CALIBRATION).references(), properties.settings());
  }

  private void add(Map<String, Binning> binnings) {
    binnings.forEach((name, binning) -> {
      streams.add(name);
      windows.add(new EffectWindow(binning, ALPHA));
    });
  }

  /** Takes a row in, with what the version predicted for it; null where it predicted nothing. */
  DriftLevel observe(Row seen, @Nullable Prediction prediction) {
    bins.write(seen, prediction, isCalibrated(), row);
    if (!isCalibrated()) {
      calibrate(seen);
    }
    for (int stream = 0; stream < windows.size(); stream++) {
      if (row[stream] != StreamReference.NONE) {
        windows.get(stream).observe(row[stream]);
      }
    }
    if (++inWindow == properties.window()) {
      inWindow = 0;
      for (int stream = 0; stream < windows.size(); stream++) {
        String name = streams.get(stream);
        windows.get(stream).close().ifPresent(sizes -> effects.put(name, sizes));
      }
    }
    return monitor.observe(row);
  }

  private boolean isCalibrated() {
    return calibrated >= CALIBRATION;
  }

  private void calibrate(Row seen) {
    calibrated++;
    violations += seen.isValid() ? 0 : 1;
    if (isCalibrated()) {
      expectViolations();
    }
  }

  private void expectViolations() {
    all = all.withViolations((double) violations / calibrated, calibrated);
    expect();
  }

  private void expect() {
    List<StreamReference> expected = all.references(season);
    monitor.expect(expected);
    for (int stream = 0; stream < windows.size(); stream++) {
      windows.get(stream).expect(expected.get(stream));
    }
  }

  /** Turns to the season of that moment, if there are seasons. By the time, never by the rows. */
  void turn(Instant now) {
    if (seasons == null || now.isBefore(turn)) {
      return;
    }
    turn = seasons.nextHour(now);
    Seasons.Season found = seasons.at(now);
    if (!found.equals(season)) {
      season = found;
      expect();
    }
  }

  /** The name of the present season; null where there are none. */
  @Nullable String season() {
    Seasons.Season present = season;
    return present == null ? null : present.name();
  }

  /** What this server knows. */
  DriftSnapshot own() {
    return monitor.snapshot();
  }

  /** What the servers know together; what this one knows, where it is alone. */
  DriftSnapshot snapshot() {
    FleetView others = fleet;
    return others == null ? monitor.snapshot() : others.with(monitor.state());
  }

  /** The servers together; null where no other one has ever saved anything. */
  @Nullable FleetView fleet() {
    return fleet;
  }

  /** Takes what other servers know, instead of what was known of them. */
  void meet(List<FleetView.Known> others) {
    FleetView view = fleet;
    if (view == null) {
      if (others.isEmpty()) {
        return;
      }
      view = new FleetView(newMonitor(), Objects.hashCode(seasons));
    }
    view.meet(others, properties.maxAge());
    fleet = view;
  }

  /** Of the last whole window, by feature or output. */
  Map<String, EffectSizes> effects() {
    return new LinkedHashMap<>(effects);
  }

  /** The largest PSI of a group's streams in the last window; 0 before there is one. */
  double effect(DriftGroup group) {
    return effects.entrySet().stream()
        .filter(effect -> group(effect.getKey()) == group)
        .mapToDouble(effect -> effect.getValue().psi())
        .max()
        .orElse(0);
  }

  private DriftGroup group(String stream) {
    if (contract.indexOf(stream) >= 0) {
      return DriftGroup.INPUTS;
    }
    return stream.equals("confidence") ? DriftGroup.CONFIDENCE : DriftGroup.PREDICTIONS;
  }

  Contract contract() {
    return contract;
  }

  SavedDrift save() {
    DriftSnapshot own = monitor.snapshot();
    return new SavedDrift(
        Objects.hashCode(seasons),
        calibrated,
        violations,
        own.rows(),
        own.evidence(),
        monitor.state().bytes());
  }

  /**
   * Goes on with what was kept.
   *
   * @throws IllegalArgumentException if it is of another reference; nothing is known then
   */
  void restore(SavedDrift saved) {
    if (saved.seasons() != Objects.hashCode(seasons)) {
      throw new IllegalArgumentException("it is of other seasons");
    }
    monitor.add(DriftState.of(saved.state()));
    calibrated = saved.calibrated();
    violations = saved.violations();
    if (isCalibrated()) {
      expectViolations();
    }
  }
}
