package io.evenkeel.explain;

import io.evenkeel.admission.Claim;
import io.evenkeel.admission.Client;
import io.evenkeel.admission.Permit;
import io.evenkeel.admission.Shed;
import io.evenkeel.inference.Prediction;
import io.evenkeel.preprocess.TensorRows;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.RowResult;
import io.evenkeel.registry.Servable;
import io.evenkeel.serving.PredictionOutcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of rows that were taken through a version's lane, as those of a batch are. */
sealed interface LaneRun {
  /** An answer for each row, in their order. */
  record Ran(List<Prediction> predictions) implements LaneRun {}

  /**
   * There is none, and a request would end so.
   *
   * @param cause of a failure, in words for the log; null where there is nothing to say
   */
  record Ended(PredictionOutcome outcome, @Nullable String cause) implements LaneRun {
    Ended(PredictionOutcome outcome) {
      this(outcome, null);
    }
  }

  /** Who asks, and of which version. The caller holds a lease. */
  record Lane(ModelVersion version, Servable servable, @Nullable Client client) {
    /** Takes a block through. */
    LaneRun run(TensorRows block, Claim claim) {
      return switch (servable.lane().tryEnter(claim)) {
        case Shed shed -> new Ended(PredictionOutcome.Shed.by(version, shed));
        case Permit permit -> {
          try (permit) {
            Servable.Passage passage = servable.run(permit, block, client);
            yield switch (passage.ending()) {
              case RAN -> answered(passage.results());
              case EXPIRED -> new Ended(new PredictionOutcome.Expired(version));
              case ABANDONED -> new Ended(new PredictionOutcome.Abandoned(version));
              case BROKEN -> new Ended(new PredictionOutcome.Failed(version));
            };
          }
        }
      };
    }

    private LaneRun answered(List<RowResult> results) {
      List<Prediction> predictions = new ArrayList<>(results.size());
      for (RowResult result : results) {
        switch (result) {
          case RowResult.Answered answered -> predictions.add(answered.prediction());
          case RowResult.Failed failed -> {
            return failed(failed.cause().getMessage());
          }
        }
      }
      return new Ran(predictions);
    }

    /** The version gave no number that could be explained. */
    Ended failed(@Nullable String cause) {
      return new Ended(new PredictionOutcome.Failed(version), cause);
    }
  }
}
