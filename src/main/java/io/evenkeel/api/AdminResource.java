package io.evenkeel.api;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a path below {@code /v1/admin} means. */
sealed interface AdminResource {
  /** All routes. */
  record AllRoutes() implements AdminResource {}

  /** The revisions of the routes. */
  record Revisions() implements AdminResource {}

  /** One of them. */
  record OneRevision(long number) implements AdminResource {}

  /** Where one goes back to an earlier revision. */
  record RollBack() implements AdminResource {}

  /** What was changed, by whom and why. */
  record Journal() implements AdminResource {}

  /** One model's route. */
  record Route(String model) implements AdminResource {}

  /** The version that an operator has pinned a model to. */
  record Pin(String model) implements AdminResource {}

  /** A model's rollouts, and where one begins. */
  record Rollouts(String model) implements AdminResource {}

  /** Where a model's rollout is paused, resumed or aborted. */
  record RolloutStep(String model, String step) implements AdminResource {}

  /** Where a version is loaded. */
  record Load(String model, String version) implements AdminResource {}

  /** Where a version is unloaded. */
  record Unload(String model, String version) implements AdminResource {}

  Set<String> ROLLOUT_STEPS = Set.of("pause", "resume", "abort");

  /** The resource at a path such as {@code /routes}; null where there is none. */
  static @Nullable AdminResource at(@Nullable String path) {
    if (path == null) {
      return null;
    }
    String[] parts = path.substring(1).split("/", -1);
    return switch (parts[0]) {
      case "routes" -> ofRoutes(parts);
      case "journal" -> parts.length == 1 ? new Journal() : null;
      case "models" -> ofModel(parts);
      default -> null;
    };
  }

  private static @Nullable AdminResource ofRoutes(String[] parts) {
    if (parts.length == 1) {
      return new AllRoutes();
    }
    if (parts.length == 2) {
      return switch (parts[1]) {
        case "revisions" -> new Revisions();
        case "rollback" -> new RollBack();
        default -> null;
      };
    }
    return parts.length == 3 && parts[1].equals("revisions") && parts[2].matches("[0-9]{1,18}")
        ? new OneRevision(Long.parseLong(parts[2]))
        : null;
  }

  private static @Nullable AdminResource ofModel(String[] parts) {
    if (parts.length == 3) {
      return switch (parts[2]) {
        case "route" -> new Route(parts[1]);
        case "pin" -> new Pin(parts[1]);
        case "rollouts" -> new Rollouts(parts[1]);
        default -> null;
      };
    }
    if (parts.length == 4 && parts[2].equals("rollouts")) {
      return ROLLOUT_STEPS.contains(parts[3]) ? new RolloutStep(parts[1], parts[3]) : null;
    }
    if (parts.length == 5 && parts[2].equals("versions")) {
      return switch (parts[4]) {
        case "load" -> new Load(parts[1], parts[3]);
        case "unload" -> new Unload(parts[1], parts[3]);
        default -> null;
      };
    }
    return null;
  }
}
