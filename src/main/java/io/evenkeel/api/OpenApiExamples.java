package io.evenkeel.api;

import io.evenkeel.registry.ModelVersion;
import io.evenkeel.routing.Router;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Requests that the default model answers, from its golden examples. */
final class OpenApiExamples {
  private final Router router;

  OpenApiExamples(Router router) {
    this.router = router;
  }

  /**
   * A request for one prediction as JSON values; null while the default model has no ready version.
   */
  @Nullable Object single() {
    String instance = instance();
    return instance == null ? null : parsed("{\"instance\":" + instance + "}");
  }

  @Nullable Object batch() {
    String instance = instance();
    return instance == null ? null : parsed("{\"instances\":[" + instance + "]}");
  }

  private @Nullable String instance() {
    ModelVersion stable = router.stable(router.defaultModel());
    return stable == null ? null : stable.exampleInstance();
  }

  private static Object parsed(String json) {
    return JsonMapper.shared().readValue(json, Object.class);
  }
}
