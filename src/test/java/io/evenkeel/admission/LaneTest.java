package io.evenkeel.admission;

import static io.evenkeel.admission.TestTicket.LONG;
import static io.evenkeel.admission.TestTicket.claim;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens in a lane. Who is let in is {@link LaneEntryTest}'s. */
@Timeout(60)
class LaneTest {
  private static final Duration SHORT = Duration.ofMillis(20);

  private final LaneWatch watch = new LaneWatch();
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final HeldExecutor executor = new HeldExecutor();

  @AfterEach
  void close() {
    executor.release(1000);
    callers.close();
    watch.close();
  }

  @Test
  void runsALoneRequestAtOnce() throws Exception {
    Lane<TestTicket> lane = lane(10, true);
    executor.release(1);

    assertThat(lane.pass(TestTicket.of("a", claim(LONG)))).isEqualTo(Ending.RAN);
    assertThat(executor.runs).containsExactly(List.of("a"));
    assertThat(lane.counters().rows()).isEqualTo(1);
  }

  @Test
  void runsTogetherWhatGathersDuringARun() throws Exception {
    Lane<TestTicket> lane = lane(100, true);
    List<Future<Ending>> endings = gather(lane, "first", "b", "c", "d");

    executor.release(2);
    assertAllRan(endings);
    assertThat(executor.runs).hasSize(2);
    assertThat(executor.runs.getLast()).containsExactlyInAnyOrder("b", "c", "d");
    assertThat(lane.waiting()).isZero();
  }

  @Test
  void putsNoMoreIntoARunThanItsLargestBatch() throws Exception {
    Lane<TestTicket> lane = lane(100, true);
    List<Future<Ending>> endings = new ArrayList<>();
    endings.add(passHeld(lane, TestTicket.of("first", claim(LONG))));
    for (int i = 0; i < TestLane.LARGEST + 3; i++) {
      endings.add(wait(lane, TestTicket.of("later", claim(LONG))));
    }

    executor.release(3);
    assertAllRan(endings);
    assertThat(executor.runs).extracting(List::size).containsExactly(1, TestLane.LARGEST, 3);
  }

  @Test
  void fillsARunWithAsManyRowsOfABatchAsThereIsRoomFor() throws Exception {
    Lane<TestTicket> lane = lane(100, true);
    List<Future<Ending>> endings = gather(lane, "first", "b", "c");
    TestTicket batch =
        TestTicket.of("batch", TestTicket.batch(TestLane.LARGEST, LONG.multipliedBy(2)));
    endings.add(wait(lane, batch));

    executor.release(2);
    assertAllRan(endings);
    assertThat(executor.runs).containsExactly(List.of("first"), List.of("b", "c", "batch"));
    assertThat(batch.rows())
        .as("the others wait for another ticket")
        .isEqualTo(TestLane.LARGEST - 2);
  }

  @Test
  void runsEachAloneWithoutBatchingTheMostUrgentFirst() throws Exception {
    Lane<TestTicket> lane = lane(100, false);
    List<Future<Ending>> endings = new ArrayList<>();
    endings.add(passHeld(lane, TestTicket.of("first", claim(LONG))));
    endings.add(wait(lane, TestTicket.of("sheddable", claim(Priority.SHEDDABLE, 1, LONG))));
    endings.add(wait(lane, TestTicket.of("late", claim(LONG.multipliedBy(2)))));
    endings.add(wait(lane, TestTicket.of("soon", claim(LONG))));
    endings.add(wait(lane, TestTicket.of("critical", claim(Priority.CRITICAL, 1, LONG))));

    executor.release(5);
    assertAllRan(endings);
    assertThat(executor.runs)
        .containsExactly(
            List.of("first"),
            List.of("critical"),
            List.of("soon"),
            List.of("late"),
            List.of("sheddable"));
  }

  @Test
  void answersAtTheDeadlineAndCausesNoRun() throws Exception {
    Lane<TestTicket> lane = lane(100, true);
    Future<Ending> held = passHeld(lane, TestTicket.of("held", claim(LONG)));

    assertThat(lane.pass(TestTicket.of("late", claim(SHORT)))).isEqualTo(Ending.EXPIRED);
    assertThat(lane.waiting()).isZero();
    executor.release(1);
    assertThat(held.get(20, TimeUnit.SECONDS)).isEqualTo(Ending.RAN);
    assertThat(executor.runs).containsExactly(List.of("held"));
  }

  @Test
  void causesNoRunForACallerWhoHungUp() throws Exception {
    Lane<TestTicket> lane = lane(100, true);
    Future<Ending> held = inLane(lane, TestTicket.of("held", claim(LONG)));
    await(() -> !executor.runs.isEmpty());

    assertThat(inLane(lane, TestTicket.deserted(claim(LONG))).get(20, TimeUnit.SECONDS))
        .isEqualTo(Ending.ABANDONED);
    executor.release(1);
    assertThat(held.get(20, TimeUnit.SECONDS)).isEqualTo(Ending.RAN);
    assertThat(executor.runs).containsExactly(List.of("held"));
  }

  @Test
  void terminatesARunNobodyWaitsFor() {
    Lane<TestTicket> lane = lane(100, true);
    try (Permit permit = (Permit) lane.tryEnter(claim(SHORT))) {
      assertThat(lane.pass(TestTicket.of("slow", permit.claim()))).isEqualTo(Ending.EXPIRED);
    }
    assertThat(lane.counters().terminations()).isPositive();
    assertThat(lane.inFlight()).isZero();
  }

