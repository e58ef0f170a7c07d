package io.evenkeel.cli;

import io.evenkeel.registry.TrustCheck;
import io.evenkeel.registry.artifact.SignatureCheck;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says whether versions are what was sealed and signed. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    header = "Says whether a model's folder is what was sealed and signed.",
    description = {
      "",
      "Looks at what lies in the folder, at the digests in manifest.json, at the signatures in manifest.sig, and "
          + "whether the graph asks for anything beyond the folder. The model isn't loaded.",
      "",
    },
    footer = {
      "",
      "Examples:",
      "  evenkeel verify my-models/wine/1                        without signatures",
      "  evenkeel verify --trusted trusted-keys my-models        as a server that requires them",
      "",
      "Exit codes: 0 no mistake, 1 a mistake, 2 the command line isn't right.",
    })
final class VerifyCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "<folder>",
      description = "A version's folder, a model's folder or the folder of all models.")
  private Path folder;

  @Option(
      names = "--trusted",
      paramLabel = "<keys>",
      description =
          "The folder of public keys (*.pem). Each version needs a signature by one of them.")
  private Path trusted;

  @Option(names = "--json", description = "Write the report as JSON.")
  private boolean json;

  @Mixin private ArtifactOptions allowed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    SignatureCheck signatures =
        trusted == null
            ? SignatureCheck.off()
            : new SignatureCheck(SignatureCheck.Mode.REQUIRE, trusted);
    signatures.requireKeys();
    TrustCheck check = new TrustCheck(allowed.policy(), signatures);
    return FolderReports.tell(spec, folder, "can be trusted", json, check::check);
  }
}
