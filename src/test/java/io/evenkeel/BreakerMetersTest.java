package io.evenkeel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.EventProcessor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BreakerMetersTest {
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final CircuitBreakerRegistry breakers =
      CircuitBreakerRegistry.of(
          CircuitBreakerConfig.custom().slidingWindowSize(4).minimumNumberOfCalls(4).build(),
          new BreakerMeters(meters));

  private final CircuitBreaker breaker = breakers.circuitBreaker("m-1");

  @Test
  void tellsTheStateAndTheLastCalls() {
    assertThat(state("closed")).isOne();
    assertThat(gauge("failure.rate", Tags.empty())).isEqualTo(-1);

    breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    for (int i = 0; i < 3; i++) {
      breaker.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException());
    }

    assertThat(state("closed")).isZero();
    assertThat(state("open")).isOne();
    assertThat(gauge("failure.rate", Tags.empty())).isEqualTo(75);
    assertThat(gauge("buffered.calls", Tags.of("kind", "successful"))).isEqualTo(1);
    assertThat(gauge("buffered.calls", Tags.of("kind", "failed"))).isEqualTo(3);
  }

  @Test
  void listensToNoCall() {
    assertThat(((EventProcessor<?>) breaker.getEventPublisher()).hasConsumers()).isFalse();
  }

  @Test
  void forgetsABreakerThatIsGone() {
    breakers.remove("m-1");

    assertThat(meters.getMeters()).isEmpty();
  }

  @Test
  void tellsOfTheOneThatHasTakenTheOthersPlace() {
    CircuitBreaker other = CircuitBreaker.ofDefaults("m-1");
    breakers.replace("m-1", other);
    other.transitionToForcedOpenState();

    assertThat(state("forced_open")).isOne();
  }

  private double state(String state) {
    return gauge("state", Tags.of("state", state));
  }

  private double gauge(String name, Tags tags) {
    return meters
        .get("resilience4j.circuitbreaker." + name)
        .tags(tags.and("name", "m-1"))
        .gauge()
        .value();
  }
}
