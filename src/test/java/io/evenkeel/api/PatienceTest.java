package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1000 * MILLI;
  private static final long START = -SECOND;

  private final Patience patience = new Patience(START);

  @Test
  void hasNoEndAtFirst() {
    patience.observe(20 * MILLI, START);
    assertThat(patience.isShorterThan(Long.MAX_VALUE)).isFalse();
  }

  @Test
  void isTheLongestTimeThatAnyCallerGives() {
    observeAt(1001, 20, 50, 30);
    assertThat(patience.isShorterThan(50 * MILLI + 1)).as("not known yet").isFalse();
    observeAt(2002, 20);
    assertLasts(50);
  }

  @Test
  void forgetsWhatIsTwoSecondsAgo() {
    observeAt(1001, 50);
    observeAt(2002, 20);
    observeAt(3003, 20);
    assertLasts(20);
  }

  @Test
  void missesNobodyOfManyAtOnce() {
    observeAt(1001, 1);
    IntStream.rangeClosed(1, 10_000)
        .parallel()
        .forEach(nanos -> patience.observe(nanos * MILLI, START + 1500 * MILLI));
    observeAt(2002, 1);
    assertLasts(10_000);
  }

  private void assertLasts(long millis) {
    assertThat(patience.isShorterThan(millis * MILLI)).isFalse();
    assertThat(patience.isShorterThan(millis * MILLI + 1)).isTrue();
  }

  private void observeAt(long millis, long... patient) {
    for (long one : patient) {
      patience.observe(one * MILLI, START + millis * MILLI);
    }
  }
}
