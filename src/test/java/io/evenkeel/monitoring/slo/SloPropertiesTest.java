package io.evenkeel.monitoring.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.BoundSettings;
import io.evenkeel.monitoring.quality.Metric;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SloPropertiesTest {
  private static final Map<String, String> ALL =
      Map.of(
          "name", "lending",
          "endpoint", "single",
          "model", "loan-default",
          "availability", "99.95%",
          "latency.quantile", "95%",
          "latency.threshold", "12ms",
          "window", "7d",
          "owner", "lending-team",
          "severity", "ticket");

  private static SloProperties bind(Map<String, String> objective) {
    Map<String, String> properties = new HashMap<>();
    objective.forEach((key, value) -> properties.put("evenkeel.slo.objectives[0]." + key, value));
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("evenkeel.slo", SloProperties.class);
  }

  @Test
  void hasDefaults() {
    assertThat(BoundSettings.defaults(SloProperties.class))
        .isEqualTo(new SloProperties(List.of(), Set.of("failed", "expired", "shed", "unrecorded")));
    assertThat(bind(Map.of("name", "a", "endpoint", "batch", "availability", "99%")).objectives())
        .containsExactly(
            new Objective(
                "a",
                "batch",
                null,
                new Percent("99%", 0.99),
                null,
                null,
                Duration.ofDays(28),
                "operations",
                Objective.Severity.PAGE));
  }

  @Test
  void takesEachKey() {
    assertThat(bind(ALL).objectives())
        .containsExactly(
            new Objective(
                "lending",
                "single",
                "loan-default",
                new Percent("99.95%", 0.9995),
                new Objective.Latency(new Percent("95%", 0.95), Duration.ofMillis(12)),
                null,
                Duration.ofDays(7),
                "lending-team",
                Objective.Severity.TICKET));
    Map<String, String> bad = Map.of("evenkeel.slo.bad", "failed, degraded");
    assertThat(
            new Binder(new MapConfigurationPropertySource(bad))
                .bindOrCreate("evenkeel.slo", SloProperties.class)
                .bad())
        .containsExactlyInAnyOrder("failed", "degraded");
  }

  @ParameterizedTest
  @CsvSource({
    "name, Lending Team",
    "endpoint, stream",
    "model, ' '",
    "window, 10m",
    "window, 400d",
    "owner, Ada L.",
    "availability, 99.9",
    "latency.threshold, 0ms",
    "severity, loud"
  })
  void refusesWhatMakesNoSense(String key, String value) {
    Map<String, String> values = new HashMap<>(ALL);
    values.put(key, value);
    assertThatThrownBy(() -> bind(values)).hasMessageContaining("evenkeel.slo.objectives");
  }

  @Test
  void refusesAnObjectiveThatPromisesNothing() {
    assertThatThrownBy(() -> bind(Map.of("name", "a", "endpoint", "single")))
        .rootCause()
        .hasMessageContaining("`availability` of `a`");
  }

  @Test
  void refusesTwoOfOneName() {
    Objective one = bind(ALL).objectives().getFirst();
    assertThatThrownBy(() -> new SloProperties(List.of(one, one), Set.of("failed")))
        .hasMessageContaining("two have the name `lending`");
  }

  @Test
  void refusesToCountWhatCallersDoWrong() {
    assertThatThrownBy(() -> new SloProperties(List.of(), Set.of("invalid")))
        .hasMessageContaining("evenkeel.slo.bad")
        .hasMessageContaining("[degraded, expired, failed, shed, unrecorded]");
  }

  private static final Map<String, String> QUALITY =
      Map.of("name", "good", "quality.metric", "accuracy", "quality.at-least", "0.85");

  private static SloProperties quality(String... more) {
    Map<String, String> values = new HashMap<>(QUALITY);
    for (int i = 0; i < more.length; i += 2) {
      if (more[i + 1].isEmpty()) {
        values.remove(more[i]);
      } else {
        values.put(more[i], more[i + 1]);
      }
    }
    return bind(values);
  }

  @Test
  void takesAPromiseOfQualityWithoutAnEndpoint() {
    Objective objective = quality().objectives().getFirst();
    assertThat(objective.endpoint()).isNull();
    assertThat(objective.indicators()).isEmpty();
    assertThat(objective.quality())
        .isEqualTo(
            new QualityPromise(Metric.ACCURACY, 0.85, null, 100, false, Objective.Severity.TICKET));
    assertThat(
            quality(
                    "quality.metric", "RMSE",
                    "quality.at-least", "",
                    "quality.at-most", "60",
                    "quality.minimum", "500",
                    "quality.severity", "page",
                    "endpoint", "single",
                    "availability", "99%")
                .objectives()
                .getFirst()
                .quality())
        .isEqualTo(
            new QualityPromise(Metric.RMSE, null, 60.0, 500, false, Objective.Severity.PAGE));
    assertThat(quality("quality.estimate", "true").objectives().getFirst().quality())
        .matches(promise -> promise != null && promise.estimate());
  }

  @ParameterizedTest
  @CsvSource({
    "quality.metric, ece, '`metric` must be accuracy, auc, f1, brier, mae or rmse'",
    "quality.metric, expected-accuracy, write `metric: accuracy` and `estimate: true`",
    "quality.metric, brier, '`brier` needs an `at-most` above 0, and no `at-least`'",
    "quality.metric, '', '`metric` must be'",
    "quality.at-least, '', '`accuracy` needs an `at-least` between 0 and 1'",
    "quality.at-least, 85, '`accuracy` needs an `at-least` between 0 and 1'",
    "quality.at-most, 0.9, 'no `at-most`'",
    "quality.minimum, 49, '`minimum` must be at least 50'",
    "endpoint, single, '`endpoint` of `good` must be left out where only `quality` is promised'"
  })
  void saysHowToMendAPromiseOfQuality(String key, String value, String detail) {
    assertThatThrownBy(() -> quality(key, value)).rootCause().hasMessageContaining(detail);
  }

  @Test
  void estimatesNothingButTheAccuracy() {
    assertThatThrownBy(() -> quality("quality.metric", "auc", "quality.estimate", "true"))
        .rootCause()
        .hasMessageContaining("`estimate` is there for `accuracy` only");
  }
}
