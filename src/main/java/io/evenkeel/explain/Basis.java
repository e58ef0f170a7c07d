package io.evenkeel.explain;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.Outputs;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.monitoring.Importance;
import io.evenkeel.monitoring.Reference;
import io.evenkeel.registry.ModelVersion;
import org.jspecify.annotations.Nullable;

/** What a version's answers are explained against, or why they can't be. Immutable. */
sealed interface Basis {
  /**
   * They can be.
   *
   * @param baseline the row that stands for no knowledge
   * @param importance how much features mattered in training; null where that isn't known
   */
  record Known(Contract contract, Row baseline, @Nullable Importance importance) implements Basis {}

  /**
   * They can't.
   *
   * @param why in words for the caller, with how to mend it
   */
  record Lacking(String why) implements Basis {}

  /** The basis by the version's {@code reference.json}, which is read now. */
  static Basis of(ModelVersion version, Contract contract) {
    if (contract.outputs() instanceof Outputs.Raw) {
      return new Lacking(
          "model "
              + version
              + " answers with raw outputs, of which none is the one to explain; declare a"
              + " classification or a regression in its contract");
    }
    byte[] file = version.referenceFile().orElse(null);
    if (file == null) {
      return new Lacking(
          "model "
              + version
              + " has no reference.json, and so no training data to compare with; add one, as"
              + " docs/model-folder.md describes it, or let `evenkeel init` make it of data");
    }
    try {
      Reference reference = Reference.read(file);
      reference.checkAgainst(contract);
      Row baseline = Baseline.of(contract, reference);
      Feature lacking = lacking(contract, baseline);
      return lacking == null
          ? new Known(contract, baseline, reference.importance())
          : new Lacking(
              "the reference.json of model "
                  + version
                  + " has no value for `"
                  + lacking.name()
                  + "`, which is never missing; make the file anew from the training data");
    } catch (UnusableModelException e) {
      return new Lacking(
          "the reference.json of model "
              + version
              + " can't be used; `evenkeel check` says why, and so does GET /v1/models/"
              + version.model()
              + "/drift");
    }
  }

  /** The first feature that has no value though rows always have one; null where there is none. */
  private static @Nullable Feature lacking(Contract contract, Row baseline) {
    for (int i = 0; i < contract.features().size(); i++) {
      Feature feature = contract.features().get(i);
      if (baseline.isMissing(i) && !feature.canBeMissing()) {
        return feature;
      }
    }
    return null;
  }
}
