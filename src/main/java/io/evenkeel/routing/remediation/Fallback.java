package io.evenkeel.routing.remediation;

import org.jspecify.annotations.Nullable;

/**
 * The version that would take over, and how it is.
 *
 * @param ready whether it is loaded, and takes the rows that the stable version takes
 * @param circuitClosed whether it answers instead of failing
 * @param alarmed whether a detector sends a signal about it too
 */
public record Fallback(String version, boolean ready, boolean circuitClosed, boolean alarmed) {
  /** Why nobody can be served by it; null if they can. */
  @Nullable String failure() {
    if (!ready) {
      return "the fallback " + version + " isn't ready";
    }
    return circuitClosed ? null : "the fallback " + version + " fails";
  }

  /** Why it is no better than what it would replace; null if it may be. */
  @Nullable String hindrance() {
    String failure = failure();
    return failure == null && alarmed ? "the fallback " + version + " is alarmed too" : failure;
  }
}
