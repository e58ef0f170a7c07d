package io.evenkeel.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.serving.spi.Lap;
import org.junit.jupiter.api.Test;

class StopwatchTest {
  private static final long ABOUT_12_MILLIS = 12_045_678;

  @Test
  void writesMillisecondsWithThreeDecimals() {
    Stopwatch stopwatch = new Stopwatch(System.nanoTime() - ABOUT_12_MILLIS);
    stopwatch.lap(Step.PARSE);
    assertThat(stopwatch.serverTiming()).matches("parse;dur=\\d+\\.\\d{3}");
    long micros = stopwatch.nanos(Step.PARSE) / 1000;
    assertThat(stopwatch.serverTiming().toString())
        .isEqualTo("parse;dur=%d.%03d".formatted(micros / 1000, micros % 1000));
  }

  @Test
  void leavesOutStepsThatDidNotHappen() {
    Stopwatch stopwatch = new Stopwatch(System.nanoTime());
    assertThat(stopwatch.serverTiming()).isEmpty();
    assertThat(stopwatch.totalNanos()).isZero();
    assertThat(stopwatch.nanos(Step.RUN)).isZero();
  }

  @Test
  void addsUpWhatBelongsToTheSameStep() {
    Stopwatch stopwatch = new Stopwatch(System.nanoTime() - ABOUT_12_MILLIS);
    stopwatch.lap(Step.WRITE);
    long first = stopwatch.nanos(Step.WRITE);
    stopwatch.lap(Step.RUN);
    stopwatch.lap(Step.WRITE);
    assertThat(first).isGreaterThanOrEqualTo(ABOUT_12_MILLIS);
    assertThat(stopwatch.nanos(Step.WRITE)).isGreaterThanOrEqualTo(first);
    assertThat(stopwatch.totalNanos())
        .isEqualTo(stopwatch.nanos(Step.WRITE) + stopwatch.nanos(Step.RUN));
  }

  @Test
  void keepsWhenEachStepWasWhereThatIsAskedFor() {
    long start = System.nanoTime() - ABOUT_12_MILLIS;
    Stopwatch stopwatch = Stopwatch.keepingLaps(start);
    stopwatch.lap(Step.PARSE);
    stopwatch.lap(Step.QUEUE, 0);
    stopwatch.lap(Step.RUN);
    stopwatch.lap(Step.QUEUE);
    assertThat(stopwatch.laps())
        .extracting(Lap::step)
        .containsExactly("parse", "queue", "run", "queue");
    assertThat(stopwatch.laps().getFirst().startNanos()).isEqualTo(start);
    assertThat(stopwatch.laps().getLast().endNanos() - start).isEqualTo(stopwatch.totalNanos());
    assertThat(new Stopwatch(start).laps()).isEmpty();
  }
}
