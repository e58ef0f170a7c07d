package io.evenkeel.routing;

import org.jspecify.annotations.Nullable;

/**
 * The model a request asks for.
 *
 * @param model its name; null for the default model
 * @param version the pinned version; null for the one the route chooses
 */
public record Target(@Nullable String model, @Nullable String version) {
  public static final Target DEFAULT = new Target(null, null);
}
