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
  void knowsHowLongItsRunsWillTake() {
    Slots<TestTicket> slots = new Slots<>(3);
    slots.begin(0, run(1000));
    slots.begin(2, run(2000));
    assertThat(slots.runningNanos(400)).isEqualTo(600 + 1600);
    slots.end(0);
    assertThat(slots.runningNanos(400)).isEqualTo(1600);
  }

  @Test
  void aRunThatShouldBeOverIsStillThere() {
    Slots<TestTicket> slots = new Slots<>(1);
    slots.begin(0, run(1000));
    assertThat(slots.runningNanos(5000)).isEqualTo(100);
  }

  private static Run<TestTicket> run(long expectedNanos) {
    return new Run<>(List.of(TICKET), 1, 0, expectedNanos);
  }
}
