package io.evenkeel.contract;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;

/** Reads dates and date-times strictly, without an exception for the usual mistakes. */
final class Temporals {
  private static final String DATE_FORM = "0000-00-00";
  private static final String TIME_FORM = "0000-00-00T00:00:00";

  private Temporals() {}

  /** Days since 1970-01-01 of a date {@code 2026-11-24}; NaN if it isn't one. */
  static double epochDay(String text) {
    if (text.length() != DATE_FORM.length() || !matches(DATE_FORM, text)) {
      return Double.NaN;
    }
    int year = Integer.parseInt(text, 0, 4, 10);
    int month = Integer.parseInt(text, 5, 7, 10);
    int day = Integer.parseInt(text, 8, 10, 10);
    if (year < 1
        || month < 1
        || month > 12
        || day < 1
        || day > YearMonth.of(year, month).lengthOfMonth()) {
      return Double.NaN;
    }
    return LocalDate.of(year, month, day).toEpochDay();
  }

  /** Seconds since 1970-01-01T00:00Z of an RFC 3339 date-time; NaN if it isn't one. */
  static double epochSecond(String text) {
    if (text.length() <= TIME_FORM.length()
        || text.length() > 40
        || !matches(TIME_FORM, text)
        || hasEmptyFraction(text)
        || !endsWithOffset(text)) {
      return Double.NaN;
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      return time.getYear() < 1 ? Double.NaN : time.toEpochSecond() + time.getNano() / 1e9;
    } catch (DateTimeParseException e) {
      return Double.NaN;
    }
  }

  /** Whether there is a point without digits after the seconds, which Java would take. */
  private static boolean hasEmptyFraction(String text) {
    int point = TIME_FORM.length();
    char after = text.charAt(Math.min(point + 1, text.length() - 1));
    return text.charAt(point) == '.' && (after < '0' || after > '9');
  }

  /**
   * Whether the text ends with Z or ±hh:mm. Java would take seconds in an offset, RFC 3339 doesn't.
   */
  private static boolean endsWithOffset(String text) {
    char last = text.charAt(text.length() - 1);
    char sign = text.charAt(text.length() - 6);
    return last == 'Z' || last == 'z' || sign == '+' || sign == '-';
  }

  /** Whether the text begins like the form, where 0 stands for an ASCII digit. */
  private static boolean matches(String form, String text) {
    for (int i = 0; i < form.length(); i++) {
      char wanted = form.charAt(i);
      char found = text.charAt(i);
      if (wanted == '0' ? found < '0' || found > '9' : found != wanted) {
        return false;
      }
    }
    return true;
  }
}
