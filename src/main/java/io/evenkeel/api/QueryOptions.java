package io.evenkeel.api;

import io.evenkeel.serving.BatchMode;
import org.jspecify.annotations.Nullable;

/** Reads a query string, strictly: what isn't known is refused rather than overlooked. */
final class QueryOptions {
  private static final String MODE = "mode=";
  private static final String VERSION = "version=";

  private QueryOptions() {}

  /** Refuses any parameter. */
  static void requireNone(@Nullable String query) {
    if (query != null && !query.isEmpty()) {
      throw new RefusedRequest(
          ProblemKind.UNKNOWN_OPTION,
          "a call with one instance takes no query parameters; leave them out");
    }
  }

  /** The same of feedback. */
  static void requireNoneOfFeedback(@Nullable String query) {
    if (query != null && !query.isEmpty()) {
      throw new RefusedRequest(
          ProblemKind.UNKNOWN_OPTION, "feedback takes no query parameters; leave them out");
    }
  }

  /** The version that a report is asked of, {@code ?version=2}; null where it is asked of all. */
  static @Nullable String version(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return null;
    }
    if (!query.startsWith(VERSION) || query.indexOf('&') >= 0) {
      throw new RefusedRequest(
          ProblemKind.UNKNOWN_OPTION, "the only query parameter is `version`, a version's name");
    }
    return query.substring(VERSION.length());
  }

  /**
   * The mode of a batch: {@code ?mode=per-item}, which is the default, or {@code
   * ?mode=all-or-nothing}.
   */
  static BatchMode mode(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return BatchMode.PER_ITEM;
    }
    return switch (query) {
      case MODE + "per-item" -> BatchMode.PER_ITEM;
      case MODE + "all-or-nothing" -> BatchMode.ALL_OR_NOTHING;
      default ->
          throw new RefusedRequest(
              ProblemKind.UNKNOWN_OPTION,
              "the only query parameter is `mode`, `per-item` or `all-or-nothing`");
    };
  }
}
