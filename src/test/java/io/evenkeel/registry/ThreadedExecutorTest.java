package io.evenkeel.registry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.admission.Executor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ThreadedExecutorTest {
  private final Recording recording = new Recording();
  private final ThreadedExecutor executor = new ThreadedExecutor("run-test", recording);

  @Test
  void runsOnAPlatformThreadOfItsOwn() {
    assertThat(executor.run(List.of())).isEqualTo(Executor.Health.PARTIAL);
    Thread thread = requireNonNull(recording.thread);
    assertThat(thread).isNotEqualTo(Thread.currentThread());
    assertThat(thread.isVirtual()).isFalse();
    assertThat(thread.getName()).isEqualTo("run-test");
  }

  @Test
  void throwsWhatTheRunThrows() {
    recording.failure = new IllegalStateException("broken");
    assertThatThrownBy(() -> executor.run(List.of())).hasRootCause(recording.failure);
  }

  @Test
  void keepsAnInterruptForLater() {
    Thread.currentThread().interrupt();
    assertThat(executor.run(List.of())).isEqualTo(Executor.Health.PARTIAL);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void passesOnWhichRunIsToEnd() {
    assertThat(executor.runNumber()).isEqualTo(7);
    executor.terminate(7);
    assertThat(recording.terminated).isEqualTo(7);
  }

  private static final class Recording implements Executor<RowsTicket> {
    private volatile @Nullable Thread thread;
    private volatile @Nullable RuntimeException failure;
    private long terminated;

    @Override
    public Health run(List<RowsTicket> batch) {
      thread = Thread.currentThread();
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
    public void terminate(long runNumber) {
      terminated = runNumber;
    }
  }
}
