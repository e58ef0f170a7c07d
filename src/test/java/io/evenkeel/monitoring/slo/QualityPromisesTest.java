package io.evenkeel.monitoring.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.monitoring.feedback.StrictFigure;
import io.evenkeel.monitoring.quality.Estimate;
import io.evenkeel.monitoring.quality.ExpectedAccuracy;
import io.evenkeel.monitoring.quality.Metric;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QualityPromisesTest {
  private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Set<String> listed = new HashSet<>(Set.of("m 1"));

  private static QualityPromise accuracy(boolean estimate) {
    return new QualityPromise(
        Metric.ACCURACY, 0.85, null, 200, estimate, Objective.Severity.TICKET);
  }

  private static Objective objective(String name, @Nullable String model, QualityPromise promise) {
    return new Objective(
        name,
        null,
        model,
        null,
        null,
        promise,
        Duration.ofDays(28),
        "modelling",
        Objective.Severity.PAGE);
  }

  private QualityPromises promises(Objective... objectives) {
    QualityPromises made =
        new QualityPromises(
            List.of(objectives),
            5000,
            (model, version) -> listed.contains(model + " " + version),
            meters);
    made.know("m", "1");
    return made;
  }

  private static StrictFigure figure(
      int outcomes, @Nullable Estimate measured, @Nullable ExpectedAccuracy expected) {
    return new StrictFigure(outcomes, measured, NOW, NOW, expected, 0);
  }

  private static void tell(QualityPromises promises, StrictFigure figure) {
    promises.measured("m", "1", Map.of(Metric.ACCURACY, figure), NOW);
  }

  private double gauge(String name, String basis) {
    Gauge found =
        meters
            .find("evenkeel.slo.quality." + name)
            .tags("slo", "good", "metric", "accuracy", "model", "m", "version", "1")
            .tag("basis", basis)
            .gauge();
    return Objects.requireNonNull(found, name + " by " + basis).value();
  }

  @ParameterizedTest
  @CsvSource({
    "0.85, 0.90, KEPT, 1",
    "0.84, 0.90, UNDECIDED, 0",
    "0.80, 0.85, UNDECIDED, 0",
    "0.80, 0.8499, BROKEN, -1"
  })
  void noiseDecidesNothing(double low, double high, SloReport.Verdict verdict, double number) {
    QualityPromises promises = promises(objective("good", "m", accuracy(false)));
    tell(promises, figure(200, new Estimate((low + high) / 2, low, high), null));
    SloReport.QualityLine line = promises.report().getFirst();
    assertThat(line.verdict()).isEqualTo(verdict);
    assertThat(line.basis()).isEqualTo(SloReport.Basis.OUTCOMES);
    assertThat(line.promised()).isEqualTo("at least 0.85");
    assertThat(gauge("verdict", "outcomes")).isEqualTo(number);
    assertThat(gauge("low", "outcomes")).isEqualTo(low);
    assertThat(gauge("high", "outcomes")).isEqualTo(high);
  }

  @ParameterizedTest
  @CsvSource({"3.1, 3.9, KEPT", "3.5, 4.5, UNDECIDED", "4.01, 4.5, BROKEN"})
  void ofErrorsLessIsBetter(double low, double high, SloReport.Verdict verdict) {
    QualityPromise mae =
        new QualityPromise(Metric.MAE, null, 4.0, 100, false, Objective.Severity.TICKET);
    QualityPromises promises = promises(objective("good", "m", mae));
    promises.measured(
        "m", "1", Map.of(Metric.MAE, figure(100, new Estimate(3.8, low, high), null)), NOW);
    assertThat(promises.report().getFirst().verdict()).isEqualTo(verdict);
    assertThat(promises.report().getFirst().promised()).isEqualTo("at most 4");
  }

  @Test
  void nothingIsKnownOfTooFewOutcomes() {
    QualityPromises promises = promises(objective("good", "m", accuracy(false)));
    assertThat(promises.report().getFirst().verdict()).isEqualTo(SloReport.Verdict.UNKNOWN);
    assertThat(gauge("verdict", "outcomes")).isNaN();

    tell(promises, figure(199, new Estimate(0.2, 0.1, 0.3), null));
    SloReport.QualityLine line = promises.report().getFirst();
    assertThat(line.verdict()).isEqualTo(SloReport.Verdict.UNKNOWN);
    assertThat(line.figure()).as("of so few it isn't even shown").isNull();
    assertThat(line.outcomes()).isEqualTo(199);
    assertThat(line.measured()).isEqualTo(NOW);
    assertThat(gauge("verdict", "outcomes")).isNaN();
    assertThat(gauge("high", "outcomes")).isNaN();
  }

  @Test
  void anEstimateIsShownAndBreaksNothing() {
    QualityPromises promises = promises(objective("good", "m", accuracy(false)));
    tell(promises, figure(0, null, new ExpectedAccuracy(0.5, 5000, 0)));
    SloReport.QualityLine line = promises.report().getFirst();
    assertThat(line.verdict()).isEqualTo(SloReport.Verdict.UNKNOWN);
    SloReport.Expected estimate = Objects.requireNonNull(line.estimate());
    assertThat(estimate.value()).isEqualTo(0.5);
    assertThat(estimate.judged()).isFalse();
    assertThat(estimate.note()).contains("an estimate without outcomes");
    assertThat(meters.find("evenkeel.slo.quality.verdict").tag("basis", "estimate").gauge())
        .isNull();
  }

  @Test
  void anEstimateBreaksAPromiseThatSaysSoUntilThereAreOutcomes() {
    QualityPromises promises = promises(objective("good", "m", accuracy(true)));
    tell(promises, figure(0, null, new ExpectedAccuracy(0.5, 199, 0)));
    assertThat(promises.report().getFirst().verdict())
        .as("of too few predictions")
        .isEqualTo(SloReport.Verdict.UNKNOWN);

    tell(promises, figure(150, new Estimate(0.9, 0.8, 0.95), new ExpectedAccuracy(0.5, 5000, 0)));
    assertThat(promises.report().getFirst().basis()).isEqualTo(SloReport.Basis.ESTIMATE);
    assertThat(gauge("verdict", "estimate")).isEqualTo(-1);
    assertThat(gauge("high", "estimate")).isCloseTo(0.523, within(0.001));
    assertThat(gauge("verdict", "outcomes")).isNaN();

    tell(promises, figure(200, new Estimate(0.9, 0.86, 0.95), new ExpectedAccuracy(0.5, 5000, 0)));
    assertThat(promises.report().getFirst().verdict()).isEqualTo(SloReport.Verdict.KEPT);
    assertThat(gauge("verdict", "outcomes")).isEqualTo(1);
    assertThat(gauge("verdict", "estimate")).isNaN();
  }

  @Test
  void aFigureThatTheModelCantHaveIsSaidToBeSo() {
    QualityPromises promises = promises(objective("good", "m", accuracy(false)));
    tell(promises, new StrictFigure(0, null, null, null, null, 12));
    assertThat(promises.report().getFirst().note())
        .isEqualTo("`accuracy` is a figure of labels, and the model predicts values");
  }

  @Test
  void eachVersionIsJudgedAsLongAsItIsListed() {
    QualityPromises promises =
        promises(
            objective("good", null, accuracy(false)), objective("other", "n", accuracy(false)));
    listed.add("m 2");
    promises.know("m", "2");
    promises.know("m", "2");
    assertThat(promises.report())
        .extracting(line -> line.objective() + " " + line.model() + " " + line.version())
        .containsExactly("good m 1", "good m 2");
    assertThat(meters.find("evenkeel.slo.quality.promised").gauges())
        .singleElement()
        .satisfies(found -> {
          assertThat(found.value()).isEqualTo(0.85);
          assertThat(found.getId().getTag("owner")).isEqualTo("modelling");
          assertThat(found.getId().getTag("severity")).isEqualTo("ticket");
        });
    assertThat(promises.wanted("m")).containsExactly(Metric.ACCURACY);

    tell(promises, figure(200, new Estimate(0.9, 0.86, 0.95), null));
    promises.settle("m", "1");
    assertThat(promises.report().getFirst().verdict())
        .as("another content has taken its place")
        .isEqualTo(SloReport.Verdict.KEPT);
    listed.remove("m 1");
    promises.settle("m", "1");
    assertThat(promises.report()).extracting(SloReport.QualityLine::version).containsExactly("2");
    assertThat(meters.find("evenkeel.slo.quality.verdict").tag("version", "1").gauge()).isNull();
    tell(promises, figure(200, new Estimate(0.9, 0.86, 0.95), null));
    assertThat(promises.report()).hasSize(1);
  }

  @Test
  void aWindowThatIsTooSmallForThePromiseStopsTheStart() {
    assertThatThrownBy(() ->
            new QualityPromises(
                List.of(objective("good", "m", accuracy(false))), 199, (m, v) -> true, meters))
        .hasMessageContaining("`quality.minimum` of `good` is 200")
        .hasMessageContaining("evenkeel.quality.window")
        .hasMessageContaining("evenkeel.feedback.max-predictions");
  }
}
