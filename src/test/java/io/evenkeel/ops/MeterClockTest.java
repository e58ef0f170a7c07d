package io.evenkeel.ops;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MeterClockTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final MeterClock clock = new MeterClock(now::get);

  @Test
  void theTimeOfDayIsThatOfTheLastTick() {
    now.set(Instant.ofEpochMilli(999));
    assertThat(clock.wallTime()).isZero();

    clock.tick();

    assertThat(clock.wallTime()).isEqualTo(999);
  }

  @Test
  void aMaximumIsForgottenWhenItsWindowsHavePassed() {
    MeterRegistry meters = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    Timer timer =
        Timer.builder("runs").distributionStatisticExpiry(Duration.ofMinutes(1)).register(meters);
    timer.record(Duration.ofMillis(7));
    assertThat(timer.max(MILLISECONDS)).isEqualTo(7);

    now.set(Instant.EPOCH.plus(Duration.ofMinutes(3)));
    clock.tick();

    assertThat(timer.max(MILLISECONDS)).isZero();
  }

  @Test
  void metersUseItAndItGoesByItself() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class))
        .withBean(MeterClock.class)
        .run(context -> {
          Clock found = context.getBean(Clock.class);
          assertThat(found).isInstanceOf(MeterClock.class);
          long start = found.wallTime();
          await().until(() -> found.wallTime() > start);
        });
  }
}
