package io.evenkeel.routing;

import io.evenkeel.contract.Deprecation;
import io.evenkeel.contract.Warning;
import io.evenkeel.routing.Routing.Role;
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

  private static final String DIVERTED = "diverted";

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

  /** The version that answers a requester; null where nothing is said of that. */
  @Nullable String said(String model, Requester requester) {
    if (pin != null) {
      return pin;
    }
    String own = pinned(requester);
    if (own != null) {
      return own;
    }
    if (diverted) {
      return fallback;
    }
    return canary != null && RoutingHash.of(model, requester.routingKey()).point() < canary.points()
        ? canary.version()
        : stable;
  }

  /** A caller's own version. The caller is asked for its name only where some have one. */
  private @Nullable String pinned(Requester requester) {
    String caller = pinned.isEmpty() ? null : requester.caller();
    return caller == null ? null : pinned.get(caller);
  }

  /**
   * The part that a version plays in answering a requester.
   *
   * @param said the version
   */
  Role role(String said, Requester requester) {
    if (said.equals(pin) || pinned(requester) != null) {
      return Role.NAMED;
    }
    if (diverted) {
      return Role.FALLBACK;
    }
    return said.equals(stable) ? Role.STABLE : Role.CANARY;
  }

  /** That a version stands in for another; null where it doesn't. */
  @Nullable Warning diversion(String said) {
    return diverted && said.equals(fallback) && pin == null
        ? new Warning(
            "",
            "",
            DIVERTED,
            "version `" + said + "` answers in place of `" + stable + "` for the present")
        : null;
  }

  /** The version that answers those who aren't sent elsewhere; null where nothing is said. */
  @Nullable String main() {
    if (pin != null) {
      return pin;
    }
    return diverted ? fallback : stable;
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
