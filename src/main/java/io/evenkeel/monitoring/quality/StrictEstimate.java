package io.evenkeel.monitoring.quality;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Figures with an interval that somebody is told of when it leaves what was promised. A report is
 * read once; a promise is judged again and again, and every look is a chance to be wrong. So the
 * interval holds the true figure in 999 of 1000 cases, and not in 95 of 100.
 *
 * <p>For a share it is exact: C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial
 * limits illustrated in the case of the binomial", Biometrika 26 (1934). The true share is beyond
 * either end in at most one of 2000 cases, however few the rows are. For the other figures it is
 * the figure and 3.29 standard errors by the bootstrap to either side, which is so about.
 */
public final class StrictEstimate {
  /** How often the true figure may be beyond one end. */
  static final double BEYOND = 0.0005;

  /** The normal distribution has that much beyond. */
  private static final double DEVIATIONS = 3.290526731491926;

  private static final double NO_END = Double.POSITIVE_INFINITY;

  private StrictEstimate() {}

  /**
   * A figure of classifications.
   *
   * @param cases at least one; all with the same labels
   * @return null where it is no figure of classifications, or has no value for these
   */
  public static @Nullable Estimate of(Metric metric, List<Labelled> cases) {
    ClassCases rows = new ClassCases(cases);
    return switch (metric) {
      case ACCURACY -> share(rows.right(), cases.size());
      case AUC -> wide(cases.size(), rows::auc, 1);
      case F1 -> wide(cases.size(), rows::f1, 1);
      case BRIER -> wide(cases.size(), rows::brier, 2);
      // By chance alone the calibration error is above 0: its interval isn't around it.
      case ECE, EXPECTED_ACCURACY, MAE, RMSE -> null;
    };
  }

  /**
   * A figure of predicted values.
   *
   * @param errors what was predicted less what came, at least one
   * @return null where it is no figure of values
   */
  public static @Nullable Estimate of(Metric metric, double[] errors) {
    return switch (metric) {
      case MAE -> wide(errors.length, weights -> RegressionQuality.mae(errors, weights), NO_END);
      case RMSE -> wide(errors.length, weights -> RegressionQuality.rmse(errors, weights), NO_END);
      case ACCURACY, AUC, F1, BRIER, ECE, EXPECTED_ACCURACY -> null;
    };
  }

  /**
   * An expected accuracy, with the interval that it would have if outcomes had said so. How far the
   * confidences are from what they say isn't in it.
   */
  public static Estimate of(ExpectedAccuracy expected) {
    return share(expected.value() * expected.rows(), expected.rows());
  }

  /**
   * @param found how many have it; of expected ones not a whole number
   */
  static Estimate share(double found, int rows) {
    double others = rows - found;
    double low =
        found <= 0
            ? 0
            : BetaDistribution.of(found, others + 1).inverseCumulativeProbability(BEYOND);
    double high =
        others <= 0 ? 1 : BetaDistribution.of(found + 1, others).inverseSurvivalProbability(BEYOND);
    return new Estimate(found / rows, low, high);
  }

  /**
   * @param most that the figure can be; at least it is 0
   */
  private static @Nullable Estimate wide(int rows, ToDoubleFunction<int[]> figure, double most) {
    double value = Bootstrap.once(rows, figure);
    double half = DEVIATIONS * Bootstrap.standardError(rows, figure);
    return Double.isFinite(value) && Double.isFinite(half)
        ? new Estimate(value, Math.max(0, value - half), Math.min(most, value + half))
        : null;
  }
}
