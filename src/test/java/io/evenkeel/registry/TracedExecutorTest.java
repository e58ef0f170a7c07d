package io.evenkeel.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.admission.Claim;
import io.evenkeel.admission.Deadline;
import io.evenkeel.admission.Endpoint;
import io.evenkeel.admission.Executor;
import io.evenkeel.admission.Priority;
import io.evenkeel.preprocess.TensorRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TracedExecutorTest {
  private final List<RunTrace.SharedRun> first = new ArrayList<>();
  private final List<RunTrace.SharedRun> second = new ArrayList<>();
  private final RunTrace firstTrace = first::add;
  private final RunTrace secondTrace = second::add;
  private final TracedExecutor executor = new TracedExecutor(new Fixed());

  @Test
  void tellsTheFirstOfThoseThatAreTraced() {
    long before = System.nanoTime();
    executor.run(List.of(ticket(2, null), ticket(1, firstTrace), ticket(3, secondTrace)));

    assertThat(second).isEmpty();
    assertThat(first)
        .singleElement()
        .satisfies(run -> {
          assertThat(run.requests()).isEqualTo(3);
          assertThat(run.rows()).isEqualTo(6);
          assertThat(run.traced()).containsExactly(firstTrace, secondTrace);
          assertThat(run.startNanos()).isBetween(before, run.endNanos());
        });
  }

  @Test
  void hasNothingToTellOfARunForOneRequest() {
    executor.run(List.of(ticket(5, firstTrace)));
    assertThat(first).isEmpty();
  }

  @Test
  void tellsOfARunThatBreaksDownToo() {
    TracedExecutor broken = new TracedExecutor(new Fixed(new IllegalStateException("broken")));
    assertThatThrownBy(() -> broken.run(List.of(ticket(1, null), ticket(1, firstTrace))))
        .hasMessage("broken");
    assertThat(first).hasSize(1);
  }

  @Test
  void passesOnWhatIsAskedOfTheRun() {
    assertThat(executor.run(List.of(ticket(1, null)))).isEqualTo(Executor.Health.PARTIAL);
    assertThat(executor.runNumber()).isEqualTo(7);
  }

  private static RowsTicket ticket(int rows, @Nullable RunTrace trace) {
    Deadline deadline = Deadline.after(Duration.ofMinutes(1), System.nanoTime());
    Claim claim = new Claim(Endpoint.BATCH, Priority.NORMAL, rows, deadline);
    RowsTicket.Range range = new RowsTicket.Range(new TensorRows(List.of(), rows), 0, rows);
    RowResult[] results = new RowResult[rows];
    return trace == null
        ? new RowsTicket(claim, range, results, null)
        : new TracedTicket(claim, range, results, null, trace);
  }

  /** Always says the same. */
  private record Fixed(@Nullable RuntimeException failure) implements Executor<RowsTicket> {
    Fixed() {
      this(null);
    }

    @Override
    public Health run(List<RowsTicket> batch) {
      if (failure != null) {
        throw failure;
      }
      return Health.PARTIAL;
    }

    @Override
    public long runNumber() {
      return 7;
    }

    @Override
    public void terminate(long runNumber) {}
  }
}
