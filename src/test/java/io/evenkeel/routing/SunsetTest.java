package io.evenkeel.routing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.contract.Contracts;
import io.evenkeel.contract.Deprecation;
import io.evenkeel.contract.Warning;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Notice;
import io.evenkeel.registry.ScratchModels;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Versions of the model m: 1 is deprecated by its contract, 2 by its operators and later by its
 * contract, 3 by nobody.
 */
@TestInstance(Lifecycle.PER_CLASS)
class SunsetTest {
  private static final Map<String, Map<String, Deprecation>> OPERATORS =
      Map.of(
          "m",
          Map.of(
              "2", new Deprecation(LocalDate.of(2026, 6, 1), LocalDate.of(2027, 3, 3), "use 3")));

  private Instant now = Instant.EPOCH;
  private ModelRegistry registry;

  @BeforeAll
  void load(@TempDir Path root) {
    ScratchModels models = new ScratchModels(root);
    models
        .makeDoubling("m/1")
        .replace(
            "contract.yaml",
            "features:",
            "deprecated: {since: 2026-01-01, sunset: 2027-01-01}\nfeatures:")
        .seal();
    models
        .makeDoubling("m/2")
        .replace(
            "contract.yaml",
            "features:",
            "deprecated: {since: 2026-02-01, sunset: 2028-01-01, message: move on}\nfeatures:")
        .seal();
    models.makeDoubling("m/3");
    registry = models.loaded(OPERATORS);
  }

  @AfterAll
  void unload() {
    registry.close();
  }

  private ModelVersion version(String version) {
    return requireNonNull(registry.find("m", version));
  }

  private Notice notice(String version) {
    return requireNonNull(version(version).notice());
  }

  private static Routes routes(Map<String, String> stable) {
    return Routes.ofStable(null, stable)
        .with("m", route -> route.withDeprecated(requireNonNull(OPERATORS.get("m"))));
  }

  private Router router(Map<String, String> stable) {
    InstantSource clock = () -> now;
    return new Router(registry, routes(stable), "m", clock);
  }

  @Test
  void aNoticeSaysItAsHeadersDo() {
    assertThat(notice("1").deprecationHeader()).isEqualTo("@1767225600");
    assertThat(notice("1").sunsetHeader()).isEqualTo("Fri, 01 Jan 2027 00:00:00 GMT");
    assertThat(version("3").notice()).isNull();
  }

  @Test
  void theEarlierDayCountsWhereContractAndOperatorsSpeak() {
    assertThat(notice("2").deprecation())
        .isEqualTo(new Deprecation(LocalDate.of(2026, 2, 1), LocalDate.of(2027, 3, 3), "use 3"));
    Deprecation open = new Deprecation(LocalDate.of(2026, 1, 1), null, null);
    Deprecation closed = new Deprecation(LocalDate.of(2026, 1, 2), LocalDate.of(2026, 5, 5), "go");
    Deprecation both = new Deprecation(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 5, 5), "go");
    assertThat(Deprecation.earlierOf(open, closed)).isEqualTo(both);
    assertThat(Deprecation.earlierOf(closed, open)).isEqualTo(both);
    assertThat(Deprecation.earlierOf(null, open)).isEqualTo(open);
    assertThat(Deprecation.earlierOf(open, null)).isEqualTo(open);
    assertThat(Deprecation.earlierOf(null, null)).isNull();
  }

  @Test
  void warnsOnceTheDayHasCome() {
    Router router = router(Map.of());
    now = Instant.parse("2025-12-31T23:59:59.999Z");
    assertThat(warning(router, "1")).isNull();
    now = Instant.parse("2026-01-01T00:00:00Z");
    assertThat(warning(router, "1"))
        .isEqualTo(
            new Warning(
                "",
                "",
                "deprecatedVersion",
                "version `1` is deprecated since 2026-01-01, and isn't served any more from"
                    + " 2027-01-01 on"));
    assertThat(warning(router, "3")).isNull();
  }

  private static @Nullable Warning warning(Router router, String version) {
    return ((Routing.Routed) router.route(new Target("m", version))).warning();
  }

  @Test
  void endsAtTheStartOfTheDayOfItsSunset() {
    Router router = router(Map.of("m", "1"));
    now = Instant.parse("2026-12-31T23:59:59.999Z");
    assertThat(router.route(new Target("m", "1"))).isInstanceOf(Routing.Routed.class);
    assertThat(router.stable("m")).isSameAs(version("1"));
    now = Instant.parse("2027-01-01T00:00:00Z");
    Routing past = new Routing.PastSunset(version("1"), notice("1"));
    assertThat(router.route(new Target("m", "1"))).isEqualTo(past);
    assertThat(router.route(Target.DEFAULT)).isEqualTo(past);
    assertThat(router.stable("m")).isNull();
    assertThat(router.hindrance(version("1"))).isEqualTo("it is past its sunset");
  }

  @Test
  void aSunsetTakesNoServerOutOfService() {
    now = Instant.parse("2027-01-01T00:00:00Z");
    assertThat(router(Map.of("m", "1")).obstacles()).isEmpty();
    assertThat(new RouteCheck(router(Map.of("m", "1"))).findings())
        .containsExactly("Model m 1 is not routed: it is past its sunset");
  }

  @Test
  void theNewestIsStableThatIsNotPastItsSunset(@TempDir Path root) {
    ScratchModels models = new ScratchModels(root);
    models.makeDoubling("m/1");
    models.makeDoubling("m/2");
    LocalDate day = LocalDate.of(2026, 1, 1);
    Map<String, Deprecation> both =
        Map.of(
            "1",
            new Deprecation(day, day.plusYears(1), null),
            "2",
            new Deprecation(day, day, null));
    try (ModelRegistry going = models.loaded(Map.of("m", both))) {
      Routes routes = Routes.NONE.with("m", route -> route.withDeprecated(both));
      Router router = new Router(going, routes, "m", () -> now);
      now = Instant.parse("2026-06-01T00:00:00Z");
      assertThat(router.stable("m")).hasToString("m 1");
      now = Instant.parse("2027-06-01T00:00:00Z");
      assertThat(router.stable("m")).isNull();
      assertThat(router.route(Target.DEFAULT))
          .isInstanceOfSatisfying(
              Routing.PastSunset.class, past -> assertThat(past.version()).hasToString("m 2"));
      assertThat(router.obstacles()).isEmpty();
    }
  }

  @Test
  void refusesToDeprecateAVersionThatIsNotThere() {
    Routes routes =
        Routes.NONE.with(
            "m",
            route ->
                route.withDeprecated(Map.of("9", new Deprecation(LocalDate.EPOCH, null, null))));
    assertThat(Contracts.mistakes(() -> new Router(registry, routes, "m")))
        .extracting(mistake -> mistake.cause() + "; " + mistake.mend())
        .containsExactly(
            "the route of `m` deprecates version `9`, which has no folder; add the folder"
                + " `m/9`, or change the route");
  }
}
