package io.evenkeel.routing;

import io.evenkeel.contract.Deprecation;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where all requests go. Immutable: a change makes other routes.
 *
 * @param defaultModel the model of {@code /v1/predict}; null where nothing is said
 * @param models the routes of the models of which something is said
 */
public record Routes(@Nullable String defaultModel, Map<String, ModelRoute> models) {
  /** Nothing is said: the newest version of each model answers. */
  public static final Routes NONE = new Routes(null, Map.of());

  /** Of a model whose newest version answers nothing needs to be said. */
  public Routes {
    Map<String, ModelRoute> said = new HashMap<>(models);
    said.values().removeIf(ModelRoute.NEWEST::equals);
    models = Map.copyOf(said);
  }

  /**
   * Routes that name stable versions only.
   *
   * @param stable by model
   */
  public static Routes ofStable(@Nullable String defaultModel, Map<String, String> stable) {
    Map<String, ModelRoute> models = new HashMap<>();
    stable.forEach((model, version) -> models.put(model, ModelRoute.to(version)));
    return new Routes(defaultModel, models);
  }

  /** A model's route; {@link ModelRoute#NEWEST} where nothing is said of it. */
  public ModelRoute of(String model) {
    return models.getOrDefault(model, ModelRoute.NEWEST);
  }

  /** The same but for one model's route. */
  public Routes with(String model, UnaryOperator<ModelRoute> change) {
    Map<String, ModelRoute> changed = new TreeMap<>(models);
    changed.put(model, change.apply(of(model)));
    return new Routes(defaultModel, changed);
  }

  /** By model and version, what is going away. */
  Map<String, Map<String, Deprecation>> deprecated() {
    Map<String, Map<String, Deprecation>> deprecated = new HashMap<>();
    models.forEach((model, route) -> deprecated.put(model, route.deprecated()));
    return deprecated;
  }
}
