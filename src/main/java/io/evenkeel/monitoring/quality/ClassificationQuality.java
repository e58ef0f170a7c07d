package io.evenkeel.monitoring.quality;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How good classifications were.
 *
 * @param figures by {@link Metric}; one that has no value for these rows is left out: no AUC where
 *     only one class came
 * @param reliability whether their confidences are what they say
 */
public record ClassificationQuality(Map<Metric, Estimate> figures, Reliability reliability) {
  public ClassificationQuality {
    figures = Map.copyOf(figures);
  }

  /**
   * Measures them, with intervals.
   *
   * @param cases at least one; all with the same labels
   */
  public static ClassificationQuality of(List<Labelled> cases) {
    ClassCases rows = new ClassCases(cases);
    List<ToDoubleFunction<int[]>> functions = new ArrayList<>();
    List<Metric> metrics = List.of(Metric.AUC, Metric.F1, Metric.BRIER);
    functions.add(rows::auc);
    functions.add(rows::f1);
    functions.add(rows::brier);
    List<Estimate> estimates = Bootstrap.estimates(cases.size(), functions);
    Map<Metric, Estimate> figures = new LinkedHashMap<>();
    figures.put(Metric.ACCURACY, Estimate.share(rows.right(), cases.size()));
    for (int i = 0; i < metrics.size(); i++) {
      if (!Double.isNaN(estimates.get(i).value())) {
        figures.put(metrics.get(i), estimates.get(i));
      }
    }
    return new ClassificationQuality(figures, Reliability.of(cases));
  }

  /**
   * The same figures without intervals, for a fraction of the work.
   *
   * @param cases at least one; all with the same labels
   */
  public static Map<Metric, Double> points(List<Labelled> cases) {
    ClassCases rows = new ClassCases(cases);
    int size = cases.size();
    Map<Metric, Double> points = new LinkedHashMap<>();
    points.put(Metric.ACCURACY, (double) rows.right() / size);
    points.put(Metric.AUC, Bootstrap.once(size, rows::auc));
    points.put(Metric.F1, Bootstrap.once(size, rows::f1));
    points.put(Metric.BRIER, Bootstrap.once(size, rows::brier));
    points.put(Metric.ECE, Reliability.errorOf(cases));
    return points;
  }
}
