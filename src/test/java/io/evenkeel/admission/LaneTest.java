package io.evenkeel.admission;

import static io.evenkeel.admission.TestTicket.LONG;
import static io.evenkeel.admission.TestTicket.claim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LaneTest {
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final int LARGEST = 8;

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
    for (Future<Ending> ending : endings) {
      assertThat(ending.get(20, TimeUnit.SECONDS)).isEqualTo(Ending.RAN);
    }
    assertThat(executor.runs).hasSize(2);
    assertThat(executor.runs.getLast()).containsExactlyInAnyOrder("b", "c", "d");
    assertThat(lane.waiting()).isZero();
  }

  @Test
  void putsNoMoreIntoARunThanItsLargestBatch() throws Exception {
    Lane<TestTicket> lane = lane(100, true);
    List<Future<Ending>> endings = new ArrayList<>();
    endings.add(passHeld(lane, TestTicket.of("first", claim(LONG))));
    for (int i = 0; i < LARGEST + 3; i++) {
      endings.add(wait(lane, TestTicket.of("later", claim(LONG))));
    }

    executor.release(3);
    for (Future<Ending> ending : endings) {
      assertThat(ending.get(20, TimeUnit.SECONDS)).isEqualTo(Ending.RAN);
    }
    assertThat(executor.runs).extracting(List::size).containsExactly(1, LARGEST, 3);
  }

  @Test
  void fillsARunWithAsManyRowsOfABatchAsThereIsRoomFor() throws Exception {
    Lane<TestTicket> lane = lane(100, true);
    List<Future<Ending>> endings = gather(lane, "first", "b", "c");
    TestTicket batch = TestTicket.of("batch", TestTicket.batch(LARGEST, LONG.multipliedBy(2)));
    endings.add(wait(lane, batch));

    executor.release(2);
    for (Future<Ending> ending : endings) {
      assertThat(ending.get(20, TimeUnit.SECONDS)).isEqualTo(Ending.RAN);
    }
    assertThat(executor.runs).containsExactly(List.of("first"), List.of("b", "c", "batch"));
    assertThat(batch.rows()).as("the others wait for another ticket").isEqualTo(LARGEST - 2);
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
    for (Future<Ending> ending : endings) {
      assertThat(ending.get(20, TimeUnit.SECONDS)).isEqualTo(Ending.RAN);
    }
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
  void letsInNoMoreRowsThanThereIsRoomForHoweverManyComeAtOnce() throws Exception {
    int room = 40;
    Lane<TestTicket> lane = lane(room, true);
    CountDownLatch start = new CountDownLatch(1);
    AtomicInteger most = new AtomicInteger();
    List<Future<Admission>> admissions = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      admissions.add(
          callers.submit(() -> {
            start.await();
            Admission admission = lane.tryEnter(claim(Priority.CRITICAL, 3, LONG));
            most.accumulateAndGet(lane.inFlight(), Math::max);
            return admission;
          }));
    }
    start.countDown();

    int let = 0;
    for (Future<Admission> admission : admissions) {
      let += admission.get(20, TimeUnit.SECONDS) instanceof Permit ? 1 : 0;
    }
    assertThat(let).isEqualTo(room / 3);
    assertThat(most).hasValueLessThanOrEqualTo(room);
  }

  @Test
  void keepsRoomForWhatMattersMost() {
    Lane<TestTicket> lane = lane(10, true);
    assertThat(enter(lane, Priority.SHEDDABLE, 6)).isFalse();
    assertThat(enter(lane, Priority.SHEDDABLE, 5)).isTrue();
    assertThat(enter(lane, Priority.SHEDDABLE, 1)).isFalse();
    assertThat(enter(lane, Priority.NORMAL, 4)).isTrue();
    assertThat(enter(lane, Priority.NORMAL, 1)).isFalse();
    assertThat(enter(lane, Priority.CRITICAL, 1)).isTrue();
    assertThat(enter(lane, Priority.CRITICAL, 1)).isFalse();
  }

  @Test
  void refusesWhatCannotBeInTimeAndSaysWhenToComeBack() {
    Lane<TestTicket> lane = lane(1000, true);
    assertThat(lane.tryEnter(claim(Duration.ofNanos(500_000))))
        .isInstanceOfSatisfying(
            Shed.class,
            shed -> {
              assertThat(shed.reason()).isEqualTo(Shed.Reason.DEADLINE_UNATTAINABLE);
              assertThat(shed.retryAfter()).isPositive();
            });
    assertThat(lane.inFlight()).isZero();
  }

  @Test
  void boundsEachEndpointByItself() {
    LaneSettings.Limits limits = new LaneSettings.Limits(1000, 2, 1);
    Lane<TestTicket> lane = lane(new LaneSettings(budget(), 1, limits, true));
    Deadline deadline = Deadline.after(LONG, System.nanoTime());
    Claim batch = new Claim(Endpoint.BATCH, Priority.NORMAL, 5, deadline);

    assertThat(lane.tryEnter(batch)).isInstanceOf(Permit.class);
    assertThat(lane.tryEnter(batch)).isInstanceOf(Shed.class);
    Permit single = (Permit) lane.tryEnter(claim(LONG));
    assertThat(lane.tryEnter(claim(LONG))).isInstanceOf(Permit.class);
    assertThat(lane.tryEnter(claim(LONG)))
        .isInstanceOfSatisfying(
            Shed.class, shed -> assertThat(shed.reason()).isEqualTo(Shed.Reason.QUEUE_FULL));
    single.close();
    single.close();
    assertThat(lane.tryEnter(claim(LONG))).isInstanceOf(Permit.class);
    assertThat(lane.tryEnter(claim(LONG))).isInstanceOf(Shed.class);
  }

  @Test
  void asksAModelNoMoreThatFailsAgainAndAgain() {
    Lane<TestTicket> lane = lane(1000, true);
    for (int i = 0; i < 20; i++) {
      try (Permit permit = (Permit) lane.tryEnter(claim(LONG))) {
        permit.report(false);
      }
    }
    assertThat(lane.tryEnter(claim(LONG)))
        .isInstanceOfSatisfying(
            Shed.class,
            shed -> {
              assertThat(shed.reason()).isEqualTo(Shed.Reason.CIRCUIT_OPEN);
              assertThat(shed.retryAfter())
                  .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
            });
    assertThat(lane.inFlight()).isZero();
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
        lane(settings(10, true), new ServiceTimes(new int[] {1}, new long[] {run.toNanos()}));
    Set<String> aside = ConcurrentHashMap.newKeySet();
    List<Future<Ending>> endings = new ArrayList<>();
    endings.add(passHeld(lane, TestTicket.withThread("runs", claim(LONG), aside, () -> {})));
    endings.add(wait(lane, TestTicket.withThread("waits", claim(LONG), aside, () -> {})));
    executor.release(2);
    for (Future<Ending> ending : endings) {
      assertThat(ending.get(20, TimeUnit.SECONDS)).isEqualTo(Ending.RAN);
    }
    return aside;
  }

  @Test
  void takesAlongWhoeverIsNearlyHereWhereRowsAreCheaperInCompany() throws Exception {
    assertThat(runsOfTwo(settings(10, true), 1_500_000))
        .containsExactly(List.of("first", "nearly"));
  }

  @Test
  void runsAtOnceWhereRowsAreAsDearInCompany() throws Exception {
    assertThat(runsOfTwo(settings(10, true), 8_000_000)).containsExactly(List.of("first"));
  }

  @Test
  void runsAtOnceWithoutBatching() throws Exception {
    assertThat(runsOfTwo(settings(10, false), 1_500_000)).containsExactly(List.of("first"));
  }

  /** What is run if a second ticket comes whenever the first's thread gives way. */
  private List<List<String>> runsOfTwo(LaneSettings settings, long fullRunNanos) throws Exception {
    Lane<TestTicket> lane =
        lane(
            settings,
            new ServiceTimes(new int[] {1, LARGEST}, new long[] {1_000_000, fullRunNanos}));
    List<Future<Ending>> endings = new ArrayList<>();
    Runnable second = () -> endings.add(wait(lane, TestTicket.of("nearly", claim(LONG))));
    executor.release(2);
    TestTicket first =
        TestTicket.withThread("first", claim(LONG), ConcurrentHashMap.newKeySet(), second);
    assertThat(lane.pass(first)).isEqualTo(Ending.RAN);
    for (Future<Ending> ending : endings) {
      assertThat(ending.get(20, TimeUnit.SECONDS)).isEqualTo(Ending.RAN);
    }
    return executor.runs;
  }

  @Test
  void holdsNothingAgainstAModelWhoseCallersLeft() {
    Lane<TestTicket> lane = lane(1000, true);
    for (int i = 0; i < 100; i++) {
      ((Permit) lane.tryEnter(claim(LONG))).close();
    }
    assertThat(lane.tryEnter(claim(LONG))).isInstanceOf(Permit.class);
  }

  @Test
  void refusesSettingsThatLetNothingThrough() {
    assertThatIllegalArgumentException().isThrownBy(() -> new LaneSettings.Limits(0, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LaneSettings(budget(), 0, new LaneSettings.Limits(1, 1, 1), true));
  }

  private Lane<TestTicket> lane(int rows, boolean batching) {
    return lane(settings(rows, batching));
  }

  private static LaneSettings settings(int rows, boolean batching) {
    return new LaneSettings(budget(), 1, new LaneSettings.Limits(rows, 1000, 1000), batching);
  }

  private Lane<TestTicket> lane(LaneSettings settings) {
    return lane(
        settings, new ServiceTimes(new int[] {1, LARGEST}, new long[] {1_000_000, 1_500_000}));
  }

  private Lane<TestTicket> lane(LaneSettings settings, ServiceTimes times) {
    return new Lane<>(
        "test-1",
        settings,
        new Lane.Parts<>(List.of(executor), times),
        new Lane.Surroundings(
            BulkheadRegistry.ofDefaults(), CircuitBreakerRegistry.ofDefaults(), watch));
  }

  private static LatencyBudget budget() {
    return new LatencyBudget(Duration.ofMillis(50), Duration.ofSeconds(2));
  }

  private static boolean enter(Lane<TestTicket> lane, Priority priority, int rows) {
    return lane.tryEnter(claim(priority, rows, LONG)) instanceof Permit;
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

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }
}
