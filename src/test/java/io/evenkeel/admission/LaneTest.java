package io.evenkeel.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LaneTest {
  private static final Duration SHORT = Duration.ofMillis(5);
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void shedsAsQueueFullWhereTheBulkheadStaysFull() {
    Lane lane = lane(SHORT, 2, 1);
    assertThat(enter(lane, Endpoint.SINGLE)).isInstanceOf(Permit.class);
    assertThat(enter(lane, Endpoint.SINGLE)).isInstanceOf(Permit.class);
    assertThat(enter(lane, Endpoint.SINGLE))
        .isInstanceOfSatisfying(
            Shed.class, shed -> assertThat(shed.reason()).isEqualTo(Shed.Reason.QUEUE_FULL));
    assertThat(lane.inFlight()).isEqualTo(2);
  }

  @Test
  void shedsWhatIsLateAlready() {
    Lane lane = lane(LONG, 1, 1);
    Deadline past = Deadline.after(Duration.ofMillis(1), System.nanoTime() - 2_000_000);
    assertThat(lane.tryEnter(Endpoint.SINGLE, past))
        .isInstanceOfSatisfying(
            Shed.class,
            shed -> assertThat(shed.reason()).isEqualTo(Shed.Reason.DEADLINE_UNATTAINABLE));
    assertThat(lane.inFlight()).isZero();
  }

  @Test
  void givesAPermitBackOnceHoweverOftenItIsClosed() {
    Lane lane = lane(SHORT, 1, 1);
    Permit permit = (Permit) enter(lane, Endpoint.SINGLE);
    permit.close();
    permit.close();
    assertThat(lane.inFlight()).isZero();
    assertThat(enter(lane, Endpoint.SINGLE)).isInstanceOf(Permit.class);
    permit.close();
    assertThat(enter(lane, Endpoint.SINGLE)).isInstanceOf(Shed.class);
  }

  @Test
  void keepsBatchesAndSinglesApart() {
    Lane lane = lane(SHORT, 1, 1);
    assertThat(enter(lane, Endpoint.BATCH)).isInstanceOf(Permit.class);
    assertThat(enter(lane, Endpoint.BATCH)).isInstanceOf(Shed.class);
    assertThat(enter(lane, Endpoint.SINGLE)).isInstanceOf(Permit.class);
    assertThat(lane.inFlight()).isEqualTo(2).isEqualTo(lane.mostRuns());
  }

  @Test
  void letsAWaitingRequestInWhenAPermitComesBack() throws Exception {
    Lane lane = lane(LONG, 1, 1);
    Permit first = (Permit) enter(lane, Endpoint.SINGLE);
    CompletableFuture<Admission> second = new CompletableFuture<>();
    Thread waiting = Thread.ofPlatform().start(() -> second.complete(enter(lane, Endpoint.SINGLE)));
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertThat(second).isNotDone();
    first.close();
    assertThat(second.get(20, TimeUnit.SECONDS)).isInstanceOf(Permit.class);
  }

  @Test
  void spreadsTheTimesToComeBack() {
    Lane lane = lane(SHORT, 1, 1);
    enter(lane, Endpoint.SINGLE);
    enter(lane, Endpoint.BATCH);
    for (int i = 0; i < 20; i++) {
      assertThat(((Shed) enter(lane, Endpoint.SINGLE)).retryAfter())
          .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }
  }

  @Test
  void letsHalfAsManyBatchesInAsSingles() {
    LatencyBudget budget = new LatencyBudget(SHORT, SHORT);
    assertThat(LaneSettings.forSlots(budget, 8)).isEqualTo(new LaneSettings(budget, 8, 4));
    assertThat(LaneSettings.forSlots(budget, 1)).isEqualTo(new LaneSettings(budget, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new LaneSettings(budget, 0, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LatencyBudget(Duration.ZERO, SHORT))
        .withMessageContaining("single");
  }

  @Test
  void choosesTheEarlierDeadlineAcrossTheClocksOverflow() {
    Deadline early = new Deadline(Long.MAX_VALUE - 5);
    Deadline late = Deadline.after(Duration.ofNanos(20), Long.MAX_VALUE - 5);
    assertThat(early.earlier(late)).isSameAs(early);
    assertThat(late.earlier(early)).isSameAs(early);
  }

  private static Lane lane(Duration budget, int singles, int batches) {
    LaneSettings settings = new LaneSettings(new LatencyBudget(budget, budget), singles, batches);
    return new Lane("m-1", settings, BulkheadRegistry.ofDefaults());
  }

  private static Admission enter(Lane lane, Endpoint endpoint) {
    return lane.tryEnter(endpoint, Deadline.after(LONG, System.nanoTime()));
  }
}
