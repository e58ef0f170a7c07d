package io.evenkeel.monitoring.slo;

import io.evenkeel.monitoring.quality.Estimate;
import io.evenkeel.monitoring.quality.Metric;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How good the predictions of each version are to be.
 *
 * @param metric which figure of docs/feedback.md
 * @param atLeast how much of it; null where less is better
 * @param atMost how much of it; null where more is better
 * @param minimum of how many predictions with an outcome it is judged at least
 * @param estimate whether an estimate without outcomes is judged where there are fewer
 * @param severity how urgent it is when the promise is broken
 */
public record QualityPromise(
    Metric metric,
    @Nullable Double atLeast,
    @Nullable Double atMost,
    @DefaultValue("100") int minimum,
    @DefaultValue("false") boolean estimate,
    @DefaultValue("ticket") Objective.Severity severity) {
  /** Fewer rows say next to nothing, and the bootstrap's intervals of them are too narrow. */
  private static final int LEAST_MINIMUM = 50;

  private static final Set<Metric> PROMISED =
      Set.of(Metric.ACCURACY, Metric.AUC, Metric.F1, Metric.BRIER, Metric.MAE, Metric.RMSE);

  public QualityPromise {
    require(
        metric != null && PROMISED.contains(metric),
        "`metric` must be accuracy, auc, f1, brier, mae or rmse"
            + (metric == Metric.EXPECTED_ACCURACY
                ? "; for the expected accuracy write `metric: accuracy` and `estimate: true`"
                : ""));
    if (metric.isBetterHigh()) {
      require(
          atMost == null && atLeast != null && atLeast > 0 && atLeast < 1,
          "`" + metric.word() + "` needs an `at-least` between 0 and 1, and no `at-most`");
    } else {
      require(
          atLeast == null && atMost != null && atMost > 0 && Double.isFinite(atMost),
          "`" + metric.word() + "` needs an `at-most` above 0, and no `at-least`: less is better");
    }
    require(minimum >= LEAST_MINIMUM, "`minimum` must be at least " + LEAST_MINIMUM);
    require(
        !estimate || metric == Metric.ACCURACY,
        "`estimate` is there for `accuracy` only: the others can't be estimated");
  }

  private static void require(boolean isSo, String text) {
    if (!isSo) {
      throw new IllegalArgumentException("evenkeel.slo.objectives: `quality`: " + text);
    }
  }

  /** The number that is promised. */
  double bound() {
    return atLeast != null ? atLeast : atMost != null ? atMost : Double.NaN;
  }

  /** What is promised, for people: {@code at least 0.85}. */
  String text() {
    String number = BigDecimal.valueOf(bound()).stripTrailingZeros().toPlainString();
    return (atLeast != null ? "at least " : "at most ") + number;
  }

  /** How it stands if a figure is this. */
  SloReport.Verdict judge(Estimate figure) {
    double bound = bound();
    boolean isAllGood = atLeast != null ? figure.low() >= bound : figure.high() <= bound;
    boolean isAllBad = atLeast != null ? figure.high() < bound : figure.low() > bound;
    if (isAllGood) {
      return SloReport.Verdict.KEPT;
    }
    return isAllBad ? SloReport.Verdict.BROKEN : SloReport.Verdict.UNDECIDED;
  }

  /** The severity's word in metrics. */
  String severityWord() {
    return severity.name().toLowerCase(Locale.ROOT);
  }
}
