package io.evenkeel.cli;

import io.evenkeel.security.ApiKey;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows what is kept of keys. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    header = "Lists the API keys, without their secrets.")
final class KeyListCommand implements Callable<Integer> {
  @Mixin private KeyCommand.FileOption keys;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Instant now = Instant.now();
    List<ApiKey> sorted =
        keys.file().read().stream()
            .sorted(Comparator.comparing(ApiKey::name).thenComparing(ApiKey::created))
            .toList();
    out.printf(
        "%-8s  %-20s  %-7s  %-20s  %-20s  %s%n",
        "prefix", "name", "state", "created", "ends", "scopes");
    for (ApiKey key : sorted) {
      out.printf(
          "%-8s  %-20s  %-7s  %-20s  %-20s  %s%n",
          key.prefix(),
          key.name(),
          key.isGood(now) ? "good" : "ended",
          key.created(),
          Objects.requireNonNullElse(end(key), "never"),
          String.join(" ", key.scopes()));
    }
    out.flush();
    return ExitCode.OK;
  }

  private static @Nullable Instant end(ApiKey key) {
    Instant expires = key.expires();
    Instant revoked = key.revoked();
    if (expires == null || revoked == null) {
      return expires == null ? revoked : expires;
    }
    return revoked.isBefore(expires) ? revoked : expires;
  }
}
