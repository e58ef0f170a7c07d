package io.evenkeel.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.admission.Claim;
import io.evenkeel.admission.Deadline;
import io.evenkeel.admission.Endpoint;
import io.evenkeel.admission.Priority;
import io.evenkeel.inference.InferenceException;
import io.evenkeel.inference.Precision;
import io.evenkeel.inference.Prediction;
import io.evenkeel.preprocess.ElementType;
import io.evenkeel.preprocess.InputTensor;
import io.evenkeel.preprocess.RowKey;
import io.evenkeel.preprocess.TensorRows;
import io.evenkeel.registry.RowResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FlightsTest {
  private static final RowResult RESULT =
      new RowResult.Answered(new Prediction.Regression(1, Precision.SINGLE));
  private static final Deadline SOON = Deadline.after(Duration.ofMinutes(1), System.nanoTime());
  private static final Deadline LATER = new Deadline(SOON.nanoTime() + 1);
  private static final Deadline PASSED = new Deadline(SOON.nanoTime() - Long.MAX_VALUE / 2);
  private static final RowKey ROW = row(1);

  private final Flights flights = new Flights();

  private static RowKey row(int value) {
    TensorRows block =
        new TensorRows(List.of(new InputTensor("X", ElementType.INT32, List.of(1))), 1);
    block.ints(0)[0] = value;
    return RowKey.of(block, 0);
  }

  private static Claim claim(Priority priority, Deadline deadline) {
    return new Claim(Endpoint.SINGLE, priority, 1, deadline);
  }

  private Flights.Part board(RowKey row, Priority priority, Deadline deadline) {
    return flights.board(row, claim(priority, deadline));
  }

  private Flights.Leader lead() {
    return (Flights.Leader) board(ROW, Priority.NORMAL, SOON);
  }

  private Flights.Follower follow() {
    return (Flights.Follower) board(ROW, Priority.NORMAL, LATER);
  }

  @Test
  void givesTheLeadersResultToAllWhoWait() throws Exception {
    CountDownLatch waiting = new CountDownLatch(8);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
        Flights.Leader leader = lead()) {
      Callable<@Nullable RowResult> following =
          () -> {
            Flights.Follower follower = follow();
            waiting.countDown();
            return follower.await(LATER);
          };
      List<Future<@Nullable RowResult>> found = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        found.add(callers.submit(following));
      }
      waiting.await();
      assertThat(found).noneMatch(Future::isDone);
      leader.land(RESULT);
      for (Future<@Nullable RowResult> ofFollower : found) {
        assertThat(ofFollower.get(20, TimeUnit.SECONDS)).isSameAs(RESULT);
      }
    }
  }

  @Test
  void tellsThoseWhoWaitWhenTheLeaderEndsWithoutAResult() {
    Flights.Follower follower;
    try (Flights.Leader leader = lead()) {
      assertThat(leader).isNotNull();
      follower = follow();
    }
    assertThat(follower.await(LATER)).isNull();
  }

  @Test
  void sharesAFailureToo() {
    RowResult failure = new RowResult.Failed(new InferenceException("for the test"));
    try (Flights.Leader leader = lead()) {
      Flights.Follower follower = follow();
      leader.land(failure);
      assertThat(follower.await(LATER)).isSameAs(failure);
    }
  }

  @Test
  void waitsNoLongerThanItsOwnDeadline() {
    try (Flights.Leader leader = lead()) {
      assertThat(leader).isNotNull();
      assertThat(follow().await(PASSED)).isNull();
    }
  }

  @Test
  void leadsAgainOnceTheFirstIsOver() {
    lead().close();
    assertThat(board(ROW, Priority.NORMAL, LATER)).isInstanceOf(Flights.Leader.class);
  }

  @Test
  void leavesOtherRowsAlone() {
    try (Flights.Leader leader = lead()) {
      assertThat(leader).isNotNull();
      assertThat(board(row(2), Priority.NORMAL, LATER)).isInstanceOf(Flights.Leader.class);
    }
  }

  @Test
  void letsNobodyFollowWhoWouldHaveItsTurnEarlier() {
    try (Flights.Leader leader = lead()) {
      assertThat(board(ROW, Priority.CRITICAL, LATER)).isInstanceOf(Flights.Leader.class);
      Flights.Part hurried = board(ROW, Priority.NORMAL, new Deadline(SOON.nanoTime() - 1));
      assertThat(hurried).isInstanceOf(Flights.Leader.class);
      ((Flights.Leader) hurried).close();
      Flights.Follower follower = (Flights.Follower) board(ROW, Priority.SHEDDABLE, PASSED);
      leader.land(RESULT);
      assertThat(follower.await(LATER)).isSameAs(RESULT);
    }
  }
}
