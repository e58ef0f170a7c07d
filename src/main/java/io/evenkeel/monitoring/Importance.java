package io.evenkeel.monitoring;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much each feature mattered to a version's answers, on rows that it wasn't trained on: the
 * mean of the absolute difference it makes when the feature's value is replaced by the middle of
 * the training data. Of a classification the difference is of the probability of the label that the
 * whole row gets, of a regression of the value. Immutable.
 *
 * @param rows of how many rows it is the mean, at least 2
 * @param features by feature, in the file's order
 */
public record Importance(long rows, Map<String, Spread> features) {
  /** The only method there is: one feature at a time. */
  public static final String METHOD = "occlusion";

  public Importance {
    if (rows < 2) {
      throw new IllegalArgumentException("rows " + rows + " must be at least 2");
    }
    features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
  }

  /**
   * The absolute differences that one feature makes.
   *
   * @param deviation their standard deviation
   */
  public record Spread(double mean, double deviation) {
    public Spread {
      if (!(mean >= 0 && deviation >= 0)) {
        throw new IllegalArgumentException("mean " + mean + ", deviation " + deviation);
      }
    }
  }
}
