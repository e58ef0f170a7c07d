package io.evenkeel.monitoring.requestlog;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which requests get a line in the log.
 *
 * @param rate the share of requests that get a line, from 0 to 1; chosen by the request's id
 * @param failureRate the share of those that ended with a status of 500 or more
 * @param maxFailuresPerSecond how many of those get a line in a second at most, unless `rate` chose
 *     them
 */
@ConfigurationProperties("evenkeel.request-log")
public record RequestLogProperties(
    @DefaultValue("0") double rate,
    @DefaultValue("1") double failureRate,
    @DefaultValue("10") int maxFailuresPerSecond) {
  public RequestLogProperties {
    requireShare("rate", rate);
    requireShare("failure-rate", failureRate);
    if (maxFailuresPerSecond < 0) {
      throw new IllegalArgumentException(
          "evenkeel.request-log.max-failures-per-second is "
              + maxFailuresPerSecond
              + "; it must be at least 0");
    }
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "evenkeel.request-log." + name + " is " + share + "; it must be from 0 to 1");
    }
  }
}
