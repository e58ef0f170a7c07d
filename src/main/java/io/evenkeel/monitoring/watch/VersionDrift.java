package io.evenkeel.monitoring.watch;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Row;
import io.evenkeel.inference.Prediction;
import io.evenkeel.monitoring.Reference;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one version's drift: evidence, and effect sizes of the last window. One thread
 * observes; others may look.
 */
final class VersionDrift {
  /** After so many rows it is known how many of them normally break the contract. */
  static final int CALIBRATION = 2000;

  private static final double ALPHA = 0.01;

  private final Contract contract;
  private final Reference reference;
  private final DriftMonitor monitor;
  private final RowBins bins;
  private final List<String> streams = new ArrayList<>();
  private final List<EffectWindow> windows = new ArrayList<>();
  private final int windowRows;
  private final int[] row;
  private final Map<String, EffectSizes> effects = new ConcurrentHashMap<>();

  private long calibrated;
  private long violations;
  private int inWindow;

  VersionDrift(Contract contract, Reference reference, DriftProperties properties) {
    this.contract = contract;
    this.reference = reference;
    this.windowRows = properties.window();
    DriftStreams all = DriftStreams.of(reference, 0, CALIBRATION);
    this.monitor = new DriftMonitor(all.references(), properties.settings());
    this.bins = new RowBins(contract, all);
    this.row = new int[bins.size()];
    add(all.inputs());
    add(all.outputs());
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
    if (++inWindow == windowRows) {
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
    double rate = (double) violations / calibrated;
    monitor.expect(DriftStreams.of(reference, rate, calibrated).references());
  }

  DriftSnapshot snapshot() {
    return monitor.snapshot();
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

  Saved save() {
    return new Saved(calibrated, violations, monitor.state().bytes());
  }

  /**
   * Goes on with what was kept.
   *
   * @throws IllegalArgumentException if it is of another reference; nothing is known then
   */
  void restore(Saved saved) {
    calibrated = saved.calibrated();
    violations = saved.violations();
    if (isCalibrated()) {
      expectViolations();
    }
    try {
      monitor.add(DriftState.of(saved.state()));
    } catch (IllegalArgumentException e) {
      calibrated = 0;
      violations = 0;
      throw e;
    }
  }

  /** What survives the process. */
  @SuppressWarnings("ArrayRecordComponent") // Handed over, and neither kept nor compared.
  record Saved(long calibrated, long violations, byte[] state) {}
}
