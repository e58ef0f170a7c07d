package io.evenkeel.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private static final TestTicket TICKET =
      TestTicket.of("any", TestTicket.claim(Duration.ofMinutes(1)));

  @Test
  void givesEachExecutorOnce() {
    Slots<TestTicket> slots = new Slots<>(2);
    assertThat(slots.takeIdle()).isZero();
    assertThat(slots.takeIdle()).isOne();
    assertThat(slots.takeIdle()).isEqualTo(Slots.NONE);
    assertThat(slots.someIdle()).isFalse();
    slots.makeIdle(1);
    assertThat(slots.takeIdle()).isOne();
  }

  @Test
  void hasUpTo64Executors() {
    Slots<TestTicket> slots = new Slots<>(64);
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      taken.add(slots.takeIdle());
    }
    assertThat(taken).doesNotHaveDuplicates().doesNotContain(Slots.NONE);
    assertThat(slots.takeIdle()).isEqualTo(Slots.NONE);
  }

  @Test
  void sharesWorkAmongTheExecutorsAfterTheirRuns() {
    Slots<TestTicket> slots = running(100, 200);
    assertThat(slots.nanosUntilDone(0, 0)).as("the first to be free").isEqualTo(100);
    assertThat(slots.nanosUntilDone(50, 0)).as("the first does it").isEqualTo(150);
    assertThat(slots.nanosUntilDone(300, 0)).as("both do").isEqualTo(300);
  }

  @Test
  void expectsNoHelpFromAnExecutorThatHangs() {
    assertThat(running(100, 1_000_000).nanosUntilDone(400, 0)).isEqualTo(500);
  }

  @Test
  void aRunThatShouldBeOverIsStillThere() {
    assertThat(running(1000, 1000).nanosUntilDone(0, 5000)).isEqualTo(100);
  }

  @Test
  void anIdleExecutorBeginsAtOnce() {
    Slots<TestTicket> slots = new Slots<>(2);
    slots.begin(0, run(1000));
    assertThat(slots.nanosUntilDone(0, 0)).isZero();
    slots.end(0);
    assertThat(slots.nanosUntilDone(300, 0)).isEqualTo(150);
  }

  private static Slots<TestTicket> running(long first, long second) {
    Slots<TestTicket> slots = new Slots<>(2);
    slots.begin(0, run(first));
    slots.begin(1, run(second));
    return slots;
  }

  private static Run<TestTicket> run(long expectedNanos) {
    return new Run<>(List.of(TICKET), 1, 0, expectedNanos);
  }
}
