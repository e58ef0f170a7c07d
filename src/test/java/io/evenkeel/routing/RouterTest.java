package io.evenkeel.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ScratchModels;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Routes among versions 9, 10 and 11 of the model good, of which 11 failed, and 1 of bad. */
@TestInstance(Lifecycle.PER_CLASS)
class RouterTest {
  private ModelRegistry registry;

  @BeforeAll
  void load(@TempDir Path root) {
    ScratchModels models = new ScratchModels(root);
    models.makeDoubling("good/9");
    models.makeDoubling("good/10");
    models.makeDoubling("good/11").write("golden.jsonl", "");
    models.makeDoubling("bad/1").write("golden.jsonl", "");
    registry = models.loaded();
  }

  @AfterAll
  void unload() {
    registry.close();
  }

  @Test
  void choosesThePinnedVersion() {
    Router router = router(Map.of("good", "10"));
    assertThat(routed(router, new Target("good", "9"))).isEqualTo("good 9");
  }

  @Test
  void choosesTheStableVersion() {
    Router router = router(Map.of("good", "9"));
    assertThat(routed(router, new Target("good", null))).isEqualTo("good 9");
    assertThat(router.stable("good")).hasToString("good 9");
  }

  @Test
  void choosesTheNewestReadyVersionWhereNoneIsRouted() {
    Router router = router(Map.of());
    assertThat(routed(router, new Target("good", null))).isEqualTo("good 10");
    assertThat(routed(router, Target.DEFAULT)).isEqualTo("good 10");
  }

  @Test
  void doesNotFallBackWhereTheRoutedOrPinnedVersionFailed() {
    Router router = router(Map.of("good", "11"));
    assertThat(router.route(new Target("good", null))).isInstanceOf(Routing.NotReady.class);
    assertThat(router.route(new Target("good", "11"))).isInstanceOf(Routing.NotReady.class);
    assertThat(router.route(new Target("bad", null))).isInstanceOf(Routing.NotReady.class);
  }

  @Test
  void tellsUnknownModelsFromUnknownVersions() {
    Router router = router(Map.of());
    assertThat(router.route(new Target("ugly", null))).isEqualTo(new Routing.NoSuchModel("ugly"));
    assertThat(router.route(new Target("ugly", "1"))).isEqualTo(new Routing.NoSuchModel("ugly"));
    assertThat(router.route(new Target("good", "1")))
        .isEqualTo(new Routing.NoSuchVersion("good", "1"));
  }

  @Test
  void isReadyThoughAVersionThatIsNotRoutedFailed() {
    assertThat(router(Map.of("good", "10")).obstacles()).isEmpty();
    assertThat(router(Map.of()).obstacles()).isEmpty();
  }

  @Test
  void isNotReadyWhileARoutedVersionIsNot() {
    assertThat(router(Map.of("bad", "1")).obstacles()).containsExactly("bad 1 is FAILED");
    assertThat(router(Map.of("good", "11")).obstacles()).containsExactly("good 11 is FAILED");
  }

  @Test
  void isNotReadyWithoutAReadyDefaultModel() {
    assertThat(new Router(registry, routes("bad", Map.of()), "good").obstacles())
        .containsExactly("the default model `bad` has no ready version");
    assertThat(new Router(registry, routes("ugly", Map.of()), "good").obstacles()).hasSize(1);
  }

  @Test
  void isNotReadyBeforeTheModelsAreLoaded(@TempDir Path root) {
    ScratchModels models = new ScratchModels(root);
    models.makeDoubling("good/1");
    try (ModelRegistry loading = models.found()) {
      Router router = new Router(loading, routes(null, Map.of()), "good");
      assertThat(router.obstacles()).contains("models are being loaded");
      assertThat(router.route(Target.DEFAULT)).isInstanceOf(Routing.NotReady.class);
      loading.load(() -> {});
      assertThat(router.obstacles()).isEmpty();
    }
  }

  @Test
  void refusesRoutesThatLeadNowhere() {
    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(() -> router(Map.of("good", "12")))
        .withMessageContaining("routes.yaml")
        .withMessageContaining("version `12`");
  }

  private Router router(Map<String, String> stable) {
    return new Router(registry, routes(null, stable), "good");
  }

  private static Routes routes(@Nullable String defaultModel, Map<String, String> stable) {
    return Routes.ofStable(defaultModel, stable);
  }

  private static String routed(Router router, Target target) {
    return router.route(target) instanceof Routing.Routed routed
        ? routed.version().toString()
        : "nowhere";
  }
}
