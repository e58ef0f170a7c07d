package io.evenkeel.registry;

import io.evenkeel.registry.artifact.ArtifactPolicy;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a version's folder may hold.
 *
 * @param maxBytes how large a version's files may be together, and the tensors that its graph
 *     declares
 * @param allowLinks whether a version's files may be links to outside of its folder
 * @param customOps the file names of libraries in versions' folders that may bring operators; they
 *     run with the server's rights
 */
@ConfigurationProperties("evenkeel.models")
public record ArtifactProperties(
    @DefaultValue("4GB") DataSize maxBytes,
    @DefaultValue("false") boolean allowLinks,
    @DefaultValue List<String> customOps) {
  public ArtifactProperties {
    customOps = List.copyOf(customOps);
    if (maxBytes.toBytes() < 1) {
      throw new IllegalArgumentException("evenkeel.models.max-bytes must be positive");
    }
  }

  /** The same, as the check of files takes it. */
  public ArtifactPolicy policy() {
    return new ArtifactPolicy(maxBytes.toBytes(), allowLinks, Set.copyOf(customOps));
  }
}
