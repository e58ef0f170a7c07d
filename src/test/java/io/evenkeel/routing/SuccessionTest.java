package io.evenkeel.routing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.ScratchModels;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Versions of the model m: 1 takes any number; 2 at most 9, and says nothing of it; 3 at least 0,
 * with a minor step; 4 did not load; 5 is like 1; 6 at most 9, with a major step; 7 at most 8,
 * within the same major version.
 */
@TestInstance(Lifecycle.PER_CLASS)
class SuccessionTest {
  private static final String BREAKS_1 =
      "m 2 breaks clients of version `1` (`x`: at most 9, was no maximum), but its"
          + " `schemaVersion` went from 1.0.0 to 1.0.0 only; keep the contract compatible, make"
          + " `schemaVersion` 2.0.0, or say `acceptBreaking: true` for the model in routes.yaml";

  private ModelRegistry registry;

  @BeforeAll
  void load(@TempDir Path root) {
    ScratchModels models = new ScratchModels(root);
    models.makeDoubling("m/1");
    make(models, 2, "1.0.0", ", maximum: 9");
    make(models, 3, "1.1.0", ", minimum: 0");
    models.makeDoubling("m/4").write("golden.jsonl", "");
    make(models, 5, "1.0.0", "");
    make(models, 6, "2.0.0", ", maximum: 9");
    make(models, 7, "2.1.0", ", maximum: 8");
    registry = models.loaded();
  }

  private static void make(ScratchModels models, int version, String schemaVersion, String keys) {
    models
        .makeDoubling("m/" + version)
        .replace("contract.yaml", "1.0.0", schemaVersion)
        .replace("contract.yaml", "type: number", "type: number" + keys)
        .seal();
  }

  @AfterAll
  void unload() {
    registry.close();
  }

  private ModelVersion version(String version) {
    return requireNonNull(registry.find("m", version));
  }

  private Router router(Routes routes) {
    return new Router(registry, routes, "m");
  }

  @Test
  void refusesAVersionThatBreaksClientsWithoutAMajorStep() {
    Succession succession = new Succession(registry, Routes.NONE);
    assertThat(succession.refusal(version("2"))).hasToString(BREAKS_1);
    assertThat(succession.refusal(version("3"))).isNotNull();
    assertThat(succession.refusal(version("6"))).isNull();
  }

  @Test
  void comparesWithTheNextLowerVersionThatIsReadyAndNotRefusedItself() {
    Succession succession = new Succession(registry, Routes.NONE);
    assertThat(succession.refusal(version("1"))).isNull();
    assertThat(succession.refusal(version("5"))).isNull();
    assertThat(requireNonNull(succession.refusal(version("7"))).predecessor())
        .isSameAs(version("6"));
  }

  @Test
  void comparesOnce() {
    Succession succession = new Succession(registry, Routes.NONE);
    assertThat(succession.refusal(version("7"))).isSameAs(succession.refusal(version("7")));
  }

  @Test
  void theNewestIsStableUnlessItIsRefused() {
    Router router = router(Routes.NONE);
    assertThat(router.stable("m")).isSameAs(version("6"));
    assertThat(router.route(Target.DEFAULT)).isInstanceOf(Routing.Routed.class);
    assertThat(router.obstacles()).isEmpty();
  }

  @Test
  void doesNotServeARouteThatLeadsToARefusedVersion() {
    Router router = router(Routes.ofStable(null, Map.of("m", "2")));
    assertThat(router.stable("m")).isNull();
    assertThat(router.obstacles()).containsExactly(BREAKS_1);
    assertThat(router.route(Target.DEFAULT))
        .isInstanceOfSatisfying(
            Routing.NotReady.class,
            refused ->
                assertThat(refused.detail())
                    .contains("routed to version `2`", "`x`: at most 9, was no maximum"));
    assertThat(router.route(new Target("m", "2"))).isInstanceOf(Routing.Routed.class);
  }

  @Test
  void servesItWhereTheRouteAcceptsThatClientsBreak() {
    Routes routes =
        Routes.ofStable(null, Map.of("m", "2")).with("m", route -> route.withAcceptBreaking(true));
    assertThat(router(routes).stable("m")).isSameAs(version("2"));
    assertThat(router(routes).obstacles()).isEmpty();
    Routes newest = Routes.NONE.with("m", route -> route.withAcceptBreaking(true));
    assertThat(router(newest).stable("m")).isSameAs(version("7"));
  }

  @Test
  void saysWhichVersionsCannotBeRoutedAndWhy() {
    Router router = router(Routes.NONE);
    assertThat(router.hindrance(version("1"))).isNull();
    assertThat(router.hindrance(version("2"))).contains("breaks clients of version `1`");
    assertThat(router.hindrance(version("4"))).isEqualTo("it is failed");
    assertThat(new RouteCheck(router).findings())
        .hasSize(3)
        .first()
        .isEqualTo("Model m 2 is not routed: it " + BREAKS_1.substring("m 2 ".length()));
  }

  @Test
  void judgesAgainOnceLowerVersionsAreLoaded(@TempDir Path root) {
    ScratchModels models = new ScratchModels(root);
    models.makeDoubling("m/1");
    make(models, 2, "1.0.0", ", maximum: 9");
    try (ModelRegistry loading = models.found()) {
      Router router = new Router(loading, Routes.ofStable(null, Map.of("m", "2")), "m");
      assertThat(router.route(Target.DEFAULT)).isInstanceOf(Routing.NotReady.class);
      loading.load(() -> {});
      assertThat(router.stable("m")).isNull();
    }
  }
}
