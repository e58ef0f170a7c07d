package io.evenkeel.monitoring.feedback;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many predictions are kept until their outcome is known.
 *
 * @param retention how long a prediction is kept
 * @param maxPredictions how many predictions are kept, the newest; 0 keeps none, and no feedback is
 *     taken
 * @param maxRate how many predictions a second are kept on average; of more a random part, after
 *     the first 10000
 */
@ConfigurationProperties("evenkeel.feedback")
public record FeedbackProperties(
    @DefaultValue("30d") Duration retention,
    @DefaultValue("1000000") int maxPredictions,
    @DefaultValue("100") int maxRate) {
  public FeedbackProperties {
    if (!retention.isPositive()) {
      throw new IllegalArgumentException(
          "`evenkeel.feedback.retention` is " + retention + "; it must be longer than nothing");
    }
    if (maxPredictions < 0) {
      throw new IllegalArgumentException(
          "`evenkeel.feedback.max-predictions` is " + maxPredictions + "; it must be 0 or more");
    }
    if (maxRate < 1) {
      throw new IllegalArgumentException(
          "`evenkeel.feedback.max-rate` is "
              + maxRate
              + "; it must be 1 or more. To keep nothing, set"
              + " `evenkeel.feedback.max-predictions` to 0");
    }
  }

  boolean keepsAny() {
    return maxPredictions > 0;
  }
}
