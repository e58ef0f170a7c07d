package io.evenkeel.serving.shadow;

import io.evenkeel.admission.Claim;
import io.evenkeel.admission.Deadline;
import io.evenkeel.admission.Endpoint;
import io.evenkeel.admission.LatencyBudget;
import io.evenkeel.admission.Permit;
import io.evenkeel.admission.Priority;
import io.evenkeel.admission.Shed;
import io.evenkeel.contract.Row;
import io.evenkeel.inference.Prediction;
import io.evenkeel.preprocess.Preprocessor;
import io.evenkeel.preprocess.TensorRows;
import io.evenkeel.registry.RowResult;
import io.evenkeel.registry.Servable;

/**
 * What a candidate makes of a row: it takes the way of a single request through the candidate's own
 * lane, with the priority that is refused first.
 */
sealed interface Trial {
  /** The candidate has answered. */
  record Answered(Prediction prediction, long laneNanos) implements Trial {}

  /**
   * It has not.
   *
   * @param late whether its time was over
   * @param cause in words
   */
  record Failed(boolean late, String cause, long laneNanos) implements Trial {}

  /** It wasn't tried. */
  record Refused(DropReason reason) implements Trial {}

  /** Tries a row that the candidate can read. The caller holds a lease. */
  static Trial of(Servable candidate, Row row, LatencyBudget budget) {
    long start = System.nanoTime();
    Deadline deadline = Deadline.after(budget.of(Endpoint.SINGLE), start);
    Claim claim = new Claim(Endpoint.SINGLE, Priority.SHEDDABLE, 1, deadline);
    Preprocessor preprocessor = candidate.preprocessor();
    TensorRows block = preprocessor.newBlock(1);
    preprocessor.write(row, block, 0);
    long entered = System.nanoTime();
    return switch (candidate.lane().tryEnter(claim)) {
      case Shed ignored -> new Refused(DropReason.SHED);
      case Permit permit -> {
        try (permit) {
          Servable.Passage passage = candidate.run(permit, block, null);
          long laneNanos = System.nanoTime() - entered;
          yield switch (passage.ending()) {
            case RAN -> ofResult(passage.results().getFirst(), laneNanos);
            case EXPIRED -> new Failed(true, "its time was over", laneNanos);
            case ABANDONED, BROKEN -> new Failed(false, "its run broke down", laneNanos);
          };
        }
      }
    };
  }

  private static Trial ofResult(RowResult result, long laneNanos) {
    return switch (result) {
      case RowResult.Answered answered -> new Answered(answered.prediction(), laneNanos);
      case RowResult.Failed failed ->
          new Failed(false, String.valueOf(failed.cause().getMessage()), laneNanos);
    };
  }
}
