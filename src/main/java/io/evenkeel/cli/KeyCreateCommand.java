package io.evenkeel.cli;

import io.evenkeel.security.KeyRing;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a key. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    header = "Makes an API key, and shows it once.",
    description = {
      "",
      "Its holder sends it as `Authorization: Bearer ek_..`. It can't be shown again: put it where secrets are kept.",
      "",
    })
final class KeyCreateCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "<name>",
      description = "Whose key it is. Quotas, pins and records go by this name.")
  private String name;

  @Option(
      names = "--scope",
      paramLabel = "<scope>",
      required = true,
      split = ",",
      description = {
        "What it may do: predict, feedback, read, admin or critical, each for all models or for one, as in "
            + "predict:loan-default. Can be given several times.",
      })
  private List<String> scopes;

  @Option(
      names = "--expires",
      paramLabel = "<time>",
      converter = DurationConverter.class,
      description = "After what time it is no good any more, such as 90d; never, if left out.")
  private Duration expires;

  @Mixin private KeyCommand.FileOption keys;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    KeyRing.Made made;
    try {
      made = keys.ring().create(name, scopes, expires);
    } catch (IllegalArgumentException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return ExitCode.USAGE;
    }
    show(spec.commandLine().getOut(), made);
    return ExitCode.OK;
  }

  /** The key alone is on the last line, for scripts. */
  static void show(PrintWriter out, KeyRing.Made made) {
    out.println(
        "The key of "
            + made.kept().name()
            + ", prefix "
            + made.kept().prefix()
            + (made.kept().expires() == null
                ? ", without an end"
                : ", good until " + made.kept().expires())
            + ". It is shown this once:");
    out.println(made.secret());
    out.flush();
  }
}
