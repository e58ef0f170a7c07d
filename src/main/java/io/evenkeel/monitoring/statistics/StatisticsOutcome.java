package io.evenkeel.monitoring.statistics;

import java.time.Instant;

/** What becomes of a wish for statistics. */
public sealed interface StatisticsOutcome {
  /**
   * A release, the same for all who ask until the next one.
   *
   * @param json the document
   */
  record Released(String json) implements StatisticsOutcome {}

  /**
   * The budget isn't enough for another release.
   *
   * @param renewed from when on it is
   */
  record Spent(Instant renewed) implements StatisticsOutcome {}

  /**
   * There are none.
   *
   * @param why in words for the caller, with how to mend it
   */
  record None(String why) implements StatisticsOutcome {}
}
