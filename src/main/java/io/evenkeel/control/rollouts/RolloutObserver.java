package io.evenkeel.control.rollouts;

import io.evenkeel.contract.Outputs;
import io.evenkeel.inference.Prediction;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Servable;
import io.evenkeel.rollout.Arm;
import io.evenkeel.rollout.Observation;
import io.evenkeel.routing.RoutingHash;
import io.evenkeel.serving.spi.PredictionEvent;
import io.evenkeel.serving.spi.PredictionObserver;
import io.evenkeel.serving.spi.ShadowObserver;
import io.evenkeel.serving.spi.ShadowedRow;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells rollouts of the requests that their split decided. Of a batch the first answer counts, and
 * its time for each row. A request that was refused says nothing about the model, unless it was
 * because the model has failed again and again; one that expired or was answered otherwise, because
 * the version had no answer, counts as a failure. Thread-safe.
 */
public final class RolloutObserver implements PredictionObserver, ShadowObserver {
  private final RolloutControl rollouts;
  private final InstantSource clock;

  public RolloutObserver(RolloutControl rollouts, InstantSource clock) {
    this.rollouts = rollouts;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "rollouts";
  }

  @Override
  public void observe(PredictionEvent event) {
    if (rollouts.isIdle()) {
      return;
    }
    LiveRollout one = rollouts.find(event.asked().model());
    Arm arm = one == null ? null : one.arm(event.origin().role(), event.asked().version());
    if (one == null || arm == null || !tells(event)) {
      return;
    }
    int step = one.rollout().step();
    boolean isEarlier = event.origin().revision() < one.firstRevision();
    if (isEarlier && step == 0) {
      return;
    }
    RoutingHash hash =
        RoutingHash.of(event.asked().model(), event.origin().requester().routingKey());
    Observation.Subject subject =
        new Observation.Subject(isEarlier ? step - 1 : step, arm, hash.key(), hash.position());
    boolean failed = !event.ending().outcome().equals("served");
    long nanos = event.ending().nanos() / Math.max(1, event.rows().size());
    one.rollout()
        .observe(
            new Observation.Answer(subject, failed, nanos, score(event.ending().predictions())),
            clock.instant());
  }

  /** Told by the canary's shadow: both versions have answered the same row. */
  @Override
  public void compared(ShadowedRow row) {
    LiveRollout one = rollouts.isIdle() ? null : rollouts.find(row.stable().model());
    boolean isItsShadow =
        one != null
            && row.stable().version().equals(one.stable())
            && row.candidate().version().equals(one.canary());
    if (one != null && isItsShadow && row.result() != ShadowedRow.Result.FAILED) {
      long key = RoutingHash.of(row.stable().model(), row.routingKey()).key();
      boolean same = row.result() == ShadowedRow.Result.AGREE || !hasLabels(row.stable());
      double distance = Double.isNaN(row.distance()) ? 0 : row.distance();
      one.rollout().observe(new Observation.Comparison(key, same, distance), clock.instant());
    }
  }

  /** How near numbers have to be, the plan says; labels agree or don't. */
  private static boolean hasLabels(ModelVersion version) {
    Servable servable = version.servable();
    return servable != null && servable.contract().outputs() instanceof Outputs.Classification;
  }

  private static boolean tells(PredictionEvent event) {
    return switch (event.ending().outcome()) {
      case "served", "failed", "expired", "degraded" -> true;
      case "shed" -> isRefusedForItsFailures(event.asked());
      default -> false;
    };
  }

  /** A version that has failed so often that it isn't asked any more goes on failing. */
  private static boolean isRefusedForItsFailures(ModelVersion version) {
    Servable servable = version.servable();
    return servable != null && servable.circuitIsOpen();
  }

  private static double score(List<@Nullable Prediction> predictions) {
    for (Prediction prediction : predictions) {
      if (prediction != null) {
        return switch (prediction) {
          case Prediction.Classification found -> found.confidence();
          case Prediction.Regression found -> found.value();
          case Prediction.Raw ignored -> Double.NaN;
        };
      }
    }
    return Double.NaN;
  }
}
