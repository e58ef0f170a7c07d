package io.evenkeel.routing;

import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Notice;
import io.evenkeel.registry.Servable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the version that answers: the pinned one, else the one {@code routes.yaml} calls stable,
 * else the newest that is ready. Which versions aren't chosen though they are ready, {@link
 * Succession} says; and nobody is served by one past its sunset. Thread-safe.
 */
public final class Router {
  private final ModelRegistry registry;
  private final RoutesFile routes;
  private final String defaultModel;
  private final InstantSource clock;
  private final Succession succession;

  /** A router by the system's clock. */
  public Router(ModelRegistry registry, RoutesFile routes, String defaultModel) {
    this(registry, routes, defaultModel, InstantSource.system());
  }

  /**
   * @param defaultModel what {@code /v1/predict} means where {@code routes.yaml} doesn't say
   * @param clock by which versions are deprecated, and are served no more
   * @throws UnusableModelException if a route speaks of a model or version that isn't there
   */
  public Router(
      ModelRegistry registry, RoutesFile routes, String defaultModel, InstantSource clock) {
    this.registry = registry;
    this.routes = routes;
    this.defaultModel = Objects.requireNonNullElse(routes.defaultModel(), defaultModel);
    this.clock = clock;
    this.succession = new Succession(registry, routes);
    routes.stable().forEach((model, version) -> requireVersion(model, version, "leads to"));
    routes
        .deprecated()
        .forEach((model, versions) ->
            versions.keySet().forEach(version -> requireVersion(model, version, "deprecates")));
  }

  private void requireVersion(String model, String version, String verb) {
    if (registry.find(model, version) == null) {
      throw new UnusableModelException(
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
    ModelVersion named = named(model);
    if (named != null) {
      Refusal refusal = succession.refusal(named);
      return refusal == null ? toVersion(named) : new Routing.NotReady(model, refused(refusal));
    }
    ModelVersion newest = newest(model);
    if (newest != null) {
      return toVersion(newest);
    }
    return registry.findVersions(model) == null
        ? new Routing.NoSuchModel(model)
        : new Routing.NotReady(model, "no version of the model `" + model + "` is ready");
  }

  private static String refused(Refusal refusal) {
    return "the model is routed to version `"
        + refusal.version().version()
        + "`, which "
        + refusal.cause()
        + "; name a version in the path, or have the route mended";
  }

  private Routing toVersion(ModelVersion version) {
    Servable servable = version.servable();
    if (servable == null) {
      return new Routing.NotReady(
          version.model(),
          "version `"
              + version.version()
              + "` of the model `"
              + version.model()
              + "` is "
              + version.state());
    }
    Notice notice = version.notice();
    return notice == null
        ? new Routing.Routed(version, servable)
        : toDeprecated(version, servable, notice);
  }

  private Routing toDeprecated(ModelVersion version, Servable servable, Notice notice) {
    Instant now = clock.instant();
    if (notice.isOver(now)) {
      return new Routing.PastSunset(version, notice);
    }
    return new Routing.Routed(version, servable, notice.hasBegun(now) ? notice.warning() : null);
  }

  /** What {@code routes.yaml} names; null where it names none. */
  private @Nullable ModelVersion named(String model) {
    String routed = routes.stable().get(model);
    return routed == null ? null : registry.find(model, routed);
  }

  /**
   * The newest that is ready and isn't refused; past its sunset only where all are. Null where none
   * is ready.
   */
  private @Nullable ModelVersion newest(String model) {
    List<ModelVersion> versions = registry.findVersions(model);
    if (versions == null) {
      return null;
    }
    ModelVersion over = null;
    for (int i = versions.size() - 1; i >= 0; i--) {
      ModelVersion version = versions.get(i);
      if (version.servable() != null && succession.refusal(version) == null) {
        if (!isOver(version)) {
          return version;
        }
        over = over == null ? version : over;
      }
    }
    return over;
  }

  private boolean isOver(ModelVersion version) {
    Notice notice = version.notice();
    return notice != null && notice.isOver(clock.instant());
  }

  /**
   * The version that serves a model, ready or not; null where there is none, or it is refused or
   * past its sunset.
   */
  public @Nullable ModelVersion stable(String model) {
    ModelVersion named = named(model);
    ModelVersion stable = named == null ? newest(model) : named;
    return stable == null || succession.refusal(stable) != null || isOver(stable) ? null : stable;
  }

  /** Why requests that name no version can't go to a version; null where they can. */
  public @Nullable String hindrance(ModelVersion version) {
    if (version.servable() == null) {
      return "it is " + version.state().name().toLowerCase(Locale.ROOT);
    }
    Refusal refusal = succession.refusal(version);
    if (refusal != null) {
      return "it " + refusal.cause() + "; " + refusal.mend();
    }
    return isOver(version) ? "it is past its sunset" : null;
  }

  /** The versions that are ready and can't be routed all the same, each with the reason. */
  Map<ModelVersion, String> hindered() {
    Map<ModelVersion, String> hindered = new LinkedHashMap<>();
    for (ModelVersion version : registry.all()) {
      String hindrance = version.servable() == null ? null : hindrance(version);
      if (hindrance != null) {
        hindered.put(version, hindrance);
      }
    }
    return hindered;
  }

  /**
   * What keeps the server from being ready, in words; empty when every routed version is ready. A
   * sunset is none: all replicas would leave at the same moment, and with them every other model.
   */
  public List<String> obstacles() {
    List<String> obstacles = new ArrayList<>();
    if (!registry.isLoaded()) {
      obstacles.add("models are being loaded");
    }
    routes
        .stable()
        .forEach((model, version) -> {
          ModelVersion routed = registry.find(model, version);
          Refusal refusal = routed == null ? null : succession.refusal(routed);
          if (routed == null || routed.servable() == null) {
            obstacles.add(
                model + " " + version + " is " + (routed == null ? "missing" : routed.state()));
          } else if (refusal != null) {
            obstacles.add(refusal.toString());
          }
        });
    if (registry.findVersions(defaultModel) == null) {
      obstacles.add(
          "the default model `"
              + defaultModel
              + "` has no folder; name another as `default` in "
              + RoutesFile.NAME);
    } else if (named(defaultModel) == null && newest(defaultModel) == null) {
      obstacles.add("the default model `" + defaultModel + "` has no ready version");
    }
    return obstacles;
  }
}
