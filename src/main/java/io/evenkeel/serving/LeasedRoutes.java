package io.evenkeel.serving;

import io.evenkeel.inference.Lease;
import io.evenkeel.routing.Requester;
import io.evenkeel.routing.Router;
import io.evenkeel.routing.Routing;
import io.evenkeel.routing.Target;
import java.util.function.Function;

/**
 * Finds the version that a request goes to, and keeps it from being unloaded while something is
 * done with it. A request that meets a reload doesn't notice: it goes to whatever has taken the
 * version's place. Thread-safe.
 */
public final class LeasedRoutes {
  private static final int MOST_ATTEMPTS = 3;

  private final Router router;

  public LeasedRoutes(Router router) {
    this.router = router;
  }

  /**
   * Does something with the version that a request goes to.
   *
   * @param steps are done while the version is leased
   * @param otherwise makes the same of what is said where there is no version
   */
  public <T> T with(
      Target target,
      Requester requester,
      Function<Routing.Routed, T> steps,
      Function<PredictionOutcome, T> otherwise) {
    for (int attempt = 1; ; attempt++) {
      switch (router.route(target, requester)) {
        case Routing.Routed routed -> {
          try (Lease lease = routed.servable().tryLease()) {
            if (lease != null) {
              return steps.apply(routed);
            }
          }
          // It was replaced between the two lines above; whatever took its place is routed by now.
          if (attempt == MOST_ATTEMPTS) {
            return otherwise.apply(
                PredictionOutcome.Shed.notReady(
                    "version `" + routed.version().version() + "` is being unloaded"));
          }
        }
        case Routing.NotReady notReady -> {
          return otherwise.apply(PredictionOutcome.Shed.notReady(notReady.detail()));
        }
        case Routing.Absent absent -> {
          return otherwise.apply(new PredictionOutcome.Unroutable(absent));
        }
      }
    }
  }
}
