package io.evenkeel.monitoring.watch;

import io.evenkeel.monitoring.drift.DriftSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How drift is watched.
 *
 * @param enabled whether drift is watched
 * @param inform the mean number of rows to a false alarm is at least this
 * @param act the same for the alarm on which a model may be diverted
 * @param maxRowsPerSecond how many rows of a version are looked at in a second, on average; of
 *     more, a random part is
 * @param window over how many rows effect sizes are measured
 * @param save how often what is known is kept, so that it survives the process, and what other
 *     servers have kept is read
 * @param maxAge how old what another server has kept may be to be added up with what this one knows
 * @param server what tells this server from others that share the control state; empty for the
 *     environment's HOSTNAME
 */
@ConfigurationProperties("evenkeel.drift")
public record DriftProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("1000000") double inform,
    @DefaultValue("1000000000") double act,
    @DefaultValue("1000") int maxRowsPerSecond,
    @DefaultValue("5000") int window,
    @DefaultValue("1m") Duration save,
    @DefaultValue("10m") Duration maxAge,
    @DefaultValue("") String server) {
  public DriftProperties {
    if (maxRowsPerSecond < 1 || window < 200 || !save.isPositive()) {
      throw new IllegalArgumentException(
          "evenkeel.drift: max-rows-per-second must be at least 1, window at least 200, save longer"
              + " than nothing");
    }
    if (maxAge.compareTo(save) <= 0) {
      throw new IllegalArgumentException(
          "evenkeel.drift: max-age (%s) must be longer than save (%s), or other servers' evidence is"
                  .formatted(maxAge, save)
              + " too old before it is renewed");
    }
  }

  DriftSettings settings() {
    return DriftSettings.standard().withThresholds(inform, act);
  }
}
