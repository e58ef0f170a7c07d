package io.evenkeel.preprocess;

import java.time.LocalDate;

/**
 * A part of a point in time, always in UTC. Cyclic parts come in pairs, so that December lies
 * beside January.
 */
public enum DatePart {
  YEAR,
  MONTH,
  DAY,
  DAY_OF_WEEK,
  DAY_OF_YEAR,
  HOUR,
  DAYS_SINCE,
  MONTH_SIN,
  MONTH_COS,
  DAY_OF_WEEK_SIN,
  DAY_OF_WEEK_COS,
  DAY_OF_YEAR_SIN,
  DAY_OF_YEAR_COS,
  HOUR_SIN,
  HOUR_COS;

  private static final double DAYS_IN_A_YEAR = 365.25;

  boolean needsTime() {
    return this == HOUR || this == HOUR_SIN || this == HOUR_COS;
  }

  /**
   * The part's value.
   *
   * @param days days since 1970-01-01T00:00Z, with the time of day as their fraction
   * @param hour the full hours of the day
   * @param reference what {@link #DAYS_SINCE} counts from, in days since 1970-01-01
   */
  double of(double days, int hour, long reference) {
    LocalDate date = LocalDate.ofEpochDay((long) Math.floor(days));
    return switch (this) {
      case YEAR -> date.getYear();
      case MONTH -> date.getMonthValue();
      case DAY -> date.getDayOfMonth();
      case DAY_OF_WEEK -> date.getDayOfWeek().getValue();
      case DAY_OF_YEAR -> date.getDayOfYear();
      case HOUR -> hour;
      case DAYS_SINCE -> days - reference;
      case MONTH_SIN -> StrictMath.sin(angle(date.getMonthValue() - 1, 12));
      case MONTH_COS -> StrictMath.cos(angle(date.getMonthValue() - 1, 12));
      case DAY_OF_WEEK_SIN -> StrictMath.sin(angle(date.getDayOfWeek().getValue() - 1, 7));
      case DAY_OF_WEEK_COS -> StrictMath.cos(angle(date.getDayOfWeek().getValue() - 1, 7));
      case DAY_OF_YEAR_SIN -> StrictMath.sin(angle(date.getDayOfYear() - 1, DAYS_IN_A_YEAR));
      case DAY_OF_YEAR_COS -> StrictMath.cos(angle(date.getDayOfYear() - 1, DAYS_IN_A_YEAR));
      case HOUR_SIN -> StrictMath.sin(angle(hour, 24));
      case HOUR_COS -> StrictMath.cos(angle(hour, 24));
    };
  }

  private static double angle(int position, double cycle) {
    return 2 * Math.PI * position / cycle;
  }
}
