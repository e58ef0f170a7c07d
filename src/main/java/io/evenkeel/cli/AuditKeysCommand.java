package io.evenkeel.cli;

import io.evenkeel.keyring.KeyFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes keys for what is kept. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    header = "Makes a file of keys, or adds a key to it, which then seals.",
    description = {
      "",
      "A running server takes the new key within seconds (evenkeel.keyring.poll). Keep the older ones as "
          + "long as there is something that they have sealed.",
      "",
    })
final class AuditKeysCommand implements Callable<Integer> {
  @Option(
      names = "--file",
      required = true,
      paramLabel = "<file>",
      description = "The file, evenkeel.keyring.file.")
  private Path file;

  @Option(
      names = "--key-id",
      paramLabel = "<id>",
      description = "What the key is called; today's date without it.")
  private String id;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    String name = id == null ? LocalDate.now(ZoneOffset.UTC).toString() : id;
    new KeyFile(file).add(name);
    PrintWriter out = spec.commandLine().getOut();
    out.println("Added key " + name + " to " + file + ", which is secret. It seals from now on.");
    out.flush();
    return ExitCode.OK;
  }
}
