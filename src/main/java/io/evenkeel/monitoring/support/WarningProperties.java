package io.evenkeel.monitoring.support;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is said of rows that are unlike the training data.
 *
 * @param reference whether rows are held against the training data: warnings and outlier scores
 * @param outlier from this score on a row is warned of as an outlier; 2 for never
 */
@ConfigurationProperties("evenkeel.warnings")
public record WarningProperties(
    @DefaultValue("true") boolean reference, @DefaultValue("0.999") double outlier) {
  public WarningProperties {
    if (!(outlier > 0)) {
      throw new IllegalArgumentException(
          "evenkeel.warnings.outlier must be above 0: it is a share of the training rows, such as"
              + " 0.999");
    }
  }
}
