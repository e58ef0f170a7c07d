package io.evenkeel.routing;

import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.contract.Warning;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Notice;
import io.evenkeel.registry.Servable;
import io.evenkeel.registry.VersionListener;
import io.evenkeel.routing.Routing.Role;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the version that answers: the one that is named, else the one that the routes say, else
 * the newest that is ready. Which versions aren't chosen though they are ready, {@link Succession}
 * says; and nobody is served by one past its sunset. Thread-safe: routes are replaced as a whole.
 */
public final class Router implements VersionListener {
  private final ModelRegistry registry;
  private final String configuredDefault;
  private final InstantSource clock;
  private volatile Table table;

  /**
   * What is in force.
   *
   * @param revision of the routes
   * @param shadowings by model, for those that have a shadow
   * @param waiting why requests that name no version aren't routed yet; null where they are
   */
  private record Table(
      Routes routes,
      long revision,
      Map<String, Shadowing> shadowings,
      Succession succession,
      @Nullable String waiting) {
    ModelRoute of(String model) {
      return routes.of(model);
    }
  }

  /** A router by the system's clock. */
  public Router(ModelRegistry registry, Routes routes, String defaultModel) {
    this(registry, routes, defaultModel, InstantSource.system());
  }

  /**
   * @param defaultModel what {@code /v1/predict} means where the routes don't say
   * @param clock by which versions are deprecated, and are served no more
   * @throws UnusableModelException if a route speaks of a model or version that isn't there
   */
  public Router(ModelRegistry registry, Routes routes, String defaultModel, InstantSource clock) {
    this.registry = registry;
    this.configuredDefault = defaultModel;
    this.clock = clock;
    check(routes);
    this.table =
        new Table(
            routes, 0, Shadowing.of(routes, 0, Map.of()), new Succession(registry, routes), null);
    registry.deprecate(routes.deprecated());
  }

  /**
   * Refuses routes that speak of versions that aren't there.
   *
   * @throws UnusableModelException with every mistake
   */
  public void check(Routes routes) {
    RoutesCheck.check(routes, registry);
  }

  /** Routes nothing that names no version, until {@link #use}. */
  public void waitFor(String reason) {
    Table before = table;
    table =
        new Table(
            before.routes(), before.revision(), before.shadowings(), before.succession(), reason);
  }

  /** Goes by these routes from the next request on. */
  public void use(Routes routes, long revision) {
    registry.deprecate(routes.deprecated());
    Map<String, Shadowing> shadowings = Shadowing.of(routes, revision, table.shadowings());
    table = new Table(routes, revision, shadowings, new Succession(registry, routes), null);
  }

  /** What is in force. */
  public Routes routes() {
    return table.routes();
  }

  /** The revision of what is in force; 0 where nobody counts them. */
  public long revision() {
    return table.revision();
  }

  /** Another version of the same name may break others' clients, or not. */
  @Override
  public void changed() {
    Table before = table;
    table =
        new Table(
            before.routes(),
            before.revision(),
            before.shadowings(),
            new Succession(registry, before.routes()),
            before.waiting());
  }

  public String defaultModel() {
    return Objects.requireNonNullElse(table.routes().defaultModel(), configuredDefault);
  }

  /** Where a request goes at this moment that comes from nobody in particular. */
  public Routing route(Target target) {
    return route(target, Requester.NOBODY);
  }

  /**
   * Where a request goes at this moment. A version that is replaced or unloaded just after it was
   * found doesn't count: what is there by then, does.
   */
  public Routing route(Target target, Requester requester) {
    Routing found = look(target, requester);
    return found instanceof Routing.NotReady ? look(target, requester) : found;
  }

  private Routing look(Target target, Requester requester) {
    Table now = table;
    String model = target.model() == null ? defaultModel() : target.model();
    if (target.version() == null) {
      return routeByModel(now, model, requester);
    }
    ModelVersion named = registry.find(model, target.version());
    if (named != null) {
      return toVersion(now, named, Role.NAMED, null);
    }
    return registry.findVersions(model) == null
        ? new Routing.NoSuchModel(model)
        : new Routing.NoSuchVersion(model, target.version());
  }

  private Routing routeByModel(Table now, String model, Requester requester) {
    if (now.waiting() != null) {
      return new Routing.NotReady(model, now.waiting());
    }
    ModelRoute route = now.of(model);
    String said = route.said(model, requester);
    if (said != null) {
      ModelVersion version = registry.find(model, said);
      return version == null
          ? new Routing.NotReady(
              model, "the model is routed to version `" + said + "`, which isn't there any more")
          : toNamed(now, version, route.role(said, requester), route.diversion(said));
    }
    ModelVersion newest = newest(now, model);
    if (newest != null) {
      return toVersion(now, newest, Role.STABLE, null);
    }
    return registry.findVersions(model) == null
        ? new Routing.NoSuchModel(model)
        : new Routing.NotReady(model, "no version of the model `" + model + "` is ready");
  }

