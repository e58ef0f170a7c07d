package io.evenkeel.control;

import io.evenkeel.contract.Mistake;
import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.ModelVersion.State;
import io.evenkeel.registry.Servable;
import io.evenkeel.routing.ModelRoute;
import io.evenkeel.routing.Router;
import io.evenkeel.routing.Routes;
import io.evenkeel.routing.Split;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether routes that differ from those in force can take their place without harm: requests aren't
 * sent to a version that isn't ready or breaks clients, and a shadow reads rows as the version does
 * whose requests it copies. What is routed already isn't asked again.
 */
final class RoutesReadiness {
  private static final String FILE = "routes";

  private final Router router;
  private final Mistakes mistakes = new Mistakes();

  private RoutesReadiness(Router router) {
    this.router = router;
  }

  /**
   * Refuses routes that would do harm.
   *
   * @throws UnusableModelException with every reason
   */
  static void check(Router router, Routes routes) {
    RoutesReadiness readiness = new RoutesReadiness(router);
    Routes before = router.routes();
    routes.models().forEach((model, route) -> readiness.check(model, before.of(model), route));
    readiness.mistakes.throwIfAny();
  }

  /** Whether it may be otherwise at the next look, though nobody changes the routes. */
  static boolean mayChange(List<Mistake> mistakes) {
    return mistakes.stream().anyMatch(mistake -> mistake.file().equals(FILE));
  }

  private void check(String model, ModelRoute before, ModelRoute after) {
    Set<String> added = new TreeSet<>(after.versions());
    added.removeAll(before.versions());
    if (!after.acceptBreaking() && before.acceptBreaking()) {
      added.addAll(after.versions());
    }
    for (String version : added) {
      ModelVersion found = router.find(model, version);
      String hindrance = found == null ? null : hindrance(found, after);
      if (hindrance != null) {
        mistakes.add(
            FILE,
            0,
            "version `" + version + "` of `" + model + "` can't be routed to: " + hindrance,
            "mend it, or wait until it is ready; GET /v1/models/"
                + model
                + "/versions/"
                + version
                + " says more");
      }
    }
    Split shadow = after.shadow();
    if (shadow != null && after.stable() != null) {
      checkShadow(model, shadow.version(), after.stable());
    }
  }

  private @Nullable String hindrance(ModelVersion version, ModelRoute after) {
    if (version.servable() == null) {
      State state = version.state();
      return state == State.LOADING || state == State.WARMING
          ? "it is still being loaded"
          : "it is " + state.name().toLowerCase(Locale.ROOT);
    }
    return router.hindrance(version, after.acceptBreaking());
  }

  private void checkShadow(String model, String shadow, String stable) {
    Servable copies = servable(model, shadow);
    Servable answers = servable(model, stable);
    if (copies != null && answers != null && !copies.contract().readsRowsAs(answers.contract())) {
      mistakes.add(
          FILE,
          0,
          "version `"
              + shadow
              + "` of `"
              + model
              + "` can't be a shadow: it reads rows otherwise than version `"
              + stable
              + "`",
          "give both contracts the same features and rules, in the same order; or try it with"
              + " `evenkeel replay`");
    }
  }

  private @Nullable Servable servable(String model, String version) {
    ModelVersion found = router.find(model, version);
    return found == null ? null : found.servable();
  }
}
