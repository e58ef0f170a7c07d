package io.evenkeel.cli;

import io.evenkeel.monitoring.Reference;
import io.evenkeel.registry.FolderCheck;
import io.evenkeel.registry.FolderCheck.Sealing;
import io.evenkeel.registry.artifact.ArtifactPolicy;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Says whether a version's folder could be served, and what has to be mended. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    header = "Says whether a model's folder can be served, and what to mend.",
    description = {
      "",
      "Does what the server does before it serves a version: reads the contract, loads the graph, holds the two "
          + "against each other, replays the golden examples, runs each batch size, verifies the manifest. And looks "
          + "at what only people see: the model card, descriptions and examples, the reference, and what is still "
          + "to be filled in. Each mistake is told with file, line and mend; one doesn't hide another.",
      "",
      "A hint is no mistake: the version can be served all the same.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  evenkeel check my-models/wine/1                    one version",
      "  evenkeel check my-models                           all versions of all models",
      "  evenkeel check --write-manifest my-models/wine/1   and seals it, if all is well",
      "",
      "Exit codes: 0 no mistake, 1 a mistake, 2 the command line isn't right.",
    })
final class CheckCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "<folder>",
      description = "A version's folder, a model's folder or the folder of all models.")
  private Path folder;

  @Option(
      names = "--write-manifest",
      description = "Write manifest.json anew where nothing else has to be mended.")
  private boolean writeManifest;

  @Option(names = "--json", description = "Write the report as JSON.")
  private boolean json;

  @Mixin private ArtifactOptions allowed;

  @Spec private CommandSpec spec;

  /**
   * What looks at folders, here and after a draft.
   *
   * @param policy what they may hold
   */
  static FolderCheck newCheck(ArtifactPolicy policy) {
    return new FolderCheck(
        JsonMapper.shared(),
        (content, contract) -> {
          Reference reference = Reference.read(content);
          if (contract != null) {
            reference.checkAgainst(contract);
          }
          return reference.features().size() + " features, " + reference.rows() + " rows";
        },
        policy);
  }

  @Override
  public Integer call() {
    FolderCheck check = newCheck(allowed.policy());
    Sealing sealing = writeManifest ? Sealing.WRITE : Sealing.VERIFY;
    return FolderReports.tell(
        spec, folder, "can be served", json, found -> check.check(found, sealing));
  }
}
