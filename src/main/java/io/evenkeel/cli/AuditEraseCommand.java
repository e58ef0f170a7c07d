package io.evenkeel.cli;

import io.evenkeel.audit.log.Erasure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Erases values by dropping their keys. */
@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    header = "Erases the values of records by overwriting their keys.",
    description = {
      "",
      "The records stay, and the log still verifies; what was sealed with the keys can't be opened any "
          + "more. Copies of the *.keys files, as in backups, have to go too. That it was done is "
          + "recorded by the server at its next checkpoint, or its next start.",
      "",
    },
    footer = {
      "",
      "Exit codes: 0 erased, 1 there was nothing to erase, 2 the command line isn't right.",
    })
final class AuditEraseCommand implements Callable<Integer> {
  @Parameters(paramLabel = "<folder>", description = "The log's folder, evenkeel.audit.path.")
  private Path folder;

  @Mixin private AuditFilter filter;

  @Option(
      names = "--by",
      required = true,
      paramLabel = "<name>",
      description = "On whose word, for the record.")
  private String by;

  @Option(
      names = "--why",
      required = true,
      paramLabel = "<reason>",
      description = "Why, for the record.")
  private String why;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (!filter.isGiven()) {
      spec.commandLine().getErr().println("Say which records are meant, for example with --id.");
      spec.commandLine().usage(spec.commandLine().getErr());
      return ExitCode.USAGE;
    }
    List<String> erased = Erasure.erase(folder, filter, new Erasure.Author(by, why));
    PrintWriter out = spec.commandLine().getOut();
    erased.forEach(id -> out.println("erased " + id));
    out.println(
        erased.isEmpty()
            ? "There was nothing to erase."
            : "Erased the values of " + erased.size() + " records.");
    out.flush();
    return erased.isEmpty() ? ExitCode.SOFTWARE : ExitCode.OK;
  }
}
