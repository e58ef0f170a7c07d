package io.evenkeel.contract;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * That clients should move on from something that still serves.
 *
 * @param since the day from which on they should
 * @param sunset the day from whose start (UTC) it isn't served any more; null where none is set
 * @param message what to do instead; null where nothing was said
 */
public record Deprecation(LocalDate since, @Nullable LocalDate sunset, @Nullable String message) {
  /**
   * What counts where two speak of the same thing: the earlier day of each kind, and the first's
   * message if it has one. Null where neither speaks.
   */
  public static @Nullable Deprecation earlierOf(
      @Nullable Deprecation first, @Nullable Deprecation second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    LocalDate since = first.since.isBefore(second.since) ? first.since : second.since;
    LocalDate sunset = earlierDay(first.sunset, second.sunset);
    return new Deprecation(since, sunset, first.message == null ? second.message : first.message);
  }

  private static @Nullable LocalDate earlierDay(
      @Nullable LocalDate first, @Nullable LocalDate second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return first.isBefore(second) ? first : second;
  }
}
