package io.evenkeel.api;

import io.evenkeel.serving.BatchMode;
import org.jspecify.annotations.Nullable;

/**
 * Reads a prediction's query string, strictly: what isn't known is refused rather than overlooked.
 */
final class QueryOptions {
  private static final String MODE = "mode=";

  private QueryOptions() {}

  /** Refuses any parameter. */
  static void requireNone(@Nullable String query) {
    if (query != null && !query.isEmpty()) {
      throw new RefusedRequest(
          ProblemKind.UNKNOWN_OPTION,
          "a single prediction takes no query parameters; leave them out");
    }
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
