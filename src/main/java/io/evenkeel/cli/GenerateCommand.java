package io.evenkeel.cli;

import io.evenkeel.cli.generate.Drift;
import io.evenkeel.cli.generate.Generator;
import io.evenkeel.contract.Contract;
import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.monitoring.Reference;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Makes synthetic rows. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    header = "Makes synthetic rows: valid, at bounds, invalid, drifted.",
    description = {
      "",
      "Makes synthetic rows from what the version's reference.json says of its training data.",
      "A line is {\"instance\": {…}}, as golden.jsonl and replay have it. Rows at a bound carry "
          + "\"boundary\", rows that break a rule carry \"breaks\", with its feature and name.",
      "Each feature is drawn for itself: how they go together, the reference doesn't tell.",
      "",
    },
    footer = {
      "",
      "Example: 1000 applications, one in twenty invalid, with higher incomes and more cars:",
      "  evenkeel generate models/loan-default/1 --rows 1000 --invalid 5%% \\",
      "      --drift income=+0.5sd --drift purpose:car=+0.2",
    })
final class GenerateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "<folder>", description = "The version's folder.")
  private Path folder;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many rows (default: ${DEFAULT-VALUE}).")
  private long rows;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "The same seed gives the same rows (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--invalid",
      paramLabel = "5%",
      defaultValue = "0%",
      converter = ShareConverter.class,
      description = "The share of rows that break one rule (default: ${DEFAULT-VALUE}).")
  private double invalid;

  @Option(
      names = "--boundary",
      paramLabel = "5%",
      defaultValue = "0%",
      converter = ShareConverter.class,
      description =
          "The share of rows with a value exactly on a bound (default: ${DEFAULT-VALUE}).")
  private double boundary;

  @Option(
      names = "--drift",
      paramLabel = "feature=+0.5sd",
      converter = DriftConverter.class,
      description = {
        "Lets a feature drift; may be given several times:",
        "  income=+0.5sd      by half a standard deviation",
        "  income=-2000       by an amount in its own unit",
        "  income=*1.1        by a factor",
        "  purpose:car=+0.2   a category's share",
        "  income:missing=+0.1   the share of rows without it",
      })
  private List<Drift> drifts = List.of();

  @Option(
      names = "--out",
      paramLabel = "file.jsonl",
      description = "Where to write; the standard output if not given.")
  private @Nullable Path file;

  @Override
  public Integer call() throws IOException {
    Contract contract = ContractFile.read(contractBytes()).contract();
    checkDrifts(contract);
    if (rows < 0 || invalid + boundary > 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--rows is at least 0; --invalid and --boundary are at most 100% together");
    }
    Reference reference =
        Reference.find(folder)
            .orElseThrow(() ->
                new UnusableModelException(
                    Reference.NAME,
                    0,
                    "the file is missing, and rows are made from it",
                    "let the training write it; docs/model-folder.md says what it holds"));
    Generator.Settings settings = new Generator.Settings(seed, invalid, boundary, drifts);
    Generator generator =
        new Generator(contract, reference, settings, JsonMapper.shared().tokenStreamFactory());
    if (file == null) {
      PrintWriter out = spec.commandLine().getOut();
      write(generator, out);
      out.flush();
    } else {
      try (Writer out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
        write(generator, out);
      }
    }
    return ExitCode.OK;
  }

  private byte[] contractBytes() throws IOException {
    try {
      return Files.readAllBytes(folder.resolve(ContractFile.NAME));
    } catch (NoSuchFileException e) {
      throw new UnusableModelException(
          ContractFile.NAME,
          0,
          "the file is missing in " + folder,
          "name a version's folder, such as models/loan-default/1");
    }
  }

  private void checkDrifts(Contract contract) {
    for (Drift drift : drifts) {
      int index = contract.indexOf(drift.feature());
      if (index < 0) {
        throw refuse(drift, "there is no feature `" + drift.feature() + "`");
      }
      Feature feature = contract.features().get(index);
      boolean ofNumbers =
          switch (feature.type()) {
            case NUMBER, INTEGER, DATE, DATETIME, TENSOR -> true;
            case BOOLEAN, CATEGORY, STRING -> false;
          };
      boolean fits =
          switch (drift) {
            case Drift.Shift ignored -> ofNumbers;
            case Drift.Scale ignored -> ofNumbers;
            case Drift.Missing ignored -> feature.canBeMissing();
            case Drift.Share share -> !ofNumbers && mayBe(feature, share.category());
          };
      if (!fits) {
        throw refuse(drift, "`" + drift.feature() + "` can't drift so by its contract");
      }
    }
  }

  private static boolean mayBe(Feature feature, String category) {
    return switch (feature.type()) {
      case BOOLEAN -> category.equals("true") || category.equals("false");
      default -> feature.text().values().isEmpty() || feature.text().values().contains(category);
    };
  }

  private ParameterException refuse(Drift drift, String cause) {
    return new ParameterException(
        spec.commandLine(), "--drift: " + cause + ". Forms: " + Drift.FORM + " (" + drift + ")");
  }

  private void write(Generator generator, Writer out) throws IOException {
    try (Progress progress = Progress.on(spec.commandLine().getErr(), "rows")) {
      for (long i = 0; i < rows; i++) {
        out.write(generator.next().line());
        out.write('\n');
        progress.at((double) i / rows, i);
        if (out instanceof PrintWriter printer && i % 1000 == 0 && printer.checkError()) {
          return; // Nobody reads on, as after `| head`.
        }
      }
    }
  }
}
