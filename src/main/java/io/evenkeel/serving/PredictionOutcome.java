package io.evenkeel.serving;

import io.evenkeel.contract.Violation;
import io.evenkeel.contract.Warning;
import io.evenkeel.inference.Prediction;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.routing.Routing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ending of a request. Exactly one place turns it into HTTP. */
public sealed interface PredictionOutcome {
  /** The word for it in metrics. */
  String label();

  /** The version that was asked; null where the request was routed to none. */
  @Nullable ModelVersion version();

  /**
   * One answer.
   *
   * @param fingerprint of the contract that was used
   */
  record Served(
      ModelVersion version, String fingerprint, Prediction prediction, List<Warning> warnings)
      implements PredictionOutcome {
    @Override
    public String label() {
      return "served";
    }
  }

  /** A batch: an item for each instance, in their order. */
  record ServedBatch(ModelVersion version, String fingerprint, List<Item> items)
      implements PredictionOutcome {
    @Override
    public String label() {
      return "served";
    }
  }

  /** The input breaks its contract; nothing was run. */
  record Invalid(ModelVersion version, List<Violation> violations, int omitted)
      implements PredictionOutcome {
    @Override
    public String label() {
      return "invalid";
    }
  }

  /** Refused before any work was done. */
  record Shed(@Nullable ModelVersion version, io.evenkeel.admission.Shed shed, String detail)
      implements PredictionOutcome {
    @Override
    public String label() {
      return "shed";
    }
  }

  /** Admitted, but the deadline passed before it could run. */
  record Expired(ModelVersion version) implements PredictionOutcome {
    @Override
    public String label() {
      return "expired";
    }
  }

  /** The caller hung up before it could run; nobody reads the answer. */
  record Abandoned(ModelVersion version) implements PredictionOutcome {
    @Override
    public String label() {
      return "abandoned";
    }
  }

  /** The model failed on it. */
  record Failed(ModelVersion version) implements PredictionOutcome {
    @Override
    public String label() {
      return "failed";
    }
  }

  /** Asked of a model or version that isn't there. */
  record Unroutable(Routing.Absent absent) implements PredictionOutcome {
    @Override
    public @Nullable ModelVersion version() {
      return null;
    }

    @Override
    public String label() {
      return "unroutable";
    }
  }

  /** What became of one instance of a batch. */
  sealed interface Item {
    /** Its answer. */
    record Answered(Prediction prediction, List<Warning> warnings) implements Item {}

    /** It breaks the contract. */
    record Refused(List<Violation> violations, int omitted) implements Item {}

    /** The model failed on it. */
    record Broken() implements Item {}
  }
}
