package io.evenkeel.cli;

import io.evenkeel.cli.draft.Draft;
import io.evenkeel.cli.draft.DraftFiles;
import io.evenkeel.contract.Mistake;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.registry.CheckReport;
import io.evenkeel.registry.FolderCheck;
import io.evenkeel.registry.FolderCheck.Sealing;
import io.evenkeel.registry.ModelFolder;
import io.evenkeel.registry.artifact.ArtifactPolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Drafts a version's folder from a graph and data, and says what is left to do. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    header = "Drafts a model's folder from an ONNX file and a CSV of rows.",
    description = {
      "",
      "Reads off the graph and the rows what a contract says: features with their types, bounds, categories and "
          + "examples, what fills the graph's inputs, what its outputs mean. Also drafts the model card, the "
          + "reference (how the data are spread) and golden examples, and copies the graph.",
      "",
      "The CSV has a header and the columns the model was trained on, in their order, as the model takes them. "
          + "Empty cells are missing values. Any number of rows will do: memory doesn't grow with them.",
      "",
      "What can't be known is left as TODO, and listed in the end with file and line; `check` refuses it until it is "
          + "filled in. The golden examples hold the graph's own answers: they prove that Evenkeel repeats the graph, "
          + "and no more. Replace them by the trainer's answers to the same rows.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  evenkeel init wine.onnx --data wine.csv --label class",
      "  evenkeel init wine.onnx --data wine.csv --label class --out models/wine/2",
      "  evenkeel init resnet.onnx                            without data: more is left to do",
      "",
      "Exit codes: 0 drafted, 1 the files can't be used, 2 the command line isn't right.",
    })
final class InitCommand implements Callable<Integer> {
  @Parameters(paramLabel = "<model.onnx>", description = "The graph.")
  private Path graph;

  @Option(
      names = "--data",
      paramLabel = "<rows.csv>",
      description = "Rows to learn the features from.")
  private @Nullable Path data;

  @Option(
      names = "--label",
      paramLabel = "<column>",
      description =
          "A column that is no feature, such as the outcome: may be repeated. A single one names the classes.")
  private List<String> labels = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "<folder>",
      description = "Where to write: <model>/<version>. Default: my-models/<the graph's name>/1")
  private @Nullable Path out;

  @Option(names = "--force", description = "Overwrite files that are there.")
  private boolean force;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (!Files.isRegularFile(graph)) {
      throw new UnusableModelException(
          graph.toString(), 0, "there is no such file", "name an ONNX file that is there");
    }
    Path folder = out == null ? Path.of("my-models", DraftFiles.modelName(graph), "1") : out;
    DraftFiles files = new DraftFiles(graph, folder);
    if (!force) {
      files.requireFree();
    }
    ModelFolder target = ModelFolder.of(folder);
    Draft.Drafted drafted;
    try (Progress progress = Progress.on(spec.commandLine().getErr(), "rows")) {
      drafted = new Draft(new Draft.Sources(graph, data, labels), target, progress::at).make();
    }
    files.write(drafted.files());
    tell(folder, drafted);
    return ExitCode.OK;
  }

  private void tell(Path folder, Draft.Drafted drafted) {
    PrintWriter writer = spec.commandLine().getOut();
    String rows = data == null ? "" : " and " + drafted.rows() + " rows of " + data.getFileName();
    writer.println("Drafted " + folder + " from " + graph.getFileName() + rows + ".");
    CheckReport report =
        CheckCommand.newCheck(ArtifactPolicy.byDefault())
            .check(ModelFolder.of(folder), Sealing.VERIFY);
    List<String> edits = new ArrayList<>();
    for (CheckReport.Stage stage : report.stages()) {
      if (!stage.name().equals(FolderCheck.MANIFEST_STAGE)) {
        stage.mistakes().forEach(mistake -> edits.add(place(folder, mistake) + edit(mistake)));
      }
    }
    list("Fill in:", edits, writer);
    List<String> doubts = doubts(folder);
    report
        .hints()
        .forEach(hint -> doubts.add(place(folder, hint) + hint.cause() + ": " + hint.mend()));
    doubts.addAll(drafted.remarks());
    list("Look at:", doubts, writer);
    writer.println();
    writer.println("Then: evenkeel check --write-manifest " + folder);
    writer.flush();
  }

  private static String place(Path folder, Mistake mistake) {
    String line = mistake.line() > 0 ? ":" + mistake.line() : "";
    return folder.resolve(mistake.file()) + line + ": ";
  }

  private static String edit(Mistake mistake) {
    return mistake.cause().endsWith(FolderCheck.TO_BE_FILLED_IN)
        ? mistake.cause().replace(FolderCheck.TO_BE_FILLED_IN, "") + ": " + mistake.mend()
        : mistake.cause() + ": " + mistake.mend();
  }

  /** The comments in the contract that ask somebody to look. */
  private static List<String> doubts(Path folder) {
    List<String> found = new ArrayList<>();
    Path contract = folder.resolve("contract.yaml");
    try {
      List<String> lines = Files.readAllLines(contract);
      for (int i = 0; i < lines.size(); i++) {
        int mark = lines.get(i).indexOf(Draft.DOUBT);
        if (mark >= 0) {
          found.add(
              contract
                  + ":"
                  + (i + 1)
                  + ": "
                  + lines.get(i).substring(mark + Draft.DOUBT.length()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static void list(String title, List<String> items, PrintWriter writer) {
    if (!items.isEmpty()) {
      writer.println();
      writer.println(title);
      items.forEach(item -> writer.println("  " + item));
    }
  }
}
