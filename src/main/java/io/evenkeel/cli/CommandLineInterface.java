package io.evenkeel.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.security.UnusableKeysException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Tells a command from the arguments of the server, and runs it. */
public final class CommandLineInterface {
  private static final int WIDTH = 100;

  private CommandLineInterface() {}

  /** Whether the arguments are a command, or ask for help. All of the server's begin with --. */
  public static boolean isMeant(String... arguments) {
    return arguments.length > 0
        && (!arguments[0].startsWith("--")
            || arguments[0].equals("--help")
            || arguments[0].equals("--version"));
  }

  /** Runs the command, with its output on the standard streams. Returns the exit code. */
  public static int run(String... arguments) {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
    return commandLine().execute(arguments);
  }

  /** What each command says of itself when it is asked for help, by its name. */
  public static Map<String, String> helpTexts() {
    Map<String, String> texts = new LinkedHashMap<>();
    addHelpTexts("", commandLine(), texts);
    texts.keySet().removeIf(name -> name.equals("help") || name.endsWith(" help"));
    return texts;
  }

  private static void addHelpTexts(String before, CommandLine command, Map<String, String> texts) {
    command
        .getSubcommands()
        .forEach((name, below) -> {
          texts.put(before + name, below.getUsageMessage(CommandLine.Help.Ansi.OFF));
          addHelpTexts(before + name + " ", below, texts);
        });
  }

  /** The commands, ready to be run. */
  static CommandLine commandLine() {
    return new CommandLine(new EvenkeelCommand())
        .setUsageHelpWidth(WIDTH)
        .setExecutionExceptionHandler(CommandLineInterface::explain);
  }

  /** What is wrong with a folder is a finding, not a defect: it is told without a stack trace. */
  private static int explain(Exception e, CommandLine command, CommandLine.ParseResult ignored)
      throws Exception {
    if (e instanceof UnusableModelException unusable) {
      unusable.mistakes().forEach(mistake -> command.getErr().println(mistake));
      command.getErr().flush();
      return CommandLine.ExitCode.SOFTWARE;
    }
    if (e instanceof UnusableKeysException unusable) {
      command.getErr().println(unusable.getMessage() + ": " + unusable.mend());
      command.getErr().flush();
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw e;
  }
}
