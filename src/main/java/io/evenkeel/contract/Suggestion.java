package io.evenkeel.contract;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The known name a mistyped one was probably meant to be. */
final class Suggestion {
  private static final int LONGEST_NAME = 64;

  private Suggestion() {}

  /** The nearest name by Levenshtein distance, if it is within a third of the name's length. */
  static Optional<String> of(String mistyped, Collection<String> known) {
    if (mistyped.length() > LONGEST_NAME) {
      return Optional.empty();
    }
    String wanted = mistyped.toLowerCase(Locale.ROOT);
    String nearest = null;
    int nearestDistance = Math.max(1, mistyped.length() / 3) + 1;
    for (String name : known) {
      if (Math.abs(name.length() - wanted.length()) >= nearestDistance) {
        continue;
      }
      int distance = distance(wanted, name.toLowerCase(Locale.ROOT));
      if (distance < nearestDistance) {
        nearest = name;
        nearestDistance = distance;
      }
    }
    return Optional.ofNullable(nearest);
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substituted, Math.min(previous[j], current[j - 1]) + 1);
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[b.length()];
  }
}
