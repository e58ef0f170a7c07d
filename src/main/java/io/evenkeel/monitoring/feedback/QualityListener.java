package io.evenkeel.monitoring.feedback;

import io.evenkeel.monitoring.quality.Metric;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Somebody who goes by figures of quality. Called on the thread that works with the store. */
public interface QualityListener {
  /** Which figures of the model's versions it wants; none if it wants to hear nothing of them. */
  Set<Metric> wanted(String model);

  /**
   * A version's predictions or their outcomes have changed, or have grown older.
   *
   * @param figures those that were wanted
   * @param at the moment that they are of
   */
  void measured(String model, String version, Map<Metric, StrictFigure> figures, Instant at);
}
