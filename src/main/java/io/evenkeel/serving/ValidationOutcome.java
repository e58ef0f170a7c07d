package io.evenkeel.serving;

import io.evenkeel.contract.Row;
import io.evenkeel.contract.Violation;
import io.evenkeel.contract.Warning;
import io.evenkeel.preprocess.Preprocessor;
import io.evenkeel.preprocess.TensorRows;
import io.evenkeel.registry.ModelVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ending of a request to validate. */
public sealed interface ValidationOutcome {
  /**
   * A verdict.
   *
   * @param fingerprint of the contract that was used
   * @param violations what a prediction would be refused for, the envelope's first; none if it
   *     would be walked with
   * @param omitted how many more there were
   * @param row what was read; null where the body had no instance
   * @param transformed what the model would get; null unless the request is valid
   * @param notice that clients should have moved on from the version; null where they needn't
   */
  record Judged(
      ModelVersion version,
      String fingerprint,
      List<Violation> violations,
      int omitted,
      @Nullable Row row,
      @Nullable Transformed transformed,
      @Nullable Warning notice)
      implements ValidationOutcome {
    public boolean isValid() {
      return violations.isEmpty();
    }

    /** Those that a prediction would have. */
    public List<Warning> warnings() {
      List<Warning> warnings = row == null ? List.of() : row.warnings();
      return notice == null ? warnings : Warning.plus(warnings, notice);
    }

    /** How far out the row is, as {@link Row#outlier} says it. */
    public float outlier() {
      return row == null ? Float.NaN : row.outlier();
    }

    /** Broken rules that are not enforced at present. */
    public List<Violation> monitored() {
      return row == null ? List.of() : row.monitored();
    }
  }

  /** A block of the one row, and who knows what its elements hold. */
  record Transformed(Preprocessor preprocessor, TensorRows block) {}

  /** No version could judge, so the request ends as a prediction would. */
  record Unjudged(PredictionOutcome ending) implements ValidationOutcome {}
}
