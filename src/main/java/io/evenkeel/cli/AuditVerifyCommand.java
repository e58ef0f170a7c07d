package io.evenkeel.cli;

import io.evenkeel.audit.log.Anchor;
import io.evenkeel.audit.log.LogVerifier;
import io.evenkeel.audit.log.Verdict;
import io.evenkeel.registry.artifact.TrustedKeys;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Says whether an audit log is what was written. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    header = "Says whether an audit log is what was written, and where it isn't.",
    description = {
      "",
      "Follows the chain of hashes from the first record to the last, looks at the signatures of the "
          + "checkpoints, and whether the end is there.",
      "",
    },
    footer = {
      "",
      "Exit codes: 0 it is, 1 it isn't, 2 the command line isn't right.",
    })
final class AuditVerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "<folder>", description = "The log's folder, evenkeel.audit.path.")
  private Path folder;

  @Option(
      names = "--trusted",
      paramLabel = "<keys>",
      description =
          "The folder of public keys (*.pem) whose checkpoints count. Without it, no "
              + "signature is looked at.")
  private Path trusted;

  @Option(
      names = "--expect",
      paramLabel = "<number:hash>",
      converter = AnchorConverter.class,
      description = "A checkpoint that an earlier run, or the server's log, has named.")
  private Anchor expected;

  @Option(names = "--json", description = "Write the verdict as JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    TrustedKeys keys = trusted == null ? null : TrustedKeys.read(trusted);
    Verdict verdict = new LogVerifier(folder, keys, expected).verify();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(verdict));
    } else {
      tell(verdict, keys != null, out);
    }
    out.flush();
    return verdict.isWhole() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static void tell(Verdict verdict, boolean signed, PrintWriter out) {
    verdict.findings().forEach(out::println);
    out.printf(
        "Log %s: %d records, %d to %d, in %d segments.%n",
        verdict.log(), verdict.records(), verdict.first(), verdict.last(), verdict.segments());
    if (verdict.last() > verdict.sealed()) {
      out.printf(
          "Records after %d follow no checkpoint yet: if they were cut off, nobody could tell.%n",
          verdict.sealed());
    }
    if (!signed) {
      out.println("No signature was looked at: name the public keys with --trusted.");
    }
    if (verdict.anchor() != null) {
      out.println("Last checkpoint: " + verdict.anchor());
    }
    out.println(
        verdict.isWhole()
            ? "It is what was written."
            : "It isn't what was written: " + verdict.findings().size() + " findings.");
  }
}
