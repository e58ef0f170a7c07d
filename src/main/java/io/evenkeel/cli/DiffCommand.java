package io.evenkeel.cli;

import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.Mistake;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.contract.compatibility.Compatibility;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what changes between two contracts, and what that means to clients. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    header = "Says what changes between two contracts, and whether that breaks clients.",
    description = {
      "",
      "Compares two contracts: what changed, whether clients of the old one go on working with the"
          + " new one, and whether schemaVersion takes the step that this needs.",
      "",
    },
    footer = {
      "",
      "What breaks clients needs a major step of schemaVersion, what they only notice a minor one,"
          + " documentation a patch, and what concerns only the model none.",
      "",
      "Exit codes: 0 clients go on working, or a major step says that they don't;"
          + " 1 clients break without one, or a contract can't be read; 2 the command line isn't"
          + " right.",
      "",
      "Examples:",
      "  evenkeel diff models/loan-default/1 models/loan-default/2",
      "  evenkeel diff pinned/contract.yaml models/loan-default/2/contract.yaml --json",
    })
final class DiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "OLD",
      description = "The contract that clients know: a version's folder, or its contract.yaml.")
  private Path old = Path.of("");

  @Parameters(index = "1", paramLabel = "NEW", description = "The one that is to take over.")
  private Path now = Path.of("");

  @Option(names = "--json", description = "Print one JSON document, for scripts.")
  private boolean json;

  @Override
  public Integer call() {
    Compatibility found = Compatibility.between(read(old), read(now));
    PrintWriter out = spec.commandLine().getOut();
    DiffReport report = new DiffReport(found);
    out.print(json ? report.json() : report.text());
    out.flush();
    return found.breaksUnannounced() ? 1 : 0;
  }

  private ContractFile read(Path given) {
    Path file = Files.isDirectory(given) ? given.resolve(ContractFile.NAME) : given;
    try {
      return ContractFile.read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(),
          "there is no contract that can be read at "
              + file
              + "; name a version's folder or its"
              + " contract.yaml",
          e);
    } catch (UnusableModelException e) {
      throw new UnusableModelException(named(file, e.mistakes()));
    }
  }

  /** The mistakes under the name by which the file was given: both are called contract.yaml. */
  private static List<Mistake> named(Path file, List<Mistake> mistakes) {
    return mistakes.stream()
        .map(found -> new Mistake(file.toString(), found.line(), found.cause(), found.mend()))
        .toList();
  }
}
