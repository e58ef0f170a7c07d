package io.evenkeel.routing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.ModelsWatch;
import io.evenkeel.registry.ScratchModels;
import io.evenkeel.registry.ScratchVersion;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a request meets whose version is replaced or unloaded between being found and being used.
 * Version 2 has a sunset, so that the router asks for the time in that very moment; the clock does
 * the rest.
 */
class RoutingDuringReloadTest {
  @TempDir private Path root;
  private ScratchVersion second;
  private ModelRegistry registry;
  private ModelsWatch watch;
  private Runnable meanwhile = () -> {};

  @BeforeEach
  void load() {
    ScratchModels models = new ScratchModels(root);
    models.makeDoubling("m/1");
    second =
        models
            .makeDoubling("m/2")
            .replace(
                "contract.yaml",
                "features:",
                "deprecated: {since: 2026-01-01, sunset: 2027-01-01}\nfeatures:")
            .seal();
    registry = models.found();
    watch =
        new ModelsWatch(models.properties(), registry, version -> false, InstantSource.system());
    watch.loadAll(() -> {});
  }

  @AfterEach
  void end() {
    registry.close();
  }

  private Router router() {
    return new Router(
        registry,
        Routes.NONE,
        "m",
        () -> {
          Runnable once = meanwhile;
          meanwhile = () -> {};
          once.run();
          return Instant.EPOCH;
        });
  }

  @Test
  void goesToWhateverHasTakenTheVersionsPlace() {
    ModelVersion before = requireNonNull(registry.find("m", "2"));
    meanwhile =
        () -> {
          second.replace("contract.yaml", "1.0.0", "1.0.1").seal();
          watch.look();
          watch.look();
        };
    assertThat(router().route(Target.DEFAULT))
        .isInstanceOfSatisfying(
            Routing.Routed.class,
            routed ->
                assertThat(routed.version()).isNotSameAs(before).isSameAs(registry.find("m", "2")));
    assertThat(before.servable()).as("of the version that was found first").isNull();
  }

  @Test
  void goesToTheNextVersionWhereOneIsUnloaded() {
    meanwhile = () -> watch.unload("m", "2", "to see");
    assertThat(router().route(Target.DEFAULT))
        .isInstanceOfSatisfying(
            Routing.Routed.class, routed -> assertThat(routed.version()).hasToString("m 1"));
    assertThat(requireNonNull(registry.find("m", "2")).servable()).isNull();
  }
}
