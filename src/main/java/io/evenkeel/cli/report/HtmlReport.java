package io.evenkeel.cli.report;

import io.evenkeel.cli.replay.Figures;
import io.evenkeel.cli.replay.ReplayReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A replay's report as one page that needs no other file, script or network. */
public final class HtmlReport {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1c2430; --dim: #5d6878; --paper: #fff; --line: #d5dbe3;
        --ours: #2f6fb5; --theirs: #c2571a; --good: #1d7a3e; --bad: #b3261e; --band: #f4f6f9; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e4e8ee; --dim: #9aa5b4; --paper: #14181e;
        --line: #333c48; --ours: #6aa5e6; --theirs: #f0975a; --good: #6fcf8e; --bad: #f28b82; --band: #1c222a; } }
      body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
        max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
      h1 { font-size: 1.5rem; margin-bottom: .25rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
      h3 { font-size: 1rem; margin: 1.4rem 0 .3rem; }
      .dim { color: var(--dim); } .lead { font-size: 1.1rem; }
      .verdict { border-left: .3rem solid; padding: .5rem 1rem; background: var(--band); margin: 1rem 0; }
      .passed { border-color: var(--good); } .failed { border-color: var(--bad); }
      .passed b { color: var(--good); } .failed b { color: var(--bad); }
      .wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .92rem; }
      th, td { text-align: left; padding: .25rem .7rem .25rem 0; border-bottom: 1px solid var(--line);
        vertical-align: top; }
      th { color: var(--dim); font-weight: 600; } td.n { font-variant-numeric: tabular-nums; white-space: nowrap; }
      svg { width: 100%; height: auto; display: block; } svg text { font: 12px system-ui, sans-serif; fill: var(--dim); }
      .ours { fill: var(--ours); } .theirs { fill: none; stroke: var(--theirs); stroke-width: 2; }
      .axis { stroke: var(--line); } i { display: inline-block; width: .8rem; height: .8rem; vertical-align: -.08rem; }
      i.ours { background: var(--ours); } i.theirs { border-top: .2rem solid var(--theirs); height: .3rem; vertical-align: .1rem; }
      """;
  private static final int FEATURES = 10;
  private static final int KINDS = 25;

  private final StringBuilder html = new StringBuilder();
  private final ReplayReport report;

  private HtmlReport(ReplayReport report) {
    this.report = report;
  }

  public static String of(ReplayReport report) {
    HtmlReport page = new HtmlReport(report);
    page.write();
    return page.html.toString();
  }

  private void write() {
    ReplayReport.Version candidate = report.candidate();
    String title = "Replay of " + candidate.model() + " " + candidate.version();
    html.append("<!doctype html><html lang='en'><head><meta charset='utf-8'>")
        .append("<meta name='viewport' content='width=device-width, initial-scale=1'><title>")
        .append(Html.escaped(title))
        .append("</title><style>")
        .append(STYLE)
        .append("</style></head><body><h1>")
        .append(Html.escaped(title))
        .append("</h1>");
    writeData();
    writeVerdict();
    if (report.differences() != null) {
      writeDifferences(report.differences());
    }
    writeAcceptance();
    writeOutputs();
    writeQuality();
    writeFindings("Violations", ReplayReport.Version::violations);
    writeFindings("Warnings", ReplayReport.Version::warnings);
    writeLatency();
    html.append("</body></html>\n");
  }

  private void writeData() {
    ReplayReport.Data data = report.data();
    String against =
        switch (report.baseline()) {
          case NONE -> "";
          case RECORDED -> ", against the recorded predictions";
          case LIVE -> ", against " + name(report.live());
        };
    html.append("<p class='dim'>")
        .append(
            Html.escaped(
                String.format(
                    Locale.ROOT,
                    "%,d rows of %s%s. Contract %s.",
                    data.rows(),
                    data.file(),
                    against,
                    report.candidate().contract())))
        .append("</p>");
    if (data.unreadable() > 0) {
      html.append(
          Html.paragraph(
              String.format(Locale.ROOT, "%,d lines couldn't be read.", data.unreadable())));
      html.append(
          Html.table(
              List.of("line", "cause"),
              data.complaints().stream()
                  .map(one -> List.of(Long.toString(one.line()), one.cause()))
                  .toList()));
    }
    if (!data.passedOver().isEmpty()) {
      html.append(
          Html.paragraph(
              "Columns that are no feature, passed over: " + String.join(", ", data.passedOver())));
    }
  }

  private static String name(ReplayReport.@Nullable Version version) {
    return version == null ? "" : version.model() + " " + version.version() + " (live)";
  }

  private void writeVerdict() {
    ReplayReport.Verdict verdict = report.verdict();
    html.append("<div class='verdict ")
        .append(verdict.passed() ? "passed'><b>Passed.</b>" : "failed'><b>Failed:</b>");
    if (verdict.reasons().isEmpty()) {
      html.append(" The candidate kept all limits.");
    }
    html.append(' ').append(Html.escaped(String.join("; ", verdict.reasons()))).append("</div>");
  }

  private void writeDifferences(ReplayReport.Differences differences) {
    html.append("<h2>Differences</h2><p class='lead'>")
        .append(Html.escaped(differences.headline()))
        .append("</p>");
    html.append(
        Html.paragraph(
            String.format(
                Locale.ROOT,
                "Of %,d rows that both answered, %,d differ; %,d (%s) have another label.",
                differences.rows(),
                differences.differing(),
                differences.disagreeing(),
                Figures.percent((double) differences.disagreeing() / differences.rows()))));
    ReplayReport.Size size = differences.size();
    html.append(
        Html.table(
            List.of("", "mean", "p50", "p90", "p99", "max"),
            List.of(
                List.of(
                    differences.quantity(),
                    Figures.number(size.mean()),
                    Figures.number(size.p50()),
                    Figures.number(size.p90()),
                    Figures.number(size.p99()),
                    Figures.number(size.max())))));
    if (differences.differing() == 0) {
      return;
    }
    new DifferencePictures(html).write(differences, FEATURES);
  }

  private void writeAcceptance() {
    ReplayReport.Acceptance acceptance = report.acceptance();
    if (acceptance == null) {
      return;
    }
    html.append("<h2>Rows answered</h2>");
    html.append(
        Html.table(
            List.of("by both", "only before", "only by the candidate", "by none"),
            List.of(
                List.of(
                    count(acceptance.both()),
                    count(acceptance.onlyLive()),
                    count(acceptance.onlyCandidate()),
                    count(acceptance.neither())))));
    if (!acceptance.refusals().isEmpty()) {
      html.append("<h3>What the candidate refuses of those answered before</h3>");
      html.append(findings(acceptance.refusals()));
    }
  }

  private void writeOutputs() {
    ReplayReport.Version candidate = report.candidate();
    ReplayReport.Version live = report.live();
    ReplayReport.Distribution ours = candidate.outputs();
    if (ours == null) {
      return;
    }
    html.append("<h2>Predictions</h2>");
    ReplayReport.Distribution theirs = live == null ? null : live.outputs();
    html.append("<p>").append(Html.escaped(ours.name())).append(": <i class='ours'></i> candidate");
    html.append(theirs == null ? "</p>" : ", <i class='theirs'></i> live</p>");
    html.append(
        Svg.histogram(
            ours.name(),
            ours.edges(),
            ours.shares(),
            theirs == null ? List.of() : theirs.shares()));
    List<List<String>> labels = new ArrayList<>();
    for (ReplayReport.LabelCount label : candidate.labels()) {
      List<String> row = new ArrayList<>(List.of(label.label(), count(label.count())));
      if (live != null) {
        row.add(
            count(
                live.labels().stream()
                    .filter(other -> other.label().equals(label.label()))
                    .mapToLong(ReplayReport.LabelCount::count)
                    .sum()));
      }
      labels.add(row);
    }
    if (!labels.isEmpty()) {
      html.append(
          Html.table(
              live == null ? List.of("label", "candidate") : List.of("label", "candidate", "live"),
              labels));
    }
  }

  private void writeQuality() {
    if (report.candidate().quality() == null) {
      return;
    }
    html.append("<h2>Against what happened</h2>");
    writeQuality("Candidate", report.candidate().quality());
    if (report.live() != null && report.live().quality() != null) {
      writeQuality("Live", report.live().quality());
    }
  }

  private void writeQuality(String role, ReplayReport.Quality quality) {
    html.append("<h3>").append(role).append("</h3>");
    html.append(Html.paragraph("Of the rows it answered: " + Words.quality(quality) + "."));
    if (quality instanceof ReplayReport.Quality.Classes classes) {
      List<String> header = new ArrayList<>(List.of("happened / predicted"));
      header.addAll(classes.labels());
      List<List<String>> rows = new ArrayList<>();
      for (int i = 0; i < classes.labels().size(); i++) {
        List<String> row = new ArrayList<>(List.of(classes.labels().get(i)));
        classes.confusion().get(i).forEach(cell -> row.add(count(cell)));
        rows.add(row);
      }
      html.append(Html.table(header, rows));
    }
  }

  private void writeFindings(
      String title, Function<ReplayReport.Version, List<ReplayReport.Finding>> of) {
    List<ReplayReport.Finding> ours = of.apply(report.candidate());
    List<ReplayReport.Finding> theirs = report.live() == null ? List.of() : of.apply(report.live());
    if (ours.isEmpty() && theirs.isEmpty()) {
      return;
    }
    html.append("<h2>").append(title).append("</h2>");
    if (!ours.isEmpty()) {
      html.append("<h3>Candidate</h3>").append(findings(ours));
    }
    if (report.live() != null && theirs.equals(ours)) {
      html.append(Html.paragraph("The same for the live version."));
    } else if (!theirs.isEmpty()) {
      html.append("<h3>Live</h3>").append(findings(theirs));
    }
  }

  private static String findings(List<ReplayReport.Finding> findings) {
    String table =
        Html.table(
            List.of("feature", "rule", "rows", "for example"),
            findings.stream()
                .limit(KINDS)
                .map(finding ->
                    List.of(
                        finding.feature(),
                        finding.rule(),
                        count(finding.count()),
                        "line "
                            + finding.examples().getFirst().line()
                            + ": "
                            + Words.example(finding.examples().getFirst())))
                .toList());
    return findings.size() <= KINDS
        ? table
        : table
            + Html.paragraph(
                "And " + (findings.size() - KINDS) + " more kinds; --json prints them all.");
  }

  private void writeLatency() {
    html.append("<h2>Time</h2>");
    html.append(
        Html.paragraph(
            "Microseconds, measured in this process, without a server around it. A row among "
                + "others is its part of a block of "
                + report.candidate().latency().blockRows()
                + "."));
    List<List<String>> rows = new ArrayList<>();
    addTimes("candidate", report.candidate().latency(), rows);
    if (report.live() != null) {
      addTimes("live", report.live().latency(), rows);
    }
    html.append(Html.table(List.of("", "", "p50", "p90", "p99", "max"), rows));
  }

  private static void addTimes(String role, ReplayReport.Latency latency, List<List<String>> rows) {
    rows.add(times(role, "read a row", latency.read()));
    rows.add(times(role, "preprocess a row", latency.preprocess()));
    rows.add(times(role, "run a row among others", latency.runTogether()));
    rows.add(times(role, "run a row alone", latency.runAlone()));
    rows.add(times(role, "run a block", latency.block()));
  }

  private static List<String> times(String role, String what, ReplayReport.Times times) {
    return List.of(
        role,
        what,
        Figures.number(times.p50()),
        Figures.number(times.p90()),
        Figures.number(times.p99()),
        Figures.number(times.max()));
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
