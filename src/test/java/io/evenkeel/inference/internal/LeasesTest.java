package io.evenkeel.inference.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class LeasesTest {
  private final AtomicInteger freed = new AtomicInteger();
  private final Leases leases = new Leases(freed::incrementAndGet);

  @Test
  void freesAtOnceWhenNobodyUsesIt() {
    leases.close();
    leases.close();
    assertThat(freed).hasValue(1);
    assertThat(leases.tryAcquire()).isFalse();
  }

  @Test
  void freesWhenTheLastUserLeaves() {
    assertThat(leases.tryAcquire()).isTrue();
    assertThat(leases.tryAcquire()).isTrue();
    leases.release();
    leases.close();
    assertThat(leases.tryAcquire()).isFalse();
    assertThat(freed).hasValue(0);
    leases.release();
    leases.close();
    assertThat(freed).hasValue(1);
  }

  @Test
  void letsUsersWorkOnWhileItIsClosing() {
    assertThat(leases.tryAcquire()).isTrue();
    leases.close();
    assertThat(leases.tryJoin()).isTrue();
    leases.release();
    assertThat(freed).hasValue(0);
    leases.release();
    assertThat(freed).hasValue(1);
    assertThat(leases.tryJoin()).isFalse();
  }

  @Test
  void staysInUseBetweenUsers() {
    assertThat(leases.tryAcquire()).isTrue();
    leases.release();
    assertThat(freed).hasValue(0);
    assertThat(leases.tryAcquire()).isTrue();
  }

  @RepeatedTest(50)
  void neverFreesUnderAUserAndFreesExactlyOnce() throws Exception {
    AtomicBoolean usedWhenFree = new AtomicBoolean();
    CountDownLatch running = new CountDownLatch(3);
    try (ExecutorService users = Executors.newFixedThreadPool(3)) {
      for (int i = 0; i < 3; i++) {
        users.execute(() -> {
          running.countDown();
          while (leases.tryAcquire()) {
            if (freed.get() != 0) {
              usedWhenFree.set(true);
            }
            leases.release();
          }
        });
      }
      running.await();
      leases.close();
    }
    assertThat(usedWhenFree).isFalse();
    assertThat(freed).hasValue(1);
  }
}
