package io.evenkeel.cli;

import io.evenkeel.security.ApiKey;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a key back. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    header = "Takes an API key back.")
final class KeyRevokeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "<prefix>", description = "Of the key.")
  private String prefix;

  @Option(
      names = "--after",
      paramLabel = "<time>",
      defaultValue = "0s",
      converter = DurationConverter.class,
      description = "After what time, by default at once.")
  private Duration after;

  @Mixin private KeyCommand.FileOption keys;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ApiKey key = keys.ring().revoke(prefix, after);
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "The key " + key.prefix() + " of " + key.name() + " ends at " + key.revoked() + ".");
    out.flush();
    return ExitCode.OK;
  }
}
