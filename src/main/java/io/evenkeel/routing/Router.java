package io.evenkeel.routing;

import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Servable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the version that answers: the pinned one, else the one {@code routes.yaml} calls stable,
 * else the newest that is ready. Thread-safe.
 */
public final class Router {
  private final ModelRegistry registry;
  private final RoutesFile routes;
  private final String defaultModel;

  /**
   * @param defaultModel what {@code /v1/predict} means where {@code routes.yaml} doesn't say
   * @throws UnusableModelException if a route leads to a model or version that isn't there
   */
  public Router(ModelRegistry registry, RoutesFile routes, String defaultModel) {
    this.registry = registry;
    this.routes = routes;
    this.defaultModel = Objects.requireNonNullElse(routes.defaultModel(), defaultModel);
    routes.stable().forEach(this::requireVersion);
  }

  private void requireVersion(String model, String version) {
    if (registry.find(model, version) == null) {
      throw new UnusableModelException(
          RoutesFile.NAME,
          0,
          "the route of `" + model + "` leads to version `" + version + "`, which has no folder",
          "add the folder `" + model + "/" + version + "`, or change the route");
    }
  }

  public String defaultModel() {
    return defaultModel;
  }

  /** Where a request goes at this moment. */
  public Routing route(Target target) {
    String model = target.model() == null ? defaultModel : target.model();
    if (target.version() == null) {
      return routeByModel(model);
    }
    ModelVersion pinned = registry.find(model, target.version());
    if (pinned != null) {
      return toVersion(pinned);
    }
    return registry.findVersions(model) == null
        ? new Routing.NoSuchModel(model)
        : new Routing.NoSuchVersion(model, target.version());
  }

  private Routing routeByModel(String model) {
    ModelVersion stable = stable(model);
    if (stable != null) {
      return toVersion(stable);
    }
    return registry.findVersions(model) == null
        ? new Routing.NoSuchModel(model)
        : new Routing.NotReady(model, "no version of the model `" + model + "` is ready");
  }

  private static Routing toVersion(ModelVersion version) {
    Servable servable = version.servable();
    return servable == null
        ? new Routing.NotReady(
            version.model(),
            "version `"
                + version.version()
                + "` of the model `"
                + version.model()
                + "` is "
                + version.state())
        : new Routing.Routed(version, servable);
  }

  /**
   * The version that serves a model, ready or not; null where nothing is routed and no version is
   * ready.
   */
  public @Nullable ModelVersion stable(String model) {
    String routed = routes.stable().get(model);
    if (routed != null) {
      return registry.find(model, routed);
    }
    ModelVersion newest = null;
    List<ModelVersion> versions = registry.findVersions(model);
    for (ModelVersion version : versions == null ? List.<ModelVersion>of() : versions) {
      if (version.servable() != null) {
        newest = version;
      }
    }
    return newest;
  }

  /** What keeps the server from being ready, in words; empty when every routed version is ready. */
  public List<String> obstacles() {
    List<String> obstacles = new ArrayList<>();
    if (!registry.isLoaded()) {
      obstacles.add("models are being loaded");
    }
    routes
        .stable()
        .forEach((model, version) -> {
          ModelVersion routed = registry.find(model, version);
          if (routed == null || routed.servable() == null) {
            obstacles.add(
                model + " " + version + " is " + (routed == null ? "missing" : routed.state()));
          }
        });
    if (registry.findVersions(defaultModel) == null) {
      obstacles.add(
          "the default model `"
              + defaultModel
              + "` has no folder; name another as `default` in "
              + RoutesFile.NAME);
    } else if (stable(defaultModel) == null) {
      obstacles.add("the default model `" + defaultModel + "` has no ready version");
    }
    return obstacles;
  }
}
