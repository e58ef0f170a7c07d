package io.evenkeel.routing;

import java.util.HashMap;
import java.util.Map;

/**
 * That a version sees copies of a model's requests. Immutable.
 *
 * @param model whose requests are copied
 * @param split the version that sees the copies, and of how many requests there are some
 * @param since the revision of the routes with which the version became the shadow
 */
public record Shadowing(String model, Split split, long since) {
  /** The version that sees the copies. */
  public String version() {
    return split.version();
  }

  /** Whether a copy is made of a requester's request that the stable version has answered. */
  public boolean takes(Requester requester) {
    return RoutingHash.ofShadow(model, requester.routingKey()).point() < split.points();
  }

  /** Whether it is the same one as before, whatever its share. */
  public boolean continues(Shadowing before) {
    return since == before.since && version().equals(before.version());
  }

  /**
   * Those that routes speak of, by model. One whose version stays the same goes on.
   *
   * @param before those of the routes before
   */
  static Map<String, Shadowing> of(Routes routes, long revision, Map<String, Shadowing> before) {
    Map<String, Shadowing> found = new HashMap<>();
    routes
        .models()
        .forEach((model, route) -> {
          Split split = route.shadow();
          if (split != null) {
            Shadowing known = before.get(model);
            long since =
                known != null && known.version().equals(split.version()) ? known.since() : revision;
            found.put(model, new Shadowing(model, split, since));
          }
        });
    return Map.copyOf(found);
  }
}
