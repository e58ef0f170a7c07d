package io.evenkeel.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;

/**
 * Every request's ending, one by one, for what percentiles can't tell: how latency went over time.
 * Kept in memory until the run is over, so that writing doesn't disturb it.
 */
final class Trace {
  private static final int FIELDS = 4;

  private final LongStream.Builder fields = LongStream.builder();
  private long startNanos;

  /** From when on the requests' times are counted. */
  void begin(long nanos) {
    startNanos = nanos;
  }

  void add(int step, int status, long dueNanos, long latencyNanos) {
    fields.add(step).add(status).add(dueNanos - startNanos).add(latencyNanos);
  }

  /** Writes a header and a line for each request, in the order of the answers. Once only. */
  void write(Path file) throws IOException {
    long[] all = fields.build().toArray();
    try (Writer writer = Files.newBufferedWriter(file)) {
      writer.write("step,status,dueMillis,latencyMillis\n");
      for (int i = 0; i < all.length; i += FIELDS) {
        writer.write(
            Outcomes.format(
                "%d,%d,%.3f,%.3f%n", all[i], all[i + 1], all[i + 2] / 1e6, all[i + 3] / 1e6));
      }
    }
  }
}
