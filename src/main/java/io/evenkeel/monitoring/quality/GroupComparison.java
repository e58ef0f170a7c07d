package io.evenkeel.monitoring.quality;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How a version's predictions differ between groups of rows. Immutable.
 *
 * @param groups those that are large enough, in the given order
 * @param withheld the names of those that aren't
 * @param gaps by figure, how far the two groups are apart that are farthest; of figures that at
 *     least two groups have
 */
public record GroupComparison(
    List<Group> groups, List<String> withheld, Map<GroupFigure, Gap> gaps) {
  private static final double Z = 1.959963984540054;

  public GroupComparison {
    groups = List.copyOf(groups);
    withheld = List.copyOf(withheld);
    gaps = Map.copyOf(gaps);
  }

  /**
   * One group.
   *
   * @param rows how many predictions there are
   * @param shares by label, how often it was predicted; empty for values
   * @param outcomes of how many predictions the outcome is known
   * @param figures those that enough rows speak for
   */
  public record Group(
      String name,
      int rows,
      Map<String, Figure> shares,
      int outcomes,
      Map<GroupFigure, Figure> figures) {}

  /**
   * A figure of a group.
   *
   * @param rows that it is made of
   */
  public record Figure(Estimate estimate, int rows) {
    static Figure share(int found, int rows) {
      return new Figure(Estimate.share(found, rows), rows);
    }
  }

  /**
   * How far two groups are apart. The interval is that of these two (R. G. Newcombe, "Interval
   * estimation for the difference between independent proportions", method 10, Statistics in
   * Medicine 17 (1998); for means the same form, G. Y. Zou and A. Donner, ibid. 27 (2008)). They
   * were chosen for being farthest, so of many groups some are apart by chance.
   */
  public record Gap(double value, double low, double high, String highest, String lowest) {
    static Gap between(Group highest, Group lowest, GroupFigure figure) {
      Estimate high = estimate(highest, figure);
      Estimate low = estimate(lowest, figure);
      double value = high.value() - low.value();
      return new Gap(
          value,
          value - Math.hypot(high.value() - high.low(), low.high() - low.value()),
          value + Math.hypot(high.high() - high.value(), low.value() - low.low()),
          highest.name(),
          lowest.name());
    }
  }

  /**
   * Compares groups.
   *
   * @param favourable the label that is good for those whom rows are about; null where none is
   * @param least how many rows a group, or a figure of it, has to have
   */
  public static GroupComparison of(List<GroupRows> all, @Nullable String favourable, int least) {
    List<Group> groups = new ArrayList<>();
    List<String> withheld = new ArrayList<>();
    for (GroupRows rows : all) {
      if (rows.rows() >= least) {
        groups.add(group(rows, favourable, least));
      } else if (rows.rows() > 0) {
        withheld.add(rows.group());
      }
    }
    Map<GroupFigure, Gap> gaps = new EnumMap<>(GroupFigure.class);
    for (GroupFigure figure : GroupFigure.values()) {
      Gap gap = widest(groups, figure);
      if (gap != null) {
        gaps.put(figure, gap);
      }
    }
    return new GroupComparison(groups, withheld, gaps);
  }

  private static Group group(GroupRows rows, @Nullable String favourable, int least) {
    Map<String, Figure> shares = shares(rows.classes());
    Map<GroupFigure, Figure> figures = new EnumMap<>(GroupFigure.class);
    if (favourable != null && shares.containsKey(favourable)) {
      figures.put(GroupFigure.SELECTION_RATE, shares.get(favourable));
    }
    if (rows.values().size() >= least) {
      figures.put(GroupFigure.MEAN_VALUE, mean(rows.values()));
    }
    if (rows.labelled().size() >= least) {
      int right = (int) rows.labelled().stream().filter(Labelled::isRight).count();
      figures.put(GroupFigure.ACCURACY, Figure.share(right, rows.labelled().size()));
    }
    if (favourable != null) {
      put(
          figures,
          GroupFigure.TRUE_POSITIVE_RATE,
          favourable,
          least,
          rows.labelled().stream().filter(one -> one.outcome().equals(favourable)).toList());
      put(
          figures,
          GroupFigure.FALSE_POSITIVE_RATE,
          favourable,
          least,
          rows.labelled().stream()
              .filter(Predicate.not(one -> one.outcome().equals(favourable)))
              .toList());
    }
    if (rows.errors().size() >= least) {
      double[] errors = rows.errors().stream().mapToDouble(Double::doubleValue).toArray();
      Estimate mae = RegressionQuality.of(errors).figures().get(Metric.MAE);
      if (mae != null) {
        figures.put(GroupFigure.MAE, new Figure(mae, errors.length));
      }
    }
    return new Group(rows.group(), rows.rows(), shares, rows.outcomes(), figures);
  }

  /** Of cases with the same outcome, or none of that outcome: how many got the label. */
  private static void put(
      Map<GroupFigure, Figure> figures,
      GroupFigure figure,
      String label,
      int least,
      List<Labelled> cases) {
    if (cases.size() >= least) {
      int got = (int) cases.stream().filter(one -> one.predicted().label().equals(label)).count();
      figures.put(figure, Figure.share(got, cases.size()));
    }
  }

  private static Map<String, Figure> shares(List<Predicted.Classes> classes) {
    Map<String, Figure> shares = new LinkedHashMap<>();
    if (classes.isEmpty()) {
      return shares;
    }
    for (String label : classes.getFirst().labels()) {
      int found = (int) classes.stream().filter(one -> one.label().equals(label)).count();
      shares.put(label, Figure.share(found, classes.size()));
    }
    return shares;
  }

  /** With the interval that the central limit theorem gives. */
  private static Figure mean(List<Double> values) {
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    int rows = values.size();
    double half = rows < 2 ? Double.POSITIVE_INFINITY : Z * Math.sqrt(squares / (rows - 1) / rows);
    return new Figure(new Estimate(mean, mean - half, mean + half), rows);
  }

  private static @Nullable Gap widest(List<Group> groups, GroupFigure figure) {
    List<Group> having = groups.stream().filter(one -> one.figures().containsKey(figure)).toList();
    if (having.size() < 2) {
      return null;
    }
    Group highest = having.getFirst();
    Group lowest = having.getFirst();
    for (Group one : having) {
      highest = estimate(one, figure).value() > estimate(highest, figure).value() ? one : highest;
      // Of equal ones the last, so that there are always two.
      lowest = estimate(one, figure).value() <= estimate(lowest, figure).value() ? one : lowest;
    }
    return Gap.between(highest, lowest, figure);
  }

  private static Estimate estimate(Group group, GroupFigure figure) {
    Figure found = group.figures().get(figure);
    if (found == null) {
      throw new IllegalArgumentException(group.name() + " has no " + figure.word());
    }
    return found.estimate();
  }
}
