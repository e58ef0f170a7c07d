package io.evenkeel.serving;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.admission.Claim;
import io.evenkeel.admission.Deadline;
import io.evenkeel.admission.Endpoint;
import io.evenkeel.admission.Priority;
import io.evenkeel.contract.Row;
import io.evenkeel.inference.Precision;
import io.evenkeel.inference.Prediction;
import io.evenkeel.preprocess.Preprocessor;
import io.evenkeel.preprocess.RowKey;
import io.evenkeel.preprocess.TensorRows;
import io.evenkeel.registry.RowResult;
import io.evenkeel.registry.ScratchModels;
import io.evenkeel.routing.Routing;
import io.evenkeel.serving.PredictionOutcome.Served;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A version with a cache, while another request for the same row is on its way. */
@Timeout(60)
class VersionWalkTest {
  /** No model says so: it can only come from the leader. */
  private static final RowResult LEADERS =
      new RowResult.Answered(new Prediction.Regression(-1, Precision.SINGLE));

  private TestWalk test;
  private Routing.Routed to;

  @BeforeEach
  void load(@TempDir Path root) {
    ScratchModels models = new ScratchModels(root);
    models.makeDoubling("m/1", "  - cache: {maxAge: 1h, maxSize: 1MB}\n");
    test = new TestWalk(models);
    to = test.to("1");
  }

  @AfterEach
  void close() {
    test.close();
  }

  private Flights.Leader lead(Row row) {
    Preprocessor preprocessor = to.servable().preprocessor();
    TensorRows block = preprocessor.newBlock(1);
    preprocessor.write(row, block, 0);
    Deadline soon = Deadline.after(Duration.ofSeconds(30), System.nanoTime());
    Claim claim = new Claim(Endpoint.SINGLE, Priority.NORMAL, 1, soon);
    AnswerCache cache = requireNonNull(test.caches.of(to));
    return (Flights.Leader) cache.flights().board(RowKey.of(block, 0), claim);
  }

  private long rowsRun() {
    return to.servable().lane().counters().rows();
  }

  /** A caller on a thread of its own, which waits for another when this returns. */
  private FutureTask<PredictionOutcome> follow(Row row) {
    FutureTask<PredictionOutcome> walk =
        new FutureTask<>(() -> test.walk.one(to, row, TestWalk.call()));
    Thread thread = Thread.ofPlatform().start(walk);
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      assertThat(walk.isDone()).as("it didn't wait").isFalse();
      Thread.onSpinWait();
    }
    return walk;
  }

  @Test
  void joinsAndTakesNoRoomInTheLane() throws Exception {
    Row row = test.row("1", 3);
    long before = rowsRun();
    try (Flights.Leader leader = lead(row)) {
      FutureTask<PredictionOutcome> following = follow(row);
      leader.land(LEADERS);
      Served served = (Served) following.get();
      assertThat(TestWalk.value(served.prediction())).isEqualTo(-1);
      assertThat(served.degraded()).as("it is fresh").isNull();
    }
    assertThat(rowsRun()).isEqualTo(before);
  }

  @Test
  void goesOnItsOwnWhereTheLeaderEndsWithoutAResult() throws Exception {
    Row row = test.row("1", 3);
    long before = rowsRun();
    FutureTask<PredictionOutcome> following;
    try (Flights.Leader leader = lead(row)) {
      assertThat(leader).isNotNull();
      following = follow(row);
    }
    assertThat(TestWalk.value(((Served) following.get()).prediction())).isEqualTo(6);
    assertThat(rowsRun()).isEqualTo(before + 1);
  }

  @Test
  void leavesNoFlightBehind() {
    Row row = test.row("1", 666);
    assertThat(test.walk.one(to, row, TestWalk.call()))
        .isInstanceOf(PredictionOutcome.Failed.class);
    assertThat(test.walk.one(to, row, TestWalk.call(Duration.ZERO)))
        .isInstanceOf(PredictionOutcome.Shed.class);
    long before = rowsRun();
    test.walk.one(to, row, TestWalk.call());
    assertThat(rowsRun()).isGreaterThan(before);
  }

  @Test
  void keepsWhatTheModelAnsweredAndNothingElse() {
    test.walk.one(to, test.row("1", 3), TestWalk.call());
    test.walk.one(to, test.row("1", 666), TestWalk.call());
    test.walk.many(to, test.rows("1", 4, 5), TestWalk.call());
    assertThat(test.caches.find(to, test.row("1", "3.0"))).isNotNull();
    assertThat(test.caches.find(to, test.row("1", 5))).isNotNull();
    assertThat(test.caches.find(to, test.row("1", 666))).isNull();
    assertThat(test.caches.find(to, test.row("1", 6))).isNull();
  }
}
