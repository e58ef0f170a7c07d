package io.evenkeel.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** With runs of 4, 6 and 10 ms for 1, 8 and 32 rows, and half as long again to be sure. */
class RunSizeTest {
  private static final long MILLI = 1_000_000;
  private static final int LARGEST = 32;

  private final ServiceTimes times =
      new ServiceTimes(new int[] {1, 8, LARGEST}, new long[] {4 * MILLI, 6 * MILLI, 10 * MILLI}, 0);

  @Test
  void isAsLargeAsPossibleWhileThereIsTime() {
    assertThat(size(50).mostRows(due(40), 100, claim(41), 0)).isEqualTo(LARGEST);
  }

  @Test
  void isShortenedForAnUrgentLeaderIfTheNextCanWait() {
    assertThat(size(50).mostRows(due(11), 100, claim(40), 0)).isEqualTo(8);
  }

  @Test
  void isShortenedForAnUrgentLeaderIfAllOthersMatterLess() {
    assertThat(size(50).mostRows(due(11), 0, null, 0)).isEqualTo(8);
  }

  @Test
  void isNotShortenedWhereTheNextCannotWaitEither() {
    assertThat(size(50).mostRows(due(12), 100, claim(12), 0))
        .as("a usual run is still in time")
        .isEqualTo(LARGEST);
  }

  @Test
  void givesUpALeaderWhoWouldMakeTheOthersLate() {
    assertThat(size(50).mostRows(due(9), 100, claim(12), 0)).isEqualTo(RunSize.GIVE_UP);
  }

  @Test
  void takesHalfOfTheBudgetAtMost() {
    assertThat(size(40).largest(0)).isEqualTo(LARGEST);
    assertThat(size(20).largest(0)).isEqualTo(8);
    assertThat(size(20).rowNanos(0)).isEqualTo(6 * MILLI / 8);
  }

  @Test
  void takesAllTogetherWhereRowsAreCheapInCompany() {
    assertThat(size(50).mostRows(due(40), 9, claim(41), 0)).isEqualTo(LARGEST);
  }

  @Test
  void isNoLargerThanWhatMakesRowsCheap() {
    ServiceTimes dear =
        new ServiceTimes(
            new int[] {1, 8, 16, LARGEST},
            new long[] {2 * MILLI, 8 * MILLI, 16 * MILLI, 40 * MILLI},
            0);
    assertThat(new RunSize(settings(1000, true), dear).largest(0)).isEqualTo(8);
  }

  @Test
  void isNotPaddedWhereRowsAreDear() {
    ServiceTimes dear =
        new ServiceTimes(new int[] {1, 8, LARGEST}, new long[] {MILLI, 7 * MILLI, 26 * MILLI}, 0);
    RunSize size = new RunSize(settings(1000, true), dear);
    assertThat(size.mostRows(due(900), 8, claim(901), 0)).as("8 and 1 of 9").isEqualTo(8);
    assertThat(size.mostRows(due(900), 7, claim(901), 0)).as("8 fill it").isEqualTo(LARGEST);
    assertThat(size.mostRows(due(900), 40, claim(901), 0)).as("more wait").isEqualTo(LARGEST);
    assertThat(size.mostRows(due(900), 0, null, 0)).as("alone").isEqualTo(LARGEST);
  }

  @Test
  void isOneRowWithoutBatching() {
    RunSize alone = new RunSize(settings(50, false), times);
    assertThat(alone.largest(0)).isEqualTo(1);
    assertThat(alone.rowNanos(0)).isEqualTo(4 * MILLI);
  }

  @Test
  void hasRoomForSinglesAsAWholeAndForBatchesInPart() {
    RunSize.Room room = new RunSize.Room(5, 3);
    assertThat(room.rowsOf(ticket(Endpoint.SINGLE, 5))).isEqualTo(5);
    assertThat(room.rowsOf(ticket(Endpoint.SINGLE, 6))).isZero();
    assertThat(room.rowsOf(ticket(Endpoint.BATCH, 6))).isEqualTo(3);
    assertThat(room.without(4).rowsOf(ticket(Endpoint.BATCH, 6))).isZero();
  }

  private RunSize size(int budgetMillis) {
    return new RunSize(settings(budgetMillis, true), times);
  }

  private static LaneSettings settings(int budgetMillis, boolean batching) {
    LatencyBudget budget =
        new LatencyBudget(Duration.ofMillis(budgetMillis), Duration.ofSeconds(2));
    return new LaneSettings(budget, 1, new LaneSettings.Limits(100, 100, 100), batching);
  }

  private static TestTicket due(long millis) {
    return TestTicket.of("leader", claim(millis));
  }

  private static TestTicket ticket(Endpoint endpoint, int rows) {
    return TestTicket.of(
        "some", new Claim(endpoint, Priority.NORMAL, rows, new Deadline(50 * MILLI)));
  }

  /** With 1 ms more, for the answer. */
  private static Claim claim(long millis) {
    return new Claim(Endpoint.SINGLE, Priority.NORMAL, 1, new Deadline(millis * MILLI + MILLI));
  }
}
