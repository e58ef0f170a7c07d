package io.evenkeel.api;

import io.evenkeel.contract.Fairness;
import io.evenkeel.monitoring.quality.Estimate;
import io.evenkeel.monitoring.quality.GroupComparison;
import io.evenkeel.monitoring.quality.GroupComparison.Figure;
import io.evenkeel.monitoring.quality.GroupComparison.Gap;
import io.evenkeel.monitoring.quality.GroupComparison.Group;
import io.evenkeel.monitoring.quality.GroupFigure;
import java.util.LinkedHashMap;
import java.util.Map;

/** How predictions differ between groups, as JSON values. */
final class GroupDescription {
  private GroupDescription() {}

  /**
   * The whole comparison.
   *
   * @param least of how many rows a group is at least
   */
  static Map<String, Object> of(Fairness fairness, GroupComparison found, int least) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("attribute", fairness.attribute());
    if (fairness.favourable() != null) {
      described.put("favourable", fairness.favourable());
    }
    described.put("groups", found.groups().stream().map(GroupDescription::group).toList());
    described.put("minimumGroup", least);
    if (!found.withheld().isEmpty()) {
      described.put("withheld", found.withheld());
    }
    Map<String, Object> differences = new LinkedHashMap<>();
    for (GroupFigure figure : GroupFigure.values()) {
      Gap gap = found.gaps().get(figure);
      if (gap != null) {
        differences.put(figure.difference(), gap(gap));
      }
    }
    described.put("differences", differences);
    return described;
  }

  private static Map<String, Object> group(Group group) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("group", group.name());
    described.put("rows", group.rows());
    if (!group.shares().isEmpty()) {
      Map<String, Object> shares = new LinkedHashMap<>();
      group.shares().forEach((label, share) -> shares.put(label, figure(share)));
      described.put("shares", shares);
    }
    described.put("outcomes", group.outcomes());
    Map<String, Object> figures = new LinkedHashMap<>();
    for (GroupFigure figure : GroupFigure.values()) {
      Figure found = group.figures().get(figure);
      if (found != null) {
        figures.put(figure.word(), figure(found));
      }
    }
    described.put("figures", figures);
    return described;
  }

  private static Object figure(Figure figure) {
    return QualityDescription.figure(figure.estimate(), figure.rows());
  }

  private static Map<String, Object> gap(Gap gap) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("value", gap.value());
    described.put("low", gap.low());
    described.put("high", gap.high());
    described.put("highest", gap.highest());
    described.put("lowest", gap.lowest());
    return described;
  }

  /** For people: a line for each group. */
  static Map<String, Object> table(GroupComparison found) {
    Map<String, Object> table = new LinkedHashMap<>();
    for (Group group : found.groups()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("rows", group.rows());
      group
          .figures()
          .forEach((figure, value) -> line.put(figure.word(), inWords(value.estimate())));
      table.put(group.name(), line);
    }
    return table;
  }

  /** For people: how far groups are apart. */
  static Map<String, Object> gaps(GroupComparison found) {
    Map<String, Object> table = new LinkedHashMap<>();
    for (GroupFigure figure : GroupFigure.values()) {
      Gap gap = found.gaps().get(figure);
      if (gap != null) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("difference", inWords(new Estimate(gap.value(), gap.low(), gap.high())));
        line.put("highest", gap.highest());
        line.put("lowest", gap.lowest());
        table.put(figure.difference(), line);
      }
    }
    return table;
  }

  static String inWords(Estimate estimate) {
    return rounded(estimate.value())
        + " ("
        + rounded(estimate.low())
        + " to "
        + rounded(estimate.high())
        + ")";
  }

  private static String rounded(double value) {
    return CardWords.number(Math.round(value * 1000) / 1000.0);
  }
}
