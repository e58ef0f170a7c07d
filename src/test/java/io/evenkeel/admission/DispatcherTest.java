package io.evenkeel.admission;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** After how long the watch has to look again. What else is decided, lanes and simulations show. */
class DispatcherTest {
  private static final long MILLI = 1_000_000;
  private static final long START = 1000 * MILLI;

  private final List<Run<TestTicket>> unwanted = new ArrayList<>();
  private final Dispatcher<TestTicket> dispatcher =
      new Dispatcher<>(
          "test-1",
          TestLane.settings(100, true),
          new ServiceTimes(new int[] {1, TestLane.LARGEST}, new long[] {10 * MILLI, 15 * MILLI}),
          new Entrance.Registries(
              BulkheadRegistry.ofDefaults(), CircuitBreakerRegistry.ofDefaults()));

  @Test
  void noLookIsNeededWhileNobodyIsThere() {
    assertThat(lookAfter(0)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theNextIsWhenTheFirstOfARunIsLate() {
    begin(arrive(70), arrive(50), arrive(60));
    assertThat(lookAfter(20)).isEqualTo(30 * MILLI);
    assertThat(lookAfter(55)).as("the others of it").isEqualTo(5 * MILLI);
    assertThat(unwanted).isEmpty();
  }

  @Test
  void theNextIsAtOnceWhileARunThatNobodyWaitsForIsThere() {
    Run<TestTicket> run = begin(arrive(70), arrive(50));
    assertThat(lookAfter(70)).isNotPositive();
    assertThat(unwanted).containsExactly(run);
    assertThat(lookAfter(71)).isNotPositive();
  }

  @Test
  void theNextIsWhenTheFirstOfThoseWhoWaitIsLate() {
    begin(arrive(90));
    arrive(80, Priority.SHEDDABLE);
    arrive(85, Priority.CRITICAL);
    assertThat(lookAfter(10)).isEqualTo(70 * MILLI);
    assertThat(lookAfter(80)).isEqualTo(5 * MILLI);
    assertThat(lookAfter(85)).as("who runs").isEqualTo(5 * MILLI);
  }

  @Test
  void theNextIsWhenAPauseIsOver() {
    Run<TestTicket> run = begin(arrive(200), arrive(200), arrive(200), arrive(200));
    dispatcher.end(0, run, Executor.Health.SOUND, START + 12 * MILLI);
    TestTicket back = arrive(200);
    assertThat(back.state()).isEqualTo(Ticket.State.WAITING);
    long pause = lookAfter(12);
    assertThat(pause).isBetween(2 * MILLI, 4 * MILLI);
    assertThat(back.state()).isEqualTo(Ticket.State.WAITING);

    dispatcher.endLate(START + 12 * MILLI + pause, (late, executor) -> unwanted.add(late));
    assertThat(back.state()).isEqualTo(Ticket.State.APPOINTED);
  }

  private TestTicket arrive(int deadlineMillis) {
    return arrive(deadlineMillis, Priority.NORMAL);
  }

  /** A ticket that comes at the start; the first finds the executor idle. */
  private TestTicket arrive(int deadlineMillis, Priority priority) {
    Deadline deadline = Deadline.after(Duration.ofMillis(deadlineMillis), START);
    TestTicket ticket =
        TestTicket.of(deadlineMillis + " ms", new Claim(Endpoint.SINGLE, priority, 1, deadline));
    int ignored = dispatcher.arrive(ticket, START);
    return ticket;
  }

  /** The run of a ticket that came first and of those who came after it. */
  private Run<TestTicket> begin(TestTicket first, TestTicket... others) {
    Run<TestTicket> run = requireNonNull(dispatcher.begin(0, first, 1, START));
    assertThat(run.batch()).hasSize(1 + others.length);
    return run;
  }

  /** When the watch looks at a time, after how many nanoseconds it has to look again. */
  private long lookAfter(int millis) {
    return dispatcher.endLate(START + millis * MILLI, (run, executor) -> unwanted.add(run));
  }
}
