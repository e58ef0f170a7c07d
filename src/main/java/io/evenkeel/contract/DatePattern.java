package io.evenkeel.contract;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A range of dates as a regular expression: JSON Schema has no bounds for texts, but dates compare
 * as their texts do. Which days a month has is left to {@code format: date}.
 */
final class DatePattern {
  /** The first and the last day that a date can be. */
  private static final double FIRST = LocalDate.of(1, 1, 1).toEpochDay();

  private static final double LAST = LocalDate.of(9999, 12, 31).toEpochDay();

  /** Below and above whatever stands at each place of a date. */
  private static final String LOWEST = "0000-00-00";

  private static final String HIGHEST = "9999-19-39";

  private static final List<String> ANY =
      List.of("[0-9]", "[0-9]", "[0-9]", "[0-9]", "-", "[01]", "[0-9]", "-", "[0-3]", "[0-9]");

  /** Matches any date, somewhere in a text. */
  static final String ANY_DATE = range(FIRST, LAST);

  private DatePattern() {}

  /** Matches the dates between two days since 1970-01-01, both included; each may be infinite. */
  static String between(double from, double to) {
    return "^" + range(from, to) + "$";
  }

  private static String range(double from, double to) {
    String low = FeatureType.DATE.written(Math.max(from, FIRST));
    String high = FeatureType.DATE.written(Math.min(to, LAST));
    // No date lies between these, and what follows gets shorter.
    low = low.replaceFirst("-01-01$", "-00-00").replaceFirst("-01$", "-00");
    high = high.replaceFirst("-12-31$", "-19-39").replaceFirst("-31$", "-39");
    return between(low, high, 0);
  }

  /** Matches the ends of texts that begin alike up to a place, between two ends. */
  private static String between(String low, String high, int place) {
    if (isLowest(low, place) && isHighest(high, place)) {
      return any(place);
    }
    char first = low.charAt(place);
    char last = high.charAt(place);
    if (first == last) {
      return first + between(low, high, place + 1);
    }
    List<String> ways = new ArrayList<>();
    if (!isLowest(low, place + 1)) {
      ways.add(first + between(low, HIGHEST, place + 1));
      first++;
    }
    String end = "";
    if (!isHighest(high, place + 1)) {
      end = last + between(LOWEST, high, place + 1);
      last--;
    }
    if (first <= last) {
      ways.add(digits(first, last) + any(place + 1));
    }
    if (!end.isEmpty()) {
      ways.add(end);
    }
    return ways.size() == 1 ? ways.getFirst() : "(?:" + String.join("|", ways) + ")";
  }

  private static String digits(char first, char last) {
    return first == last ? String.valueOf(first) : "[" + first + "-" + last + "]";
  }

  private static String any(int place) {
    return String.join("", ANY.subList(place, ANY.size()));
  }

  private static boolean isLowest(String text, int from) {
    return text.startsWith(LOWEST.substring(from), from);
  }

  private static boolean isHighest(String text, int from) {
    return text.startsWith(HIGHEST.substring(from), from);
  }
}
