package io.evenkeel.api;

import io.evenkeel.monitoring.feedback.QualityReport;
import io.evenkeel.monitoring.quality.Estimate;
import io.evenkeel.monitoring.quality.Metric;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a card says beside its author's words: how good the version's latest predictions were, and
 * how they differ between groups.
 *
 * @param members as JSON values
 * @param report what they were made of
 */
record LiveSection(Map<String, Object> members, QualityReport report) {
  /** Whether there is anything to show yet. */
  static boolean hasContent(QualityReport report) {
    return !report.figures().isEmpty()
        || (report.groups() != null
            && !(report.groups().groups().isEmpty() && report.groups().withheld().isEmpty()));
  }

  void write(HtmlWriter html, CardValues values, @Nullable String attribute) {
    html.open("section").element("h2", "Live");
    html.element(
        "p",
        "Of the latest "
            + report.outcomes().count()
            + " predictions whose outcome is known; in brackets the interval that holds the true"
            + " figure in 95 of 100 cases.");
    if (!report.figures().isEmpty()) {
      values.write(figures());
    }
    if (report.groups() != null && attribute != null) {
      html.element("h3", "By " + attribute);
      Map<String, Object> table = GroupDescription.table(report.groups());
      if (!table.isEmpty()) {
        values.write(table);
        values.write(GroupDescription.gaps(report.groups()));
      }
      if (!report.groups().withheld().isEmpty()) {
        html.element(
            "p",
            "Left out for being of too few rows: "
                + String.join(", ", report.groups().withheld())
                + ".");
      }
    }
    html.close("section");
  }

  private Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      Estimate estimate = report.figures().get(metric);
      if (estimate != null) {
        figures.put(metric.word(), GroupDescription.inWords(estimate));
      }
    }
    return figures;
  }
}
