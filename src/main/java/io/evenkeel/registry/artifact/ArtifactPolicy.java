package io.evenkeel.registry.artifact;

import java.util.Set;

/**
 * What a version's folder may hold. Immutable.
 *
 * @param maxBytes of all its files together, and of the tensors that its graph declares
 * @param allowLinks whether files may be links to outside of the folder
 * @param customOps the names of the libraries that may bring operators
 */
public record ArtifactPolicy(long maxBytes, boolean allowLinks, Set<String> customOps) {
  /** What a server allows unless it is told otherwise. */
  public static final long DEFAULT_MAX_BYTES = 4L << 30;

  public ArtifactPolicy {
    customOps = Set.copyOf(customOps);
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes must be positive: " + maxBytes);
    }
  }

  /** What a server allows unless it is told otherwise. */
  public static ArtifactPolicy byDefault() {
    return new ArtifactPolicy(DEFAULT_MAX_BYTES, false, Set.of());
  }
}
