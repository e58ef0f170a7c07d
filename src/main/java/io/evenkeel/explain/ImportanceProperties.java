package io.evenkeel.explain;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How it is watched which features matter.
 *
 * @param rowsPerMinute of how many rows of a version it is found out in a minute which features
 *     matter; 0 switches it off
 * @param window over how many of those rows it is judged whether other features matter than in
 *     training
 */
@ConfigurationProperties("evenkeel.importance")
public record ImportanceProperties(
    @DefaultValue("20") int rowsPerMinute, @DefaultValue("500") int window) {
  private static final int FEWEST = 50;

  public ImportanceProperties {
    if (rowsPerMinute < 0) {
      throw new IllegalArgumentException("evenkeel.importance.rows-per-minute must be at least 0");
    }
    if (window < FEWEST) {
      throw new IllegalArgumentException("evenkeel.importance.window must be at least " + FEWEST);
    }
  }
}