  private Routing toNamed(Table now, ModelVersion version, Role role, @Nullable Warning diversion) {
    Refusal refusal = now.succession().refusal(version);
    return refusal == null
        ? toVersion(now, version, role, diversion)
        : new Routing.NotReady(version.model(), refused(refusal));
  }

  private static String refused(Refusal refusal) {
    return "the model is routed to version `"
        + refusal.version().version()
        + "`, which "
        + refusal.cause()
        + "; name a version in the path, or have the route mended";
  }

  private Routing toVersion(
      Table now, ModelVersion version, Role role, @Nullable Warning diversion) {
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
    if (notice == null) {
      return new Routing.Routed(version, servable, role, now.revision(), diversion);
    }
    Instant moment = clock.instant();
    if (notice.isOver(moment)) {
      return new Routing.PastSunset(version, notice);
    }
    Warning warning = diversion == null && notice.hasBegun(moment) ? notice.warning() : diversion;
    return new Routing.Routed(version, servable, role, now.revision(), warning);
  }

  /**
   * The newest that is ready and isn't refused; past its sunset only where all are. Null where none
   * is ready.
   */
  private @Nullable ModelVersion newest(Table now, String model) {
    List<ModelVersion> versions = registry.findVersions(model);
    if (versions == null) {
      return null;
    }
    ModelVersion over = null;
    for (int i = versions.size() - 1; i >= 0; i--) {
      ModelVersion version = versions.get(i);
      if (version.servable() != null && now.succession().refusal(version) == null) {
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
    Table now = table;
    String said = now.of(model).main();
    ModelVersion stable = said == null ? newest(now, model) : registry.find(model, said);
    return stable == null || now.succession().refusal(stable) != null || isOver(stable)
        ? null
        : stable;
  }

  /** Whether requests or copies go to a version that don't name it. */
  public boolean leadsTo(ModelVersion version) {
    ModelRoute route = table.of(version.model());
    return route.versions().contains(version.version()) || stable(version.model()) == version;
  }

  /** Which version sees copies of a model's requests; null where none does. Cheap to ask. */
  public @Nullable Shadowing shadowing(String model) {
    return table.shadowings().get(model);
  }

  /** The version of that name; null where there is none. */
  public @Nullable ModelVersion find(String model, String version) {
    return registry.find(model, version);
  }

  /** Why requests that name no version can't go to a version; null where they can. */
  public @Nullable String hindrance(ModelVersion version) {
    return hindrance(version, table.of(version.model()).acceptBreaking());
  }

  /**
   * The same if the route were another.
   *
   * @param acceptBreaking whether versions might break their predecessors' clients
   */
  public @Nullable String hindrance(ModelVersion version, boolean acceptBreaking) {
    if (version.servable() == null) {
      return "it is " + version.state().name().toLowerCase(Locale.ROOT);
    }
    Refusal refusal = acceptBreaking ? null : table.succession().refusal(version);
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
   * What keeps the server from being ready, in words; empty when every version that answers is
   * ready. A sunset is none: all replicas would leave at the same moment, and with them every other
   * model.
   */
  public List<String> obstacles() {
    Table now = table;
    List<String> obstacles = new ArrayList<>();
    if (now.waiting() != null) {
      obstacles.add(now.waiting());
    }
    if (!registry.isLoaded()) {
      obstacles.add("models are being loaded");
    }
    new TreeMap<>(now.routes().models())
        .forEach((model, route) -> {
          String said = route.main();
          if (said != null) {
            addObstacle(obstacles, now, model, said);
          }
        });
    String model = defaultModel();
    if (registry.findVersions(model) == null) {
      obstacles.add(
          "the default model `"
              + model
              + "` has no folder; name another as `default` in "
              + RoutesFile.NAME);
    } else if (now.of(model).main() == null && newest(now, model) == null) {
      obstacles.add("the default model `" + model + "` has no ready version");
    }
    return obstacles;
  }

  private void addObstacle(List<String> obstacles, Table now, String model, String version) {
    ModelVersion routed = registry.find(model, version);
    Refusal refusal = routed == null ? null : now.succession().refusal(routed);
    if (routed == null || routed.servable() == null) {
      obstacles.add(model + " " + version + " is " + (routed == null ? "missing" : routed.state()));
    } else if (refusal != null) {
      obstacles.add(refusal.toString());
    }
  }
}
