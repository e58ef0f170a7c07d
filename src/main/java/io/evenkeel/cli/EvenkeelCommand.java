package io.evenkeel.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command under which all others are. */
@Command(
    name = "evenkeel",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    synopsisSubcommandLabel = "<command>",
    description = {
      "Works on a model's folder, <model>/<version>/, before it is served, and on API keys.",
      "Without a command, the jar is the server; its settings are given as --evenkeel.…=…",
      "",
    },
    footer = {
      "",
      "Exit codes: 0 all is well, 1 something was found, 2 the command line isn't right.",
    },
    subcommands = {
      InitCommand.class,
      CheckCommand.class,
      DiffCommand.class,
      GenerateCommand.class,
      KeyCommand.class,
      ReplayCommand.class,
      SignCommand.class,
      VerifyCommand.class,
      AuditCommand.class,
      HelpCommand.class
    })
final class EvenkeelCommand {}
