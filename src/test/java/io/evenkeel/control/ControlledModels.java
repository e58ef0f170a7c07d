package io.evenkeel.control;

import io.evenkeel.control.store.PredictionKeys;
import io.evenkeel.control.store.StateOpening;
import io.evenkeel.control.store.StateProperties;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ScratchModels;
import io.evenkeel.routing.Router;
import io.evenkeel.routing.Routes;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;

/**
 * Versions {@code m} 1, 2 and 3, all alike, whose routes are controlled: 1 is stable. A second one
 * may share its control state.
 */
public final class ControlledModels implements AutoCloseable {
  private final ModelRegistry registry;
  private final StateProperties state;
  private final StateOpening opening;
  private final Router router;
  private final RouteControl control;

  public ControlledModels(Path root) {
    this(load(root), root, "jdbc:h2:mem:" + UUID.randomUUID());
  }

  private ControlledModels(ModelRegistry registry, Path root, String url) {
    this.registry = registry;
    this.state = new StateProperties(url, "evenkeel", "", 1000);
    this.opening = new StateOpening(state, InstantSource.system(), PredictionKeys.none());
    this.router = new Router(registry, Routes.NONE, "m");
    this.control = new RouteControl(router, root);
    control.open(opening.opened().toCompletableFuture().join());
  }

  private static ModelRegistry load(Path root) {
    ScratchModels models = new ScratchModels(root);
    models.makeDoubling("m/1");
    models.makeDoubling("m/2");
    models.makeDoubling("m/3");
    models.writeRoutes("default: m\nmodels:\n  m: {stable: '1'}\n");
    return models.loaded();
  }

  /** The same as another process would have it. */
  public ControlledModels second(Path root) {
    return new ControlledModels(registry, root, state.url());
  }

  public ModelRegistry registry() {
    return registry;
  }

  public Router router() {
    return router;
  }

  public RouteControl control() {
    return control;
  }

  @Override
  public void close() {
    opening.close();
    registry.close();
  }
}
