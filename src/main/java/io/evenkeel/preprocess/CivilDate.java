package io.evenkeel.preprocess;

/**
 * The Gregorian calendar's parts of a day that is counted from 1970-01-01. As {@link
 * java.time.LocalDate} has them, but without an object for each row: whether the compiler does away
 * with that one depends on what else the process has run. After Howard Hinnant, "chrono-Compatible
 * Low-Level Date Algorithms": years are thought to begin on the first of March, so that the leap
 * day is their last.
 */
final class CivilDate {
  private static final long DAYS_IN_400_YEARS = 146_097;

  /** From 0000-03-01 to 1970-01-01. */
  private static final int DAYS_BEFORE_1970 = 719_468;

  /** From the first of March to the first of January. */
  private static final int DAYS_BEFORE_JANUARY = 306;

  private CivilDate() {}

  static long year(long day) {
    long era = Math.floorDiv(day + DAYS_BEFORE_1970, DAYS_IN_400_YEARS);
    long marchYear = era * 400 + yearOfEra(dayOfEra(day));
    return marchDayOfYear(day) < DAYS_BEFORE_JANUARY ? marchYear : marchYear + 1;
  }

  /** 1 to 12. */
  static int month(long day) {
    int month = marchMonth(marchDayOfYear(day));
    return month < 10 ? month + 3 : month - 9;
  }

  /** 1 to 31. */
  static int dayOfMonth(long day) {
    int dayOfYear = marchDayOfYear(day);
    return dayOfYear - (153 * marchMonth(dayOfYear) + 2) / 5 + 1;
  }

  /** 1, a Monday, to 7. */
  static int dayOfWeek(long day) {
    return (int) Math.floorMod(day + 3, 7L) + 1;
  }

  /** 1 to 366. */
  static int dayOfYear(long day) {
    int dayOfYear = marchDayOfYear(day);
    if (dayOfYear >= DAYS_BEFORE_JANUARY) {
      return dayOfYear - DAYS_BEFORE_JANUARY + 1;
    }
    return dayOfYear + (isLeap(year(day)) ? 61 : 60);
  }

  private static boolean isLeap(long year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  private static int dayOfEra(long day) {
    return (int) Math.floorMod(day + DAYS_BEFORE_1970, DAYS_IN_400_YEARS);
  }

  private static int yearOfEra(int dayOfEra) {
    return (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
  }

  /** 0 on the first of March. */
  private static int marchDayOfYear(long day) {
    int dayOfEra = dayOfEra(day);
    int year = yearOfEra(dayOfEra);
    return dayOfEra - (365 * year + year / 4 - year / 100);
  }

  /** 0 in March. */
  private static int marchMonth(int dayOfYear) {
    return (5 * dayOfYear + 2) / 153;
  }
}
