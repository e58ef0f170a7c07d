package io.evenkeel.api;

import io.evenkeel.registry.ScratchVersion;
import java.util.List;

/** Copies of {@code loan-default} for each run of each {@link PlantedDrift}. */
final class LoanDriftModels extends CopiedModels {
  LoanDriftModels() {
    super("loan-default", PlantedDrift.values().length * RUNS);
  }

  static int version(PlantedDrift drift, int run) {
    return 2 + List.of(PlantedDrift.values()).indexOf(drift) * RUNS + run;
  }

  /** Its housing is missing in 3 % of the rows it was trained on: where gaps are planted in 1 %. */
  @Override
  void change(ScratchVersion copy, int version) {
    int first = version(PlantedDrift.MISSING, 0);
    if (version >= first && version < first + RUNS) {
      ScratchVersion ignored =
          copy.replace("reference.json", "\"missing\": 0.030375", "\"missing\": 0.01").seal();
    }
  }
}
