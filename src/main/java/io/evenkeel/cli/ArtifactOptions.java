package io.evenkeel.cli;

import io.evenkeel.registry.artifact.ArtifactPolicy;
import java.util.List;
import java.util.Set;
import org.springframework.util.unit.DataSize;
import picocli.CommandLine.Option;

/** What a server is set to allow in versions' folders, for the commands that look at them. */
final class ArtifactOptions {
  @Option(
      names = "--max-bytes",
      paramLabel = "4GB",
      converter = DataSizeConverter.class,
      description = "The server's evenkeel.models.max-bytes.")
  private DataSize maxBytes = DataSize.ofBytes(ArtifactPolicy.DEFAULT_MAX_BYTES);

  @Option(names = "--allow-links", description = "The server's evenkeel.models.allow-links.")
  private boolean allowLinks;

  @Option(
      names = "--custom-ops",
      split = ",",
      paramLabel = "<library>",
      description = "The server's evenkeel.models.custom-ops.")
  private List<String> customOps = List.of();

  ArtifactPolicy policy() {
    return new ArtifactPolicy(maxBytes.toBytes(), allowLinks, Set.copyOf(customOps));
  }
}
