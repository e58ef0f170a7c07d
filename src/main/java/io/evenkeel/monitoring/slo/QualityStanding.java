package io.evenkeel.monitoring.slo;

import io.evenkeel.monitoring.feedback.StrictFigure;
import io.evenkeel.monitoring.quality.Estimate;
import io.evenkeel.monitoring.quality.ExpectedAccuracy;
import io.evenkeel.monitoring.quality.StrictEstimate;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** How one promise stands with one version, and its gauges. Thread-safe. */
final class QualityStanding {
  private static final Judged NOTHING =
      new Judged(SloReport.Verdict.UNKNOWN, null, null, null, null);

  private final Objective objective;
  private final QualityPromise promise;
  private final String model;
  private final String version;
  private final MeterRegistry meters;
  private final List<Meter> bound = new ArrayList<>();
  private volatile Judged judged = NOTHING;

  /**
   * What was found.
   *
   * @param interval that the verdict goes by; null while it is unknown
   * @param found null before anything was
   */
  private record Judged(
      SloReport.Verdict verdict,
      SloReport.@Nullable Basis basis,
      @Nullable Estimate interval,
      @Nullable StrictFigure found,
      @Nullable Instant at) {}

  QualityStanding(
      Objective objective,
      QualityPromise promise,
      String model,
      String version,
      MeterRegistry meters) {
    this.objective = objective;
    this.promise = promise;
    this.model = model;
    this.version = version;
    this.meters = meters;
    bind(SloReport.Basis.OUTCOMES);
    if (promise.estimate()) {
      bind(SloReport.Basis.ESTIMATE);
    }
  }

  private void bind(SloReport.Basis basis) {
    gauge(
        "evenkeel.slo.quality.verdict",
        "1 while a promise of quality is kept, 0 while that can't be told, -1 while it is broken",
        basis,
        found -> number(found.verdict()));
    gauge(
        "evenkeel.slo.quality.low",
        "The lower end of the interval that a promise of quality is judged by",
        basis,
        found -> found.interval() == null ? Double.NaN : found.interval().low());
    gauge(
        "evenkeel.slo.quality.high",
        "The upper end of the interval that a promise of quality is judged by",
        basis,
        found -> found.interval() == null ? Double.NaN : found.interval().high());
  }

  private void gauge(
      String name, String description, SloReport.Basis basis, ToDoubleFunction<Judged> value) {
    bound.add(
        Gauge.builder(
                name,
                this,
                standing -> {
                  Judged found = standing.judged;
                  return found.basis() == basis ? value.applyAsDouble(found) : Double.NaN;
                })
            .description(description)
            .tags(
                Tags.of(
                    "slo", objective.name(),
                    "metric", promise.metric().word(),
                    "model", model,
                    "version", version,
                    "basis", basis.name().toLowerCase(Locale.ROOT)))
            .register(meters));
  }

  private static double number(SloReport.Verdict verdict) {
    return switch (verdict) {
      case KEPT -> 1;
      case UNDECIDED -> 0;
      case BROKEN -> -1;
      case UNKNOWN -> Double.NaN;
    };
  }

  QualityPromise promise() {
    return promise;
  }

  /** Judges a figure as it is at a moment. */
  void judge(StrictFigure figure, Instant at) {
    Estimate measured = figure.measured();
    ExpectedAccuracy expected = figure.expected();
    if (figure.outcomes() >= promise.minimum() && measured != null) {
      judged = judged(measured, SloReport.Basis.OUTCOMES, figure, at);
    } else if (promise.estimate() && expected != null && expected.rows() >= promise.minimum()) {
      judged = judged(StrictEstimate.of(expected), SloReport.Basis.ESTIMATE, figure, at);
    } else {
      judged = new Judged(SloReport.Verdict.UNKNOWN, null, null, figure, at);
    }
  }

  private Judged judged(Estimate interval, SloReport.Basis basis, StrictFigure figure, Instant at) {
    return new Judged(promise.judge(interval), basis, interval, figure, at);
  }

  SloReport.QualityLine report() {
    Judged now = judged;
    StrictFigure found = now.found();
    boolean isMeasured = now.basis() == SloReport.Basis.OUTCOMES;
    return new SloReport.QualityLine(
        objective.name(),
        model,
        version,
        promise.metric().word(),
        promise.text(),
        objective.owner(),
        promise.severity(),
        now.verdict(),
        now.basis(),
        isMeasured ? now.interval() : null,
        found == null ? 0 : found.outcomes(),
        promise.minimum(),
        found == null ? null : found.from(),
        found == null ? null : found.to(),
        found == null || found.expected() == null ? null : expected(found.expected()),
        now.at(),
        found != null && found.outcomes() == 0 && found.misfits() > 0 ? misfit() : null);
  }

  private SloReport.Expected expected(ExpectedAccuracy found) {
    return new SloReport.Expected(
        found.value(), found.rows(), found.calibratedOn(), promise.estimate(), found.note());
  }

  private String misfit() {
    return promise.metric().isOfValues()
        ? "`" + promise.metric().word() + "` is a figure of values, and the model predicts labels"
        : "`" + promise.metric().word() + "` is a figure of labels, and the model predicts values";
  }

  void close() {
    bound.forEach(meters::remove);
  }
}
