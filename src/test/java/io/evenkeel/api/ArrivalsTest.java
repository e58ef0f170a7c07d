package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static final int MOST_STARTING = 4;
  private static final int PLACES = 2;
  private static final int FEW = 1;
  private static final int CROWD = 200;
  private static final long OTHERWISE = -1;

  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final List<Integer> served = new ArrayList<>();
  private final List<Long> stamps = new ArrayList<>();
  private long now = 1_000_000_000;

  private final Queue<Runnable> soon = new ArrayDeque<>();

  private final Arrivals arrivals =
      new Arrivals(
          new Arrivals.Surroundings(() -> now, threads::add, this::runOneThread, soon::add),
          new Arrivals.Limits(MOST_STARTING, PLACES, FEW, CROWD, Duration.ofMillis(5)));

  @Test
  void servesInTheOrderOfArrivalWhileNobodyWaitsForLong() {
    arrive(0, 5);
    runThreads();
    assertThat(served).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void letsNewcomersOvertakeThoseWhoHaveWaitedForLong() {
    arrive(0, 3);
    pass(Duration.ofMillis(6));
    arrive(3, 3);
    runThreads();
    assertThat(served).containsExactly(3, 4, 5, 2, 1, 0);
  }

  @Test
  void givesSomeTurnsToTheOldest() {
    arrive(0, 3);
    pass(Duration.ofMillis(6));
    arrive(3, 100);
    runThreads();
    assertThat(served.indexOf(0)).isBetween(30, 33);
    assertThat(served.indexOf(1)).isBetween(62, 65);
    assertThat(served).hasSize(103).doesNotHaveDuplicates();
  }

  @Test
  void startsFewThreadsAheadOfTheirTurn() {
    arrive(0, 100);
    assertThat(threads).hasSize(MOST_STARTING);
    runThreads();
    assertThat(served).hasSize(100);
  }

  @Test
  void startsAThreadForWhoeverWaitsWhileAnotherIsHeldUp() {
    arrivals.execute(() -> assertThat(threads).hasSize(MOST_STARTING));
    arrive(1, 5);
    threads.remove().run();
    runThreads();
    assertThat(served).hasSize(5);
  }

  @Test
  void worksAtFewPlacesWhileACrowdWaits() {
    arrive(0, CROWD + 1);
    assertThat(threads).hasSize(MOST_STARTING + 1);
    arrive(CROWD + 1, 50);
    assertThat(threads).as("a place for each of two, whoever else comes").hasSize(6);
    runThreads();
    assertThat(served).hasSize(CROWD + 51).doesNotHaveDuplicates();
  }

  @Test
  void doesNotLetThoseWhoAreHeldUpKeepThePlaces() {
    arrive(0, CROWD + 50);
    threads.clear();
    arrive(CROWD + 50, 1);
    assertThat(threads).as("all places are taken").isEmpty();
    pass(Duration.ofMillis(2));
    arrive(CROWD + 51, 1);
    assertThat(threads).hasSize(1);
  }

  @Test
  void looksAgainSoonWhenAllPlacesAreTaken() {
    arrive(0, CROWD + 50);
    threads.clear();
    assertThat(soon).hasSize(1);
    pass(Duration.ofMillis(2));
    soon.remove().run();
    assertThat(threads).hasSize(1);
  }

  /** The threads never get anywhere: as if each read a body that doesn't come. */
  @Test
  void looksAgainAsLongAsACrowdWaitsBehindThoseWhoAreHeldUp() {
    arrive(0, CROWD + 50);
    for (int look = 0; look < 10; look++) {
      threads.clear();
      pass(Duration.ofMillis(2));
      assertThat(soon).as("look %d", look).hasSize(1);
      soon.remove().run();
      assertThat(threads).as("look %d", look).hasSize(1);
    }
  }

  @Test
  void leavesThePlaceOfWhoeverStepsAsideToAnother() {
    arrivals.execute(() -> {
      served.add(0);
      int before = threads.size();
      pass(Duration.ofNanos(1));
      Arrivals.stepAside();
      assertThat(threads).as("started in its place").hasSize(before + 1);
    });
    arrive(1, CROWD + 50);
    threads.clear();
    pass(Duration.ofMillis(2));
    arrive(CROWD + 51, 1);
    assertThat(threads).hasSize(1);
    threads.remove().run();
    assertThat(served).as("it doesn't go on with the next").containsExactly(0);
  }

  @Test
  void whoeverGivesWayIsOvertakenAsFarAsTwoTurnsGo() {
    arriveGivingWay();
    arrive(1, 4);
    runThreads();
    assertThat(served).containsExactly(1, 2, 0, 3, 4);
  }

  @Test
  void givesWayNeitherToVeryFewNorToACrowd() {
    arriveGivingWay();
    arrive(1, FEW);
    runThreads();
    assertThat(served).startsWith(0);

    served.clear();
    arriveGivingWay();
    arrive(1, CROWD + 1);
    runThreads();
    assertThat(served).startsWith(0);
  }

  @Test
  void leavesACrowdAloneThatHasUsedUpHalfOfItsPatienceUntilNobodyComes() {
    know(Duration.ofMillis(20));
    arrive(0, CROWD + 1);
    pass(Duration.ofMillis(11));
    arrive(CROWD + 1, 1);
    runThreads();
    assertThat(served).as("whoever came last").containsExactly(CROWD + 1);

    pass(Duration.ofMillis(4));
    soon.remove().run();
    assertThat(threads).as("others may come yet").isEmpty();

    pass(Duration.ofMillis(1));
    soon.remove().run();
    runThreads();
    assertThat(served).hasSize(CROWD + 2).doesNotHaveDuplicates();
  }

  @Test
  void remembersTheOldestOfThoseWhomItLeavesAlone() {
    know(Duration.ofMillis(20));
    arrive(0, CROWD + 2);
    pass(Duration.ofMillis(11));
    for (int newcomer = 0; newcomer < 32; newcomer++) {
      arrive(CROWD + 2 + newcomer, 1);
      runThreads();
    }
    assertThat(served).contains(0).doesNotContain(1);
  }

  @Test
  void leavesNobodyAloneWhoIsNoCrowd() {
    know(Duration.ofMillis(20));
    arrive(0, CROWD);
    pass(Duration.ofMillis(11));
    arrive(CROWD, 1);
    runThreads();
    assertThat(served).hasSize(CROWD + 1);
  }

  @Test
  void leavesNobodyAloneWhoHasMoreThanHalfOfItsPatienceLeft() {
    know(Duration.ofMillis(20), Duration.ofMillis(30));
    arrive(0, CROWD + 1);
    pass(Duration.ofMillis(11));
    arrive(CROWD + 1, 1);
    runThreads();
    assertThat(served).hasSize(CROWD + 2);
  }

  @Test
  void leavesNobodyAloneAsLongAsItKnowsNoPatience() {
    arrive(0, CROWD + 1);
    pass(Duration.ofMinutes(1));
    arrive(CROWD + 1, 1);
    runThreads();
    assertThat(served).hasSize(CROWD + 2);
  }

  /** Callers come who give us so long, for three seconds. */
  private void know(Duration... patience) {
    for (int second = 0; second < 3; second++) {
      for (Duration one : patience) {
        arrivals.execute(() -> Arrivals.waitsAtMost(one.toNanos()));
      }
      runThreads();
      pass(Duration.ofMillis(1001));
    }
  }

  private void arriveGivingWay() {
    arrivals.execute(() -> {
      Arrivals.giveWay();
      served.add(0);
    });
  }

  @Test
  void hasNothingToLeaveElsewhere() {
    Arrivals.stepAside();
    Arrivals.giveWay();
    Arrivals.waitsAtMost(1);
    arrivals.execute(Arrivals::stepAside);
    runThreads();
    assertThat(threads).isEmpty();
  }

  @Test
  void stampsEachArrivalOnce() {
    long arrival = now;
    arrivals.execute(() -> {
      stamps.add(Arrivals.takeArrivalNanos(OTHERWISE));
      stamps.add(Arrivals.takeArrivalNanos(OTHERWISE));
    });
    pass(Duration.ofMillis(3));
    runThreads();
    assertThat(stamps).containsExactly(arrival, OTHERWISE);
  }

  @Test
  void knowsNoArrivalElsewhere() {
    assertThat(Arrivals.takeArrivalNanos(OTHERWISE)).isEqualTo(OTHERWISE);
  }

  private void arrive(int first, int count) {
    IntStream.range(first, first + count)
        .forEach(number -> arrivals.execute(() -> served.add(number)));
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private void runThreads() {
    while (!threads.isEmpty()) {
      runOneThread();
    }
  }

  private void runOneThread() {
    threads.remove().run();
  }
}
