package io.evenkeel.cli.report;

import io.evenkeel.cli.replay.Figures;
import io.evenkeel.cli.replay.ReplayReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of the page that shows what explains the differences. */
final class DifferencePictures {
  private static final double LEAST_SHOWN = 0.001;

  private final StringBuilder html;

  DifferencePictures(StringBuilder html) {
    this.html = html;
  }

  void write(ReplayReport.Differences differences, int features) {
    ReplayReport.Distribution change = differences.distribution();
    if (change != null) {
      html.append(Html.paragraph(change.name() + ":"))
          .append(Svg.histogram(change.name(), change.edges(), change.shares(), List.of()));
    }
    if (!differences.transitions().isEmpty()) {
      html.append(
          Html.table(
              List.of("label before", "label of the candidate", "rows"),
              differences.transitions().stream()
                  .map(one -> List.of(one.from(), one.to(), Long.toString(one.count())))
                  .toList()));
    }
    writeFeatures(differences, features);
  }

  private void writeFeatures(ReplayReport.Differences differences, int features) {
    html.append("<h3>What explains them</h3>");
    List<ReplayReport.Explanation> shown =
        differences.features().stream()
            .filter(one -> one.weight() >= LEAST_SHOWN || one.columnDifference() != null)
            .limit(features)
            .toList();
    if (shown.stream().anyMatch(one -> one.explained() >= LEAST_SHOWN)) {
      html.append(
          Svg.bars(
              "share of the difference that each feature explains",
              shown.stream()
                  .map(one ->
                      new Svg.Bar(one.feature(), one.explained(), Figures.percent(one.explained())))
                  .toList()));
    }
    html.append(Html.table(header(), shown.stream().map(DifferencePictures::row).toList()));
    html.append("<p class='dim'>")
        .append(
            Html.escaped(
                "Explains: the share of the differences' variance (of probabilities: of their "
                    + "log-odds) that lies between bins of the feature's values. Gone if swapped: the "
                    + "share of the squared difference that goes away when the candidate's graph "
                    + "gets the live version's columns of this feature, for a sample of the rows."))
        .append("</p>");
    if (differences.swapped() != null) {
      html.append(Html.paragraph(Words.swapped(differences.swapped())));
    }
    if (!differences.unmatched().isEmpty()) {
      html.append(
          Html.paragraph(
              "Columns of only one version: " + String.join(", ", differences.unmatched())));
    }
    shown.forEach(one -> writeBins(one, differences.scale()));
  }

  private static List<String> header() {
    return List.of("feature", "explains", "column differs, sd", "column", "gone if swapped");
  }

  private static List<String> row(ReplayReport.Explanation one) {
    List<String> row = new ArrayList<>();
    row.add(one.feature());
    row.add(Figures.percent(one.explained()));
    row.add(text(one.columnDifference()));
    row.add(one.column() == null ? "" : one.column());
    row.add(one.swapped() == null ? "" : Figures.percent(one.swapped()));
    return row;
  }

  private static String text(@Nullable Double number) {
    return number == null ? "" : Figures.number(number);
  }

  private void writeBins(ReplayReport.Explanation one, String scale) {
    if (one.bins().isEmpty()) {
      return;
    }
    String title = "Mean change of the " + scale + " by " + one.feature();
    html.append("<h3>").append(Html.escaped(title)).append("</h3>");
    html.append(
        Svg.bars(
            title,
            one.bins().stream()
                .map(bin ->
                    new Svg.Bar(bin.name(), bin.difference(), Figures.number(bin.difference())))
                .toList()));
  }
}
