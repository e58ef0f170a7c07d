package io.evenkeel.cli;

import io.evenkeel.security.KeyFile;
import io.evenkeel.security.KeyRing;
import java.nio.file.Path;
import java.time.InstantSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands about API keys. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    synopsisSubcommandLabel = "<what>",
    header = "Makes API keys, lists them and takes them back.",
    description = {
      "",
      "Keys are kept in a file that the server looks at every two seconds. It holds salted hashes: whoever reads it can't "
          + "use a key. Replicas share it, for example as a mounted secret.",
      "",
    },
    footer = {
      "",
      "Examples:",
      "  evenkeel key create scoring --scope predict:loan-default --expires 90d",
      "  evenkeel key create prometheus --scope read",
      "  evenkeel key list",
      "  evenkeel key rotate 4h2k9x0a --overlap 1d    a new key; the old one is good for a day",
      "  evenkeel key revoke 4h2k9x0a                 no good any more, at once",
      "",
      "Exit codes: 0 done, 1 the file or what is asked of it can't be used, 2 the command line isn't "
          + "right.",
    },
    subcommands = {
      KeyCreateCommand.class,
      KeyListCommand.class,
      KeyRotateCommand.class,
      KeyRevokeCommand.class
    })
final class KeyCommand {
  /** Which file is meant. */
  static final class FileOption {
    @Option(
        names = "--keys",
        paramLabel = "<file>",
        defaultValue = "keys.json",
        description = "The file of keys, by default ${DEFAULT-VALUE}, as the server's is.")
    private Path file;

    KeyFile file() {
      return new KeyFile(file);
    }

    KeyRing ring() {
      return new KeyRing(file(), InstantSource.system());
    }
  }
}
