package io.evenkeel.api;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits on what a request may hold. All are checked while the body is read, so that a body beyond
 * them costs no more than one at the limit.
 *
 * @param maxSingleBody the largest body of a request for one prediction
 * @param maxBatchBody the largest body of a batch
 * @param maxInstances how many instances a batch may have
 * @param maxDepth how deep arrays and objects may be nested
 * @param maxStringLength how many characters a string may have
 * @param maxNameLength how many characters a member's name may have
 * @param maxNumberLength how many characters a number may have
 */
@ConfigurationProperties("evenkeel.api")
public record ApiProperties(
    @DefaultValue("1MB") DataSize maxSingleBody,
    @DefaultValue("32MB") DataSize maxBatchBody,
    @DefaultValue("10000") int maxInstances,
    @DefaultValue("32") int maxDepth,
    @DefaultValue("65536") int maxStringLength,
    @DefaultValue("1024") int maxNameLength,
    @DefaultValue("1000") int maxNumberLength) {
  public ApiProperties {
    requirePositive("max-single-body", maxSingleBody.toBytes());
    requirePositive("max-batch-body", maxBatchBody.toBytes());
    requirePositive("max-instances", maxInstances);
    requirePositive("max-depth", maxDepth);
    requirePositive("max-string-length", maxStringLength);
    requirePositive("max-name-length", maxNameLength);
    requirePositive("max-number-length", maxNumberLength);
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "evenkeel.api." + name + " is " + value + "; it must be at least 1");
    }
  }
}
