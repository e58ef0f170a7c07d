package io.evenkeel.routing;

import io.evenkeel.contract.Deprecation;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a model's requests go that name no version.
 *
 * @param stable the version that answers; null for the newest that is ready
 * @param canary a version that answers some in its place; null for none
 * @param shadow a version that sees copies of some, and answers nobody; null for none
 * @param fallback the version that answers where stable's circuit is open, and while the model is
 *     diverted; null for none
 * @param pin the version that answers all, whatever else is said here; null for none
 * @param diverted whether the fallback answers in place of stable and canary
 * @param pinned by caller, the version that answers that caller
 * @param acceptBreaking whether versions may break their predecessors' clients
 * @param deprecated by version, that it is going away
 */
public record ModelRoute(
    @Nullable String stable,
    @Nullable Split canary,
    @Nullable Split shadow,
    @Nullable String fallback,
    @Nullable String pin,
    boolean diverted,
    Map<String, String> pinned,
    boolean acceptBreaking,
    Map<String, Deprecation> deprecated) {
  /** The newest version, and nothing else. */
  public static final ModelRoute NEWEST =
      new ModelRoute(null, null, null, null, null, false, Map.of(), false, Map.of());

  public ModelRoute {
    pinned = Map.copyOf(new TreeMap<>(pinned));
    deprecated = Map.copyOf(deprecated);
  }

  /** All requests to one version. */
  public static ModelRoute to(String version) {
    return NEWEST.withStable(version);
  }

  public ModelRoute withStable(@Nullable String version) {
    return new ModelRoute(
        version, canary, shadow, fallback, pin, diverted, pinned, acceptBreaking, deprecated);
  }

  public ModelRoute withCanary(@Nullable Split split) {
    return new ModelRoute(
        stable, split, shadow, fallback, pin, diverted, pinned, acceptBreaking, deprecated);
  }

  public ModelRoute withShadow(@Nullable Split split) {
    return new ModelRoute(
        stable, canary, split, fallback, pin, diverted, pinned, acceptBreaking, deprecated);
  }

  public ModelRoute withFallback(@Nullable String version) {
    return new ModelRoute(
        stable, canary, shadow, version, pin, diverted, pinned, acceptBreaking, deprecated);
  }

  public ModelRoute withPin(@Nullable String version) {
    return new ModelRoute(
        stable, canary, shadow, fallback, version, diverted, pinned, acceptBreaking, deprecated);
  }

  public ModelRoute withDiverted(boolean away) {
    return new ModelRoute(
        stable, canary, shadow, fallback, pin, away, pinned, acceptBreaking, deprecated);
  }

  public ModelRoute withPinned(Map<String, String> callers) {
    return new ModelRoute(
        stable, canary, shadow, fallback, pin, diverted, callers, acceptBreaking, deprecated);
  }

  public ModelRoute withAcceptBreaking(boolean accepts) {
    return new ModelRoute(
        stable, canary, shadow, fallback, pin, diverted, pinned, accepts, deprecated);
  }

  public ModelRoute withDeprecated(Map<String, Deprecation> versions) {
    return new ModelRoute(
        stable, canary, shadow, fallback, pin, diverted, pinned, acceptBreaking, versions);
  }

  /** The versions that requests or copies may go to, in the order of this record. */
  public Set<String> versions() {
    Set<String> versions = new LinkedHashSet<>();
    add(versions, stable);
    add(versions, canary == null ? null : canary.version());
    add(versions, shadow == null ? null : shadow.version());
    add(versions, fallback);
    add(versions, pin);
    versions.addAll(pinned.values());
    return versions;
  }

  private static void add(Set<String> versions, @Nullable String version) {
    if (version != null) {
      versions.add(version);
    }
  }
}
