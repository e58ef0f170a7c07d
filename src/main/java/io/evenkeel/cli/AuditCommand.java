package io.evenkeel.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The commands about the audit log. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    synopsisSubcommandLabel = "<command>",
    header = "Verifies, shows, exports and erases what is in an audit log; makes keys for one.",
    description = {
      "",
      "All work beside a running server; `verify`, `show` and `export` only read.",
      "",
    },
    footer = {
      "",
      "Examples:",
      "  evenkeel audit keys --file audit.keys            makes a key, or adds one: the new one seals",
      "  evenkeel audit verify --trusted audit-keys audit",
      "  evenkeel audit show --model wine --since 2026-11-01T00:00:00Z audit",
      "  evenkeel audit export --keys audit.keys audit",
      "  evenkeel audit erase --id 01a20f25-.. --by anna --why \"request 17\" audit",
      "",
      "Exit codes: 0 all is well, 1 something was found, or nothing to erase, 2 the command line isn't "
          + "right.",
    },
    subcommands = {
      AuditVerifyCommand.class,
      AuditShowCommand.class,
      AuditExportCommand.class,
      AuditEraseCommand.class,
      AuditKeysCommand.class,
      HelpCommand.class
    })
final class AuditCommand {}
