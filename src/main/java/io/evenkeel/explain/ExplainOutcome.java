package io.evenkeel.explain;

import io.evenkeel.registry.ModelVersion;
import io.evenkeel.serving.PredictionOutcome;
import org.jspecify.annotations.Nullable;

/** The ending of a request to explain a prediction. */
public sealed interface ExplainOutcome {
  /** The word for it in metrics. */
  String label();

  /** The version that was asked; null where the request was routed to none. */
  @Nullable ModelVersion asked();

  /** It was explained. */
  record Explained(Explanation explanation) implements ExplainOutcome {
    @Override
    public String label() {
      return explanation.sampling().partial() ? "partial" : "served";
    }

    @Override
    public ModelVersion asked() {
      return explanation.version();
    }
  }

  /** It wasn't, for a reason for which a prediction would have been refused too. */
  record Unanswered(PredictionOutcome ending) implements ExplainOutcome {
    @Override
    public String label() {
      return ending.label();
    }

    @Override
    public @Nullable ModelVersion asked() {
      return ending.asked();
    }
  }

  /** The version's contract doesn't let its predictions be explained. */
  record Withheld(ModelVersion asked) implements ExplainOutcome {
    @Override
    public String label() {
      return "withheld";
    }
  }

  /**
   * The version has nothing to be explained against.
   *
   * @param why in words for the caller, with how to mend it
   */
  record Baseless(ModelVersion asked, String why) implements ExplainOutcome {
    @Override
    public String label() {
      return "baseless";
    }
  }
}
