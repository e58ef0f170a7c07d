package io.evenkeel.audit.log;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a log is kept.
 *
 * @param folder where its files are
 * @param rotation when a segment ends
 * @param retention how long a segment is kept after its end; nothing for ever
 * @param checkpoints how often what is new is signed
 * @param sync how often records that nobody waits for are brought to disk
 * @param mostWaiting how many records may wait to be written
 */
public record LogSettings(
    Path folder,
    Rotation rotation,
    Duration retention,
    Duration checkpoints,
    Duration sync,
    int mostWaiting) {
  /**
   * When a segment ends.
   *
   * @param bytes once it is as large
   * @param age or as old
   */
  public record Rotation(long bytes, Duration age) {}
}
