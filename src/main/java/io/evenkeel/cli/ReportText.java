package io.evenkeel.cli;

import io.evenkeel.contract.Mistake;
import io.evenkeel.registry.CheckReport;
import io.evenkeel.registry.CheckReport.Stage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** Writes reports for people: a line for each stage, and what is to be mended below it. */
final class ReportText {
  private final PrintWriter out;
  private final Ansi ansi;
  private final String praise;

  /**
   * @param ansi whether the reader shows colours
   * @param praise what is said of a sound version: that it can be ...
   */
  ReportText(PrintWriter out, Ansi ansi, String praise) {
    this.out = out;
    this.ansi = ansi;
    this.praise = praise;
  }

  void write(CheckReport report) {
    String title = report.folder().model() + " " + report.folder().version();
    out.println(styled("bold", title) + "  " + shown(report.folder().path()));
    for (Stage stage : report.stages()) {
      String line = "  " + verdict(stage) + " " + padded(stage.name(), 9) + "  " + stage.note();
      out.println(line.stripTrailing());
      stage.mistakes().forEach(mistake -> write(mistake, "mend"));
      stage.hints().forEach(hint -> write(hint, "hint"));
    }
    out.println();
  }

  private void write(Mistake mistake, String word) {
    String place = mistake.line() > 0 ? mistake.file() + ":" + mistake.line() : mistake.file();
    out.println("            " + styled("bold", place) + ": " + mistake.cause());
    out.println("              " + word + ": " + mistake.mend());
  }

  private String verdict(Stage stage) {
    if (stage.skipped()) {
      return styled("yellow", "skipped");
    }
    if (!stage.mistakes().isEmpty()) {
      return styled("red", "mistake");
    }
    return stage.hints().isEmpty() ? styled("green", "ok     ") : styled("cyan", "hint   ");
  }

  /** Says how the versions fared, all together. */
  void summarize(List<CheckReport> reports) {
    long sound = reports.stream().filter(CheckReport::isSound).count();
    int mistakes = reports.stream().mapToInt(report -> report.mistakes().size()).sum();
    int hints = reports.stream().mapToInt(report -> report.hints().size()).sum();
    String figures = count(mistakes, "mistake") + ", " + count(hints, "hint");
    if (reports.size() == 1) {
      out.println(sound == 1 ? "It " + praise + ": " + figures + "." : "Not yet: " + figures + ".");
    } else {
      out.println(
          sound + " of " + count(reports.size(), "version") + " " + praise + ": " + figures + ".");
    }
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private String styled(String style, String text) {
    return ansi.new Text("@|" + style + " " + text + "|@").toString();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  /** A path as short as it can be from where the command was started. */
  static Path shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path) : path;
  }
}
