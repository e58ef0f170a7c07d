package io.evenkeel.admission;

import static io.evenkeel.admission.TestTicket.LONG;
import static io.evenkeel.admission.TestTicket.claim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is let into a lane. What happens there is {@link LaneTest}'s. */
@Timeout(60)
class LaneEntryTest {
  private final LaneWatch watch = new LaneWatch();
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    callers.close();
    watch.close();
  }

  @Test
  void letsInNoMoreRowsThanThereIsRoomForHoweverManyComeAtOnce() throws Exception {
    int room = 40;
    Lane<TestTicket> lane = lane(room);
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
    Lane<TestTicket> lane = lane(10);
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
    Lane<TestTicket> lane = lane(1000);
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
    Lane<TestTicket> lane = lane(new LaneSettings(TestLane.budget(), 1, limits, true));
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
    Lane<TestTicket> lane = lane(1000);
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
  void holdsNothingAgainstAModelWhoseCallersLeft() {
    Lane<TestTicket> lane = lane(1000);
    for (int i = 0; i < 100; i++) {
      ((Permit) lane.tryEnter(claim(LONG))).close();
    }
    assertThat(lane.tryEnter(claim(LONG))).isInstanceOf(Permit.class);
  }

  @Test
  void refusesSettingsThatLetNothingThrough() {
    assertThatIllegalArgumentException().isThrownBy(() -> new LaneSettings.Limits(0, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new LaneSettings(TestLane.budget(), 0, new LaneSettings.Limits(1, 1, 1), true));
  }

  private Lane<TestTicket> lane(int rows) {
    return lane(TestLane.settings(rows, true));
  }

  private Lane<TestTicket> lane(LaneSettings settings) {
    return TestLane.of(settings, TestLane.times(), new HeldExecutor(), watch);
  }

  private static boolean enter(Lane<TestTicket> lane, Priority priority, int rows) {
    return lane.tryEnter(claim(priority, rows, LONG)) instanceof Permit;
  }
}
