package io.evenkeel.serving.shadow;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How copies for shadows are kept and compared.
 *
 * @param maxRows how many copied rows may wait for their shadows, of all models together
 * @param tolerance how far a number of a shadow's answer may be from the one that was answered, as
 *     a part of the larger one, so that the two agree
 */
@ConfigurationProperties("evenkeel.shadow")
public record ShadowProperties(
    @DefaultValue("256") int maxRows, @DefaultValue("0.01") double tolerance) {
  public ShadowProperties {
    if (maxRows < 1) {
      throw new IllegalArgumentException("evenkeel.shadow.max-rows must be at least 1");
    }
    if (!(tolerance >= 0 && tolerance <= 1)) {
      throw new IllegalArgumentException("evenkeel.shadow.tolerance must be from 0 to 1");
    }
  }
}
