package io.evenkeel.serving.shadow;

import io.evenkeel.contract.Contract;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.routing.Router;
import io.evenkeel.routing.Shadowing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of each model that has a shadow. It begins anew where the shadow, or what is
 * loaded of either version, is another. Thread-safe.
 */
final class Comparisons {
  private final Router router;
  private final MeterRegistry meters;
  private final InstantSource clock;
  private final Map<String, Comparison> ofModels = new ConcurrentHashMap<>();

  Comparisons(Router router, MeterRegistry meters, InstantSource clock) {
    this.router = router;
    this.meters = meters;
    this.clock = clock;
  }

  /** The comparison to which a request of the stable version belongs. */
  Comparison of(Shadowing shadowing, ModelVersion stable, Contract contract) {
    ModelVersion candidate = router.find(shadowing.model(), shadowing.version());
    Pairing pairing = Pairing.of(shadowing, stable, contract, candidate);
    Comparison known = ofModels.get(shadowing.model());
    if (known != null && pairing.continues(known.pairing())) {
      return known;
    }
    return ofModels.compute(
        shadowing.model(),
        (model, now) ->
            now != null && pairing.continues(now.pairing())
                ? now
                : new Comparison(pairing, clock.instant(), new ShadowMeters(meters, shadowing)));
  }

  /** What was compared under the route as it is now; null where nothing was. */
  @Nullable Comparison find(Shadowing shadowing) {
    Comparison known = ofModels.get(shadowing.model());
    return known != null && shadowing.continues(known.pairing().shadowing()) ? known : null;
  }

  /** Whether copies still belong to it. */
  @SuppressWarnings("ReferenceEquality") // another one may look the same
  boolean isCurrent(Comparison comparison) {
    Shadowing shadowing = router.shadowing(comparison.pairing().shadowing().model());
    return shadowing != null && find(shadowing) == comparison;
  }

  /** Forgets what no route speaks of any more. */
  void prune() {
    ofModels.keySet().removeIf(model -> router.shadowing(model) == null);
  }
}
