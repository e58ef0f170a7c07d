package io.evenkeel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/** Waits for what happens beside a test, such as what the server does after it has answered. */
public final class Await {
  private static final long LONGEST_NANOS = Duration.ofSeconds(30).toNanos();

  private Await() {}

  public static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + LONGEST_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for long enough").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  /**
   * Asks for a value until it is the expected one. Where it never is, their difference is shown.
   */
  public static <T> void untilEqual(T expected, Callable<T> asked) throws Exception {
    long end = System.nanoTime() + LONGEST_NANOS;
    T found = asked.call();
    while (!found.equals(expected) && System.nanoTime() < end) {
      Thread.onSpinWait();
      found = asked.call();
    }
    assertThat(found).isEqualTo(expected);
  }
}
