package io.evenkeel.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A line on the terminal that says how far long work has come. Not thread-safe.
 *
 * <p>Nothing is written where the error stream isn't a terminal: in a log, such a line would stand
 * a thousand times.
 */
final class Progress implements AutoCloseable {
  private static final int WIDTH = 30;
  private static final long INTERVAL_NANOS = 100_000_000;

  private final PrintWriter out;
  private final boolean shown;
  private final String unit;
  private final LongSupplier nanos;
  private final long start;
  private long drawn;

  /**
   * @param out the error stream
   * @param shown whether that is a terminal
   * @param unit what is counted
   */
  Progress(PrintWriter out, boolean shown, String unit, LongSupplier nanos) {
    this.out = out;
    this.shown = shown;
    this.unit = unit;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    this.drawn = start - INTERVAL_NANOS;
  }

  static Progress on(PrintWriter error, String unit) {
    return new Progress(error, isTerminal(), unit, System::nanoTime);
  }

  /** Whether the error stream is a terminal, as far as can be told. */
  private static boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
  }

  /**
   * Tells how far the work is.
   *
   * @param share from 0 to 1
   * @param count of the unit
   */
  void at(double share, long count) {
    long now = nanos.getAsLong();
    if (shown && now - drawn >= INTERVAL_NANOS) {
      drawn = now;
      draw(Math.clamp(share, 0, 1), count, (now - start) / 1e9);
    }
  }

  private void draw(double share, long count, double seconds) {
    int full = (int) (share * WIDTH);
    String left =
        share < 0.01 || seconds < 1
            ? ""
            : String.format(Locale.ROOT, ", %.0f s left", seconds * (1 - share) / share);
    out.printf(
        Locale.ROOT,
        "\r[%s%s] %3.0f %%  %,d %s, %,.0f/s%s   ",
        "#".repeat(full),
        " ".repeat(WIDTH - full),
        share * 100,
        count,
        unit,
        seconds == 0 ? 0 : count / seconds,
        left);
    out.flush();
  }

  /** Takes the line away. */
  @Override
  public void close() {
    if (shown) {
      out.print("\r" + " ".repeat(WIDTH + 60) + "\r");
      out.flush();
    }
  }
}
