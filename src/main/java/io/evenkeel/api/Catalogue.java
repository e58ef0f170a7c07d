package io.evenkeel.api;

import io.evenkeel.contract.JsonSchema;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Notice;
import io.evenkeel.registry.Servable;
import io.evenkeel.routing.Requester;
import io.evenkeel.routing.Router;
import io.evenkeel.routing.Routing;
import io.evenkeel.routing.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is served: models, versions, their state, contracts and cards, as JSON values. Thread-safe.
 */
final class Catalogue {
  private final ModelRegistry registry;
  private final Router router;

  Catalogue(ModelRegistry registry, Router router) {
    this.registry = registry;
    this.router = router;
  }

  /** The model that is meant where none is named. */
  String defaultModel() {
    return router.defaultModel();
  }

  Object models() {
    List<Object> models = registry.models().stream().map(this::model).toList();
    return ordered("default", router.defaultModel(), "models", models);
  }

  Object model(String model) {
    List<ModelVersion> versions = registry.findVersions(model);
    if (versions == null) {
      throw new RefusedRequest(Answers.absent(new Routing.NoSuchModel(model)));
    }
    ModelVersion stable = router.stable(model);
    Map<String, @Nullable Object> description =
        ordered("model", model, "stable", stable == null ? null : stable.version());
    if (stable != null) {
      description.put("card", CardDescription.summary(stable.card(), CardDescription.urlOf(model)));
    }
    description.put("versions", versions.stream().map(this::summary).toList());
    return description;
  }

  private Map<String, @Nullable Object> summary(ModelVersion version) {
    Map<String, @Nullable Object> summary =
        ordered(
            "version",
            version.version(),
            "state",
            version.state().name().toLowerCase(Locale.ROOT),
            "since",
            version.since().toString());
    String hindrance = router.hindrance(version);
    summary.put("routable", hindrance == null);
    if (hindrance != null) {
      summary.put("reason", hindrance);
    }
    Notice notice = version.notice();
    if (notice != null) {
      summary.put("deprecated", ContractDescription.deprecation(notice.deprecation()));
    }
    if (version.reason() != null) {
      summary.put("unloaded", version.reason());
    }
    summary.put("card", CardDescription.summary(version.card(), CardDescription.urlOf(version)));
    if (!version.mistakes().isEmpty()) {
      summary.put("mistakes", version.mistakes());
    }
    ModelVersion.Replacement replacement = version.replacement();
    if (replacement != null) {
      summary.put(
          "replacement",
          ordered(
              "state",
              replacement.state().name().toLowerCase(Locale.ROOT),
              "mistakes",
              replacement.mistakes()));
    }
    return summary;
  }

  /**
   * A version, whatever its state.
   *
   * @throws RefusedRequest if there is no such model or version
   */
  ModelVersion find(String model, String version) {
    ModelVersion found = registry.find(model, version);
    if (found == null) {
      boolean known = registry.findVersions(model) != null;
      throw new RefusedRequest(
          Answers.absent(
              known ? new Routing.NoSuchVersion(model, version) : new Routing.NoSuchModel(model)));
    }
    return found;
  }

  Object version(String model, String version) {
    ModelVersion found = find(model, version);
    Map<String, @Nullable Object> description = new LinkedHashMap<>();
    description.put("model", found.model());
    description.putAll(summary(found));
    Servable servable = found.servable();
    if (servable != null) {
      description.put("loadTimeMs", found.loadTime().toMillis());
      description.put("contract", ContractDescription.of(servable.contract()));
      description.put("ruleFlags", ContractDescription.flags(servable.flags()));
    }
    return description;
  }

  /** Which version answers at this moment. */
  Routing route(Target target, Requester requester) {
    return router.route(target, requester);
  }

  /** What a version takes at present. */
  static Object schema(Routing.Routed to) {
    ModelVersion version = to.version();
    return JsonSchema.document(version.model(), version.version(), to.servable().contractInForce());
  }

  private static Map<String, @Nullable Object> ordered(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(String.valueOf(Objects.requireNonNull(namesAndValues[i])), namesAndValues[i + 1]);
    }
    return map;
  }
}
