package io.evenkeel.cli;

import io.evenkeel.registry.ModelFolder;
import io.evenkeel.registry.artifact.SigningKey;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Signs the manifests of versions, and makes the keys for it. */
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    header = "Signs a model's folder, so that servers can tell whose it is.",
    description = {
      "",
      "Holds the files against manifest.json, signs that, and writes the signature to manifest.sig beside it. "
          + "Signatures by other keys are kept; one that a server trusts is enough.",
      "",
    },
    footer = {
      "",
      "Examples:",
      "  evenkeel sign --new-key team.pem                  makes team.pem and team.pub.pem",
      "  evenkeel sign --key team.pem my-models/wine/1     signs one version",
      "  evenkeel sign --key team.pem my-models            signs all versions of all models",
      "",
      "Keep team.pem secret. team.pub.pem goes into each server's folder of trusted keys.",
      "",
      "Exit codes: 0 signed, 1 a folder isn't as its manifest says, or a key can't be used, 2 the "
          + "command line isn't right.",
    })
final class SignCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "<folder>",
      description = "A version's folder, a model's folder or the folder of all models.")
  private Path folder;

  @Option(
      names = "--key",
      paramLabel = "<private.pem>",
      description = "The private key: Ed25519, PKCS #8 in PEM, not encrypted.")
  private Path key;

  @Option(
      names = "--new-key",
      paramLabel = "<private.pem>",
      description = "Make a pair of keys. Without a folder, that is all.")
  private Path newKey;

  @Mixin private ArtifactOptions allowed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if ((key == null) == (newKey == null) || (key != null && folder == null)) {
      spec.commandLine().getErr().println("Name a key and a folder, or a new key.");
      spec.commandLine().usage(spec.commandLine().getErr());
      return ExitCode.USAGE;
    }
    if (newKey != null) {
      Path publicKey = SigningKey.make(newKey);
      out.println("Made " + newKey + ", which is secret, and " + publicKey + ", which isn't.");
    }
    if (folder != null) {
      SigningKey pair = SigningKey.read(newKey == null ? key : newKey);
      List<ModelFolder> versions = ModelFolder.find(folder);
      for (ModelFolder version : versions) {
        pair.sign(version.path(), allowed.policy());
        out.println(version.model() + " " + version.version() + " is signed with key " + pair.id());
      }
    }
    out.flush();
    return ExitCode.OK;
  }
}
