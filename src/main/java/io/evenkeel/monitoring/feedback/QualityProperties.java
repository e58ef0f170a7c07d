package io.evenkeel.monitoring.feedback;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Over what quality is measured.
 *
 * @param window how many predictions a figure of quality is made of at most, the newest
 * @param windowTime how old the predictions of a figure may be
 * @param minOutcomes of how many outcomes a figure is shown at least
 * @param confidenceFloor below which the probability of the predicted class counts as low
 * @param refresh how long after new predictions or outcomes figures are computed anew, at most
 */
@ConfigurationProperties("evenkeel.quality")
public record QualityProperties(
    @DefaultValue("5000") int window,
    @DefaultValue("30d") Duration windowTime,
    @DefaultValue("100") int minOutcomes,
    @DefaultValue("0.6") double confidenceFloor,
    @DefaultValue("10s") Duration refresh) {
  private static final int LARGEST_WINDOW = 100_000;
  private static final Duration SHORTEST_REFRESH = Duration.ofMillis(100);

  public QualityProperties {
    if (window < 1 || window > LARGEST_WINDOW) {
      throw new IllegalArgumentException(
          "`evenkeel.quality.window` is " + window + "; it must be from 1 to " + LARGEST_WINDOW);
    }
    if (!windowTime.isPositive()) {
      throw new IllegalArgumentException(
          "`evenkeel.quality.window-time` is " + windowTime + "; it must be longer than nothing");
    }
    if (minOutcomes < 1 || minOutcomes > window) {
      throw new IllegalArgumentException(
          "`evenkeel.quality.min-outcomes` is "
              + minOutcomes
              + "; it must be at least 1 and at most `evenkeel.quality.window`");
    }
    if (!(confidenceFloor >= 0 && confidenceFloor <= 1)) {
      throw new IllegalArgumentException(
          "`evenkeel.quality.confidence-floor` is " + confidenceFloor + "; it must be from 0 to 1");
    }
    if (refresh.compareTo(SHORTEST_REFRESH) < 0) {
      throw new IllegalArgumentException(
          "`evenkeel.quality.refresh` is "
              + refresh
              + "; it must be at least "
              + SHORTEST_REFRESH
              + ", or the store does nothing else");
    }
  }
}
