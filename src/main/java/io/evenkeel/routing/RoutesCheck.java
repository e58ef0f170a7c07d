package io.evenkeel.routing;

import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.registry.ModelRegistry;

/** Holds routes against the versions that are there. */
final class RoutesCheck {
  private final ModelRegistry registry;
  private final Mistakes mistakes = new Mistakes();

  private RoutesCheck(ModelRegistry registry) {
    this.registry = registry;
  }

  /**
   * Refuses routes that speak of a version without a folder.
   *
   * @throws UnusableModelException with every such version
   */
  static void check(Routes routes, ModelRegistry registry) {
    RoutesCheck check = new RoutesCheck(registry);
    routes
        .models()
        .forEach((model, route) -> {
          route.versions().forEach(version -> check.require(model, version, "leads to"));
          route
              .deprecated()
              .keySet()
              .forEach(version -> check.require(model, version, "deprecates"));
        });
    check.mistakes.throwIfAny();
  }

  private void require(String model, String version, String verb) {
    if (registry.find(model, version) == null) {
      mistakes.add(
          RoutesFile.NAME,
          0,
          "the route of `"
              + model
              + "` "
              + verb
              + " version `"
              + version
              + "`, which has no folder",
          "add the folder `" + model + "/" + version + "`, or change the route");
    }
  }
}
