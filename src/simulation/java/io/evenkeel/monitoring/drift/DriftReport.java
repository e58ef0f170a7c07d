package io.evenkeel.monitoring.drift;

import java.util.List;
import java.util.Locale;

/** What the simulation found, as the tables and pictures of docs/drift.md. */
final class DriftReport {
  static final String BEGIN =
      "<!-- written by DriftSimulationTest: change the simulation, not this part -->";
  static final String END = "<!-- end of what DriftSimulationTest wrote -->";

  private static final int LINE = 16;
  private static final int LEFT = 290;
  private static final int WIDTH = 760;

  private DriftReport() {}

  static String page(String before, List<FalseAlarms.Result> alarms, List<Delays.Result> delays) {
    int begin = before.indexOf(BEGIN);
    int end = before.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalStateException("docs/drift.md has lost its markers");
    }
    return before.substring(0, begin + BEGIN.length())
        + "\n\n"
        + alarmTable(alarms)
        + "\n![Mean rows to a false alarm, as multiples of what was configured](drift-false-alarms.svg)\n\n"
        + delayTable(delays)
        + "\n![Median rows until a drift is found](drift-delays.svg)\n\n"
        + before.substring(end);
  }

  private static String alarmTable(List<FalseAlarms.Result> results) {
    StringBuilder table =
        new StringBuilder(
            "| features | how many | reference rows | configured | mean rows to a false alarm | runs | ended by an alarm |\n"
                + "| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for (FalseAlarms.Result result : results) {
      FalseAlarms of = result.of();
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %d | %.0f | at least %.0f ± %.0f | %d | %.0f %% |%n",
              of.kind().words,
              of.features(),
              of.reference(),
              of.alarm(),
              result.mean(),
              result.error(),
              of.runs(),
              100 * result.ended()));
    }
    return table.toString();
  }

  private static String delayTable(List<Delays.Result> results) {
    StringBuilder table =
        new StringBuilder(
            "| drift of one of 20 features | reference rows | rows before | found after (median) | nine of ten | right feature first | start missed by (median) |\n"
                + "| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for (Delays.Result result : results) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %d | %.0f | %.0f | %.0f %% | %.0f |%n",
              result.of().drift().words,
              result.of().reference(),
              result.of().before(),
              result.median(),
              result.ninth(),
              100 * result.attributed(),
              result.startError()));
    }
    return table.toString();
  }

  /** A dot with its error for each cell; the line at 1 is the promise. */
  static String alarmPicture(List<FalseAlarms.Result> results) {
    StringBuilder svg =
        new StringBuilder(head(results.size(), "mean rows to a false alarm / configured"));
    double scale = (WIDTH - LEFT - 40) / 3.2;
    for (int mark = 0; mark <= 3; mark++) {
      svg.append(
          line(
              LEFT + mark * scale,
              30,
              LEFT + mark * scale,
              34 + LINE * results.size(),
              mark == 1 ? "#c0392b" : "#ddd"));
      svg.append(text(LEFT + mark * scale, 26, "middle", String.valueOf(mark)));
    }
    for (int i = 0; i < results.size(); i++) {
      FalseAlarms.Result result = results.get(i);
      FalseAlarms of = result.of();
      double y = 44 + LINE * i;
      double x = LEFT + scale * result.mean() / of.alarm();
      double reach = scale * 2 * result.error() / of.alarm();
      svg.append(
          text(
              LEFT - 10,
              y + 4,
              "end",
              String.format(
                  Locale.ROOT,
                  "%s, %d features, m %d, c %.0f",
                  of.kind().words,
                  of.features(),
                  of.reference(),
                  of.alarm())));
      svg.append(line(x - reach, y, x + reach, y, "#2c6fbb"));
      svg.append(
          String.format(
              Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"#2c6fbb\"/>%n", x, y));
    }
    return svg.append("</svg>\n").toString();
  }

  /** A bar for each drift. */
  static String delayPicture(List<Delays.Result> results) {
    StringBuilder svg =
        new StringBuilder(head(results.size(), "median rows until found, up to 1500"));
    double scale = (WIDTH - LEFT - 80) / 1500.0;
    for (int i = 0; i < results.size(); i++) {
      Delays.Result result = results.get(i);
      double y = 44 + LINE * i;
      double length = scale * Math.min(1500, result.median());
      svg.append(
          text(
              LEFT - 10,
              y + 4,
              "end",
              result.of().drift().words + ", m " + result.of().reference()));
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"10\" fill=\"#2c6fbb\"/>%n",
              LEFT,
              y - 5,
              length));
      svg.append(
          text(
              LEFT + length + 6,
              y + 4,
              "start",
              String.format(Locale.ROOT, "%.0f", result.median())));
    }
    return svg.append("</svg>\n").toString();
  }

  private static String head(int lines, String title) {
    int height = 50 + LINE * lines;
    return String.format(
        Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"11\">%n"
            + "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>%n%s",
        WIDTH,
        height,
        WIDTH,
        height,
        text(LEFT, 12, "start", title));
  }

  private static String line(double x1, double y1, double x2, double y2, String colour) {
    return String.format(
        Locale.ROOT,
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
        x1,
        y1,
        x2,
        y2,
        colour);
  }

  private static String text(double x, double y, String anchor, String words) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#333\">%s</text>%n",
        x,
        y,
        anchor,
        words);
  }
}
