package io.evenkeel.monitoring.feedback;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Fairness;
import io.evenkeel.monitoring.quality.Calibration;
import io.evenkeel.monitoring.quality.ClassificationQuality;
import io.evenkeel.monitoring.quality.Estimate;
import io.evenkeel.monitoring.quality.ExpectedAccuracy;
import io.evenkeel.monitoring.quality.GroupComparison;
import io.evenkeel.monitoring.quality.GroupRows;
import io.evenkeel.monitoring.quality.Labelled;
import io.evenkeel.monitoring.quality.Metric;
import io.evenkeel.monitoring.quality.Predicted;
import io.evenkeel.monitoring.quality.RegressionQuality;
import io.evenkeel.monitoring.quality.StrictEstimate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest predictions of a version: those whose outcome is known, and all of them. Of
 * classifications only those count that have the labels of the newest one: a version's content may
 * have been replaced. Immutable.
 */
final class QualityWindow {
  private final int needed;
  private final List<JudgedPrediction> judged;
  private final List<JudgedPrediction> all;
  private final List<String> labels;
  private final List<Labelled> labelled = new ArrayList<>();
  private final double[] errors;
  private final List<Predicted.Classes> classes = new ArrayList<>();

  /** How many of all predictions are values. */
  private final int values;

  /**
   * @param needed how many outcomes, or predictions, a figure takes
   * @param judged with outcomes, the newest first
   * @param all with and without, the newest first
   */
  QualityWindow(int needed, List<JudgedPrediction> judged, List<JudgedPrediction> all) {
    this.needed = needed;
    this.judged = judged;
    this.all = all;
    this.labels = labels(judged.isEmpty() ? all : judged);
    for (JudgedPrediction one : judged) {
      Labelled found = labelled(one);
      if (found != null) {
        labelled.add(found);
      }
    }
    for (JudgedPrediction one : all) {
      if (one.prediction().predicted() instanceof Predicted.Classes found
          && found.labels().equals(labels)) {
        classes.add(found);
      }
    }
    this.values =
        (int)
            all.stream()
                .filter(one -> one.prediction().predicted() instanceof Predicted.Value)
                .count();
    this.errors =
        judged.stream().mapToDouble(QualityWindow::error).filter(e -> !Double.isNaN(e)).toArray();
  }

  /** Those of the newest; of too many classes nothing but the predicted one is known. */
  private static List<String> labels(List<JudgedPrediction> newestFirst) {
    if (!newestFirst.isEmpty()
        && newestFirst.getFirst().prediction().predicted() instanceof Predicted.Classes found
        && found.labels().size() > 1) {
      return found.labels();
    }
    return List.of();
  }

  private @Nullable Labelled labelled(JudgedPrediction one) {
    return one.prediction().predicted() instanceof Predicted.Classes found
            && found.labels().equals(labels)
            && one.outcome() != null
            && one.outcome().outcome() instanceof Outcome.Label(String label)
            && labels.contains(label)
        ? new Labelled(found, label)
        : null;
  }

  private static double error(JudgedPrediction one) {
    return one.prediction().predicted() instanceof Predicted.Value(double predicted)
            && one.outcome() != null
            && one.outcome().outcome() instanceof Outcome.Value(double came)
        ? predicted - came
        : Double.NaN;
  }

  QualityReport.Outcomes outcomes() {
    Instant to = judged.isEmpty() ? null : judged.getFirst().prediction().at();
    Instant from = judged.isEmpty() ? null : judged.getLast().prediction().at();
    return new QualityReport.Outcomes(count(), needed, from, to);
  }

  int count() {
    return Math.max(labelled.size(), errors.length);
  }

  @Nullable ClassificationQuality classification() {
    return labelled.size() < needed ? null : ClassificationQuality.of(labelled);
  }

  Map<Metric, Estimate> values() {
    return errors.length < needed ? Map.of() : RegressionQuality.of(errors).figures();
  }

  @Nullable ExpectedAccuracy expected() {
    return classes.size() < needed ? null : ExpectedAccuracy.of(classes, Calibration.of(labelled));
  }

  /** Groups by the contract's attribute, as far as they were kept; null where it has none. */
  @Nullable GroupComparison groups(Contract contract) {
    Fairness fairness = contract.fairness();
    if (fairness == null) {
      return null;
    }
    Map<String, Gathered> gathered = new LinkedHashMap<>();
    fairness.groups().forEach(name -> gathered.put(name, new Gathered()));
    for (JudgedPrediction one : all) {
      Gathered group = group(one, fairness, gathered);
      switch (one.prediction().predicted()) {
        case Predicted.Classes found when found.labels().equals(labels) -> group.classes.add(found);
        case Predicted.Classes ignored -> {}
        case Predicted.Value(double value) -> group.values.add(value);
      }
    }
    for (JudgedPrediction one : judged) {
      Gathered group = group(one, fairness, gathered);
      Labelled found = labelled(one);
      double error = error(one);
      if (found != null) {
        group.labelled.add(found);
      } else if (!Double.isNaN(error)) {
        group.errors.add(error);
      }
    }
    List<GroupRows> rows = new ArrayList<>();
    gathered.forEach((name, group) -> rows.add(group.named(name)));
    return GroupComparison.of(rows, fairness.favourable(), contract.disclosure().minimumGroup());
  }

  /** One that is left aside where a prediction was kept without its group, or by another one. */
  private static Gathered group(
      JudgedPrediction one, Fairness fairness, Map<String, Gathered> gathered) {
    KeptPrediction.Group group = one.prediction().group();
    return group != null && group.attribute().equals(fairness.attribute())
        ? gathered.computeIfAbsent(group.name(), name -> new Gathered())
        : new Gathered();
  }

  /** What belongs to a group, while it is looked for. */
  private static final class Gathered {
    private final List<Predicted.Classes> classes = new ArrayList<>();
    private final List<Labelled> labelled = new ArrayList<>();
    private final List<Double> values = new ArrayList<>();
    private final List<Double> errors = new ArrayList<>();

    GroupRows named(String name) {
      return new GroupRows(name, classes, labelled, values, errors);
    }
  }

  /** A figure as it is judged by, of however few outcomes. */
  StrictFigure strict(Metric metric) {
    Instant to = judged.isEmpty() ? null : judged.getFirst().prediction().at();
    Instant from = judged.isEmpty() ? null : judged.getLast().prediction().at();
    if (metric.isOfValues()) {
      Estimate measured = errors.length == 0 ? null : StrictEstimate.of(metric, errors);
      return new StrictFigure(errors.length, measured, from, to, null, classes.size());
    }
    Estimate measured = labelled.isEmpty() ? null : StrictEstimate.of(metric, labelled);
    ExpectedAccuracy expected =
        metric == Metric.ACCURACY && !classes.isEmpty()
            ? ExpectedAccuracy.of(classes, Calibration.of(labelled))
            : null;
    return new StrictFigure(labelled.size(), measured, from, to, expected, values);
  }

  /** What the meters show: without intervals. */
  Map<Metric, Double> points() {
    Map<Metric, Double> points = new LinkedHashMap<>();
    if (labelled.size() >= needed) {
      points.putAll(ClassificationQuality.points(labelled));
    }
    if (errors.length >= needed) {
      points.putAll(RegressionQuality.points(errors));
    }
    ExpectedAccuracy expected = expected();
    if (expected != null) {
      points.put(Metric.EXPECTED_ACCURACY, expected.value());
    }
    return points;
  }
}
