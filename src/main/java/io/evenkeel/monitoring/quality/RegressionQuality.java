package io.evenkeel.monitoring.quality;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * How good predicted values were.
 *
 * @param figures the mean absolute error and the root of the mean squared error
 */
public record RegressionQuality(Map<Metric, Estimate> figures) {
  public RegressionQuality {
    figures = Map.copyOf(figures);
  }

  /**
   * Measures them, with intervals.
   *
   * @param errors what was predicted less what came, at least one
   */
  public static RegressionQuality of(double[] errors) {
    List<ToDoubleFunction<int[]>> functions =
        List.of(weights -> mae(errors, weights), weights -> rmse(errors, weights));
    List<Estimate> estimates = Bootstrap.estimates(errors.length, functions);
    Map<Metric, Estimate> figures = new LinkedHashMap<>();
    figures.put(Metric.MAE, estimates.get(0));
    figures.put(Metric.RMSE, estimates.get(1));
    return new RegressionQuality(figures);
  }

  /** The same figures without intervals. */
  public static Map<Metric, Double> points(double[] errors) {
    Map<Metric, Double> points = new LinkedHashMap<>();
    points.put(Metric.MAE, Bootstrap.once(errors.length, weights -> mae(errors, weights)));
    points.put(Metric.RMSE, Bootstrap.once(errors.length, weights -> rmse(errors, weights)));
    return points;
  }

  static double mae(double[] errors, int[] weights) {
    return mean(errors, weights, Math::abs);
  }

  static double rmse(double[] errors, int[] weights) {
    return Math.sqrt(mean(errors, weights, error -> error * error));
  }

  private static double mean(double[] errors, int[] weights, DoubleUnaryOperator loss) {
    double sum = 0;
    long rows = 0;
    for (int i = 0; i < errors.length; i++) {
      sum += weights[i] * loss.applyAsDouble(errors[i]);
      rows += weights[i];
    }
    return sum / rows;
  }
}
