package io.evenkeel.cli;

import io.evenkeel.cli.replay.Limits;
import io.evenkeel.cli.replay.Replay;
import io.evenkeel.cli.replay.ReplayReport;
import io.evenkeel.cli.replay.UnusableDataException;
import io.evenkeel.cli.report.HtmlReport;
import io.evenkeel.cli.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The sandbox: recorded rows through a candidate. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    header = "Sends recorded rows through a version that isn't served yet, and says what changes.",
    description = {
      "",
      "Sends recorded rows through a version that isn't served yet: what it refuses, how its "
          + "predictions differ from the live version's or from the recorded ones, which features "
          + "explain that, how good they are, and how long they take.",
      "The data is JSON lines, {\"instance\": {…}} with perhaps \"prediction\" (what was answered "
          + "then) and \"outcome\" (what really happened); or CSV with a header of feature names, "
          + "perhaps \"prediction\" and \"outcome\". A line that can't be read is counted and told.",
      "",
    },
    footer = {
      "",
      "Example: last month's applications through version 2, which may change one label in a hundred:",
      "  evenkeel replay models/loan-default/2 march.jsonl --against models/loan-default/1 \\",
      "      --max-disagreement 1%% --out report.html",
      "",
      "Exit codes: 0 all limits were kept, 1 not all, 2 the command line isn't right.",
    })
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "<folder>", description = "The candidate's folder.")
  private Path folder;

  @Parameters(index = "1", paramLabel = "<data>", description = "A .jsonl or .csv file.")
  private Path data;

  @Option(
      names = "--against",
      paramLabel = "<folder>",
      description = {
        "The live version's folder. Without it, predictions that the data holds are compared with.",
      })
  private @Nullable Path against;

  @Option(
      names = "--label",
      paramLabel = "<name>",
      defaultValue = "outcome",
      description = {
        "The column, or the member beside instance, with what really happened "
            + "(default: ${DEFAULT-VALUE}).",
      })
  private String label;

  @Option(names = "--out", paramLabel = "report.html", description = "Writes a page with pictures.")
  private @Nullable Path page;

  @Option(names = "--json", description = "Prints the whole report as JSON, instead of a summary.")
  private boolean json;

  @Option(
      names = "--max-refused",
      paramLabel = "0%",
      defaultValue = "0%",
      converter = ShareConverter.class,
      description = {
        "Of the rows that were answered before, the share the candidate may refuse "
            + "(default: ${DEFAULT-VALUE}).",
      })
  private double maxRefused;

  @Option(
      names = "--max-disagreement",
      paramLabel = "1%",
      converter = ShareConverter.class,
      description = "The share of rows that may get another label.")
  private @Nullable Double maxDisagreement;

  @Option(
      names = "--max-difference",
      paramLabel = "x",
      description =
          "The mean difference that predictions may have: of probabilities, or of values.")
  private @Nullable Double maxDifference;

  @Option(
      names = "--min-accuracy",
      paramLabel = "90%",
      converter = ShareConverter.class,
      description = "The share of known outcomes that the candidate's label has to be right for.")
  private @Nullable Double minAccuracy;

  @Override
  public Integer call() throws IOException {
    if (!Files.isReadable(data)) {
      throw new ParameterException(
          spec.commandLine(), "there is no readable file " + data + "; name the recorded rows");
    }
    ReplayReport report = replay();
    PrintWriter out = spec.commandLine().getOut();
    if (page != null) {
      Files.writeString(page, HtmlReport.of(report));
    }
    out.print(json ? asJson(report) + "\n" : TextReport.of(report));
    if (!json) {
      out.println(page == null ? "Pictures: add --out report.html" : "Pictures: " + page);
    }
    out.flush();
    return report.verdict().passed() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private ReplayReport replay() throws IOException {
    Limits limits = new Limits(maxRefused, maxDisagreement, maxDifference, minAccuracy);
    try (Replay replay = Replay.open(folder, against, limits, JsonMapper.shared());
        Progress progress = Progress.on(spec.commandLine().getErr(), "rows")) {
      return replay.run(data, label, progress::at);
    } catch (UnusableDataException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static String asJson(ReplayReport report) {
    return JsonMapper.shared()
        .writer()
        .with(SerializationFeature.INDENT_OUTPUT)
        .with(JsonWriteFeature.ESCAPE_NON_ASCII)
        .writeValueAsString(report);
  }
}
