package io.evenkeel.routing.remediation;

import java.util.List;

/** Who watches models, and says what stands about them at a moment. Thread-safe. */
public interface SignalSource {
  /** The signals about a model's versions that stand now. */
  List<Signal> signals(String model);

  /**
   * How many rows have been held against what a version was made for, those included that another
   * version answered in its place.
   */
  long rowsWatched(String model, String version);
}