  @Test
  void goesOnAfterARunThatBrokeDown() throws Exception {
    Lane<TestTicket> lane = lane(100, true);
    List<Future<Ending>> endings = gather(lane, "first", "b", "c");
    executor.breakDown();
    executor.release(3);

    int thrown = 0;
    int broken = 0;
    for (Future<Ending> ending : endings) {
      try {
        broken += ending.get(20, TimeUnit.SECONDS) == Ending.BROKEN ? 1 : 0;
      } catch (ExecutionException e) {
        assertThat(e).hasRootCauseInstanceOf(IllegalStateException.class);
        thrown++;
      }
    }
    assertThat(thrown).as("those whose thread ran the batch").isEqualTo(2);
    assertThat(broken).as("those who were in it").isEqualTo(1);
    assertThat(lane.waiting()).isZero();
  }

  @Test
  void threadsStepAsideBeforeTheyWaitForALongRun() throws Exception {
    assertThat(whoStepsAside(Duration.ofMillis(2))).containsExactlyInAnyOrder("runs", "waits");
  }

  @Test
  void threadsKeepTheirPlacesWhileRunsAreShort() throws Exception {
    assertThat(whoStepsAside(Duration.ofNanos(500_000))).isEmpty();
  }

  /** Which of two threads step aside, of which one runs and the other waits. */
  private Set<String> whoStepsAside(Duration run) throws Exception {
    Lane<TestTicket> lane =
        lane(
            TestLane.settings(10, true),
            new ServiceTimes(new int[] {1}, new long[] {run.toNanos()}));
    Set<String> aside = ConcurrentHashMap.newKeySet();
    List<Future<Ending>> endings = new ArrayList<>();
    endings.add(passHeld(lane, TestTicket.withThread("runs", claim(LONG), aside, () -> {})));
    endings.add(wait(lane, TestTicket.withThread("waits", claim(LONG), aside, () -> {})));
    executor.release(2);
    assertAllRan(endings);
    return aside;
  }

  @Test
  void takesAlongWhoeverIsNearlyHereWhereRowsAreCheaperInCompany() throws Exception {
    assertThat(runsOfTwo(TestLane.settings(10, true), 1_500_000))
        .containsExactly(List.of("first", "nearly"));
  }

  @Test
  void runsAtOnceWhereRowsAreAsDearInCompany() throws Exception {
    assertThat(runsOfTwo(TestLane.settings(10, true), 8_000_000)).containsExactly(List.of("first"));
  }

  @Test
  void runsAtOnceWithoutBatching() throws Exception {
    assertThat(runsOfTwo(TestLane.settings(10, false), 1_500_000))
        .containsExactly(List.of("first"));
  }

  /** What is run if a second ticket comes whenever the first's thread gives way. */
  private List<List<String>> runsOfTwo(LaneSettings settings, long fullRunNanos) throws Exception {
    Lane<TestTicket> lane =
        lane(
            settings,
            new ServiceTimes(
                new int[] {1, TestLane.LARGEST}, new long[] {1_000_000, fullRunNanos}));
    List<Future<Ending>> endings = new ArrayList<>();
    Runnable second = () -> endings.add(wait(lane, TestTicket.of("nearly", claim(LONG))));
    executor.release(2);
    TestTicket first =
        TestTicket.withThread("first", claim(LONG), ConcurrentHashMap.newKeySet(), second);
    assertThat(lane.pass(first)).isEqualTo(Ending.RAN);
    assertAllRan(endings);
    return executor.runs;
  }

  private Lane<TestTicket> lane(int rows, boolean batching) {
    return lane(TestLane.settings(rows, batching), TestLane.times());
  }

  private Lane<TestTicket> lane(LaneSettings settings, ServiceTimes times) {
    return TestLane.of(settings, times, executor, watch);
  }

  /** The first runs and is held; the others wait. */
  private List<Future<Ending>> gather(Lane<TestTicket> lane, String first, String... others)
      throws Exception {
    List<Future<Ending>> endings = new ArrayList<>();
    endings.add(passHeld(lane, TestTicket.of(first, claim(LONG))));
    for (String other : others) {
      endings.add(wait(lane, TestTicket.of(other, claim(LONG))));
    }
    return endings;
  }

  private Future<Ending> passHeld(Lane<TestTicket> lane, TestTicket ticket) {
    Future<Ending> ending = inLane(lane, ticket);
    await(() -> !executor.runs.isEmpty());
    return ending;
  }

  private Future<Ending> wait(Lane<TestTicket> lane, TestTicket ticket) {
    int before = lane.waiting();
    Future<Ending> ending = inLane(lane, ticket);
    await(() -> lane.waiting() > before);
    return ending;
  }

  /** Enters and passes on a thread of its own, as a request does. */
  private Future<Ending> inLane(Lane<TestTicket> lane, TestTicket ticket) {
    Callable<Ending> request =
        () -> {
          Permit permit = (Permit) lane.tryEnter(ticket.claim());
          try {
            return lane.pass(ticket);
          } finally {
            permit.close();
          }
        };
    return callers.submit(request);
  }

  private static void assertAllRan(List<Future<Ending>> endings) throws Exception {
    for (Future<Ending> ending : endings) {
      assertThat(ending.get(20, TimeUnit.SECONDS)).isEqualTo(Ending.RAN);
    }
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }
}
