package io.evenkeel.routing;

import io.evenkeel.registry.AfterLoading;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once, when all versions are loaded, which of them are ready and not routed all the same. */
public final class RouteCheck implements AfterLoading {
  private static final Logger LOG = LoggerFactory.getLogger(RouteCheck.class);

  private final Router router;

  public RouteCheck(Router router) {
    this.router = router;
  }

  @Override
  public void run() {
    findings().forEach(LOG::warn);
  }

  /** What is to be said. */
  List<String> findings() {
    return router.hindered().entrySet().stream()
        .map(found -> "Model " + found.getKey() + " is not routed: " + found.getValue())
        .toList();
  }
}
