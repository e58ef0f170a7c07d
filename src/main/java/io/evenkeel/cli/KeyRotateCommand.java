package io.evenkeel.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replaces a key without a gap. */
@Command(
    name = "rotate",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    header = "Makes a key with the name, scopes and lifetime of another, which ends a while later.")
final class KeyRotateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "<prefix>", description = "Of the key to be replaced.")
  private String prefix;

  @Option(
      names = "--overlap",
      paramLabel = "<time>",
      defaultValue = "1d",
      converter = DurationConverter.class,
      description = "How long both are good, by default ${DEFAULT-VALUE}.")
  private Duration overlap;

  @Mixin private KeyCommand.FileOption keys;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    KeyCreateCommand.show(spec.commandLine().getOut(), keys.ring().rotate(prefix, overlap));
    return ExitCode.OK;
  }
}
