package io.evenkeel.preprocess;

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

  boolean needsTime() {
    return this == HOUR || this == HOUR_SIN || this == HOUR_COS;
  }

  /**
   * The part's value.
   *
   * @param day counted from 1970-01-01
   * @param hour the full hours of the day
   * @param daysSince the days since the reference, with the time of day as their fraction
   */
  double of(long day, int hour, double daysSince) {
    return switch (this) {
      case YEAR -> CivilDate.year(day);
      case MONTH -> CivilDate.month(day);
      case DAY -> CivilDate.dayOfMonth(day);
      case DAY_OF_WEEK -> CivilDate.dayOfWeek(day);
      case DAY_OF_YEAR -> CivilDate.dayOfYear(day);
      case HOUR -> hour;
      case DAYS_SINCE -> daysSince;
      case MONTH_SIN -> Cycle.MONTH.sine(CivilDate.month(day) - 1);
      case MONTH_COS -> Cycle.MONTH.cosine(CivilDate.month(day) - 1);
      case DAY_OF_WEEK_SIN -> Cycle.WEEK.sine(CivilDate.dayOfWeek(day) - 1);
      case DAY_OF_WEEK_COS -> Cycle.WEEK.cosine(CivilDate.dayOfWeek(day) - 1);
      case DAY_OF_YEAR_SIN -> Cycle.YEAR.sine(CivilDate.dayOfYear(day) - 1);
      case DAY_OF_YEAR_COS -> Cycle.YEAR.cosine(CivilDate.dayOfYear(day) - 1);
      case HOUR_SIN -> Cycle.DAY.sine(hour);
      case HOUR_COS -> Cycle.DAY.cosine(hour);
    };
  }
}
