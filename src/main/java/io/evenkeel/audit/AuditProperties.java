package io.evenkeel.audit;

import io.evenkeel.audit.log.LogSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What is recorded in the audit log, and how the log is kept.
 *
 * @param mode whether requests are recorded: off, async (soon, and what there is no room for is
 *     lost and counted) or durable (on disk before the answer leaves)
 * @param models by model, another mode than that
 * @param path the log's folder, relative to where the service starts
 * @param signingKey the private key that signs checkpoints, Ed25519 in PEM; needed where anything
 *     is recorded
 * @param segmentSize a segment of the log ends once it is as large
 * @param segmentAge a segment of the log ends once it is as old
 * @param retention how long a segment is kept after its end; 0 for ever
 * @param checkpoint how often what is new is signed
 * @param sync how often records that nobody waits for are brought to disk
 * @param maxWaiting how many records may wait to be written
 * @param patience how long a request waits for its record beyond its deadline
 */
@ConfigurationProperties("evenkeel.audit")
public record AuditProperties(
    @DefaultValue("off") AuditMode mode,
    @DefaultValue Map<String, AuditMode> models,
    @DefaultValue("audit") Path path,
    @DefaultValue("audit.pem") Path signingKey,
    @DefaultValue("64MB") DataSize segmentSize,
    @DefaultValue("1d") Duration segmentAge,
    @DefaultValue("0") Duration retention,
    @DefaultValue("1m") Duration checkpoint,
    @DefaultValue("1s") Duration sync,
    @DefaultValue("16384") int maxWaiting,
    @DefaultValue("100ms") Duration patience) {
  private static final DataSize LEAST = DataSize.ofKilobytes(16);
  private static final DataSize MOST = DataSize.ofGigabytes(1);

  public AuditProperties {
    models = Map.copyOf(models);
    if (segmentSize.compareTo(LEAST) < 0 || segmentSize.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "evenkeel.audit.segment-size is " + segmentSize + "; it must be from 16KB to 1GB");
    }
    requirePositive("segment-age", segmentAge);
    requirePositive("checkpoint", checkpoint);
    requirePositive("sync", sync);
    if (retention.isNegative() || patience.isNegative()) {
      throw new IllegalArgumentException(
          "evenkeel.audit.retention and patience must not be negative");
    }
    if (maxWaiting < 1) {
      throw new IllegalArgumentException(
          "evenkeel.audit.max-waiting is " + maxWaiting + "; it must be at least 1");
    }
  }

  private static void requirePositive(String name, Duration found) {
    if (!found.isPositive()) {
      throw new IllegalArgumentException(
          "evenkeel.audit." + name + " is " + found + "; it must be longer than nothing");
    }
  }

  /** The mode for requests to a model. */
  AuditMode modeOf(String model) {
    return models.getOrDefault(model, mode);
  }

  /** The strictest mode for any. */
  public AuditMode strictest() {
    return models.values().stream().reduce(mode, AuditMode::or);
  }

  LogSettings log() {
    return new LogSettings(
        path,
        new LogSettings.Rotation(segmentSize.toBytes(), segmentAge),
        retention,
        checkpoint,
        sync,
        maxWaiting);
  }
}
