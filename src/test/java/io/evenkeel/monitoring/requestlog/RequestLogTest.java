package io.evenkeel.monitoring.requestlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.evenkeel.BoundSettings;
import io.evenkeel.serving.spi.RequestSummary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class RequestLogTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Logger logger = (Logger) LoggerFactory.getLogger(RequestLine.LOGGER);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
  }

  private static RequestSummary summary(String requestId, int status) {
    return new RequestSummary(
        "an-answer",
        requestId,
        "batch",
        new RequestSummary.Route("m", "2", "2", "stable", 7),
        new RequestSummary.Ending(
            status == 200 ? "served" : "shed",
            status == 200 ? null : "queue-full",
            null,
            status,
            5_000),
        new RequestSummary.Counts(12, 1, 2, List.of(new RequestSummary.StepTime("run", 3_000))));
  }

  private RequestLog log(double rate, double failureRate, int perSecond) {
    return new RequestLog(new RequestLogProperties(rate, failureRate, perSecond), meters);
  }

  private static Map<String, Object> pairs(ILoggingEvent line) {
    return line.getKeyValuePairs().stream()
        .collect(
            Collectors.toMap((KeyValuePair pair) -> pair.key, (KeyValuePair pair) -> pair.value));
  }

  @Test
  void saysAllThatMayBeToldOfARequest() {
    try (RequestLog log = log(1, 1, 10)) {
      log.add(summary("a-request", 200), "0af7651916cd43dd8448eb211c80319c");
    }
    assertThat(lines.list).hasSize(1);
    assertThat(pairs(lines.list.getFirst()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("requestId", "a-request"),
                Map.entry("evenkeel.id", "an-answer"),
                Map.entry("trace.id", "0af7651916cd43dd8448eb211c80319c"),
                Map.entry("evenkeel.endpoint", "batch"),
                Map.entry("evenkeel.model", "m"),
                Map.entry("evenkeel.version", "2"),
                Map.entry("evenkeel.answeredBy", "2"),
                Map.entry("evenkeel.route.role", "stable"),
                Map.entry("evenkeel.route.revision", 7L),
                Map.entry("event.outcome", "success"),
                Map.entry("event.duration", 5_000L),
                Map.entry("http.response.status_code", 200),
                Map.entry("evenkeel.outcome", "served"),
                Map.entry("evenkeel.degraded", false),
                Map.entry("evenkeel.rows", 12),
                Map.entry("evenkeel.violations", 1),
                Map.entry("evenkeel.warnings", 2),
                Map.entry("evenkeel.steps.run", 3_000L)));
  }

  @Test
  void choosesByTheIdAlone() {
    try (RequestLog log = log(0.25, 0, 10)) {
      List<String> ids = IntStream.range(0, 20_000).mapToObj(i -> "request-" + i).toList();
      List<String> chosen = ids.stream().filter(id -> log.wants(id, 200)).toList();
      assertThat(chosen.size() / 20_000.0).isCloseTo(0.25, within(0.012));
      assertThat(ids.stream().filter(id -> log.wants(id, 200)).toList()).isEqualTo(chosen);
      assertThat(chosen)
          .as("a larger share holds the smaller one")
          .allMatch(new Sample(0.3)::holds);
    }
  }

  @Test
  void saysNothingOfServedRequestsByDefaultAndAllOfFailures() {
    RequestLogProperties defaults = BoundSettings.defaults(RequestLogProperties.class);
    try (RequestLog log = new RequestLog(defaults, meters)) {
      assertThat(log.wants("a", 200)).isFalse();
      assertThat(log.wants("a", 422)).isFalse();
      assertThat(log.wants("a", 503)).isTrue();
    }
  }

  @Test
  void boundsFailuresInEachSecondAndSaysHowManyItLeftOut() {
    try (RequestLog log = log(0, 1, 3)) {
      assertThat(IntStream.range(0, 10).filter(i -> log.wants("id", 503, i)).count()).isEqualTo(3);
      assertThat(log.wants("id", 503, 1_000_000_000)).isTrue();
      log.add(summary("served", 200), null);
      log.add(summary("later", 503), null);
      log.add(summary("last", 503), null);
    }
    assertThat(lines.list)
        .extracting(line -> pairs(line).get("evenkeel.leftOut"))
        .containsExactly(null, 7L, null);
    assertThat(pairs(lines.list.get(1))).containsEntry("event.outcome", "failure");
  }

  @Test
  void countsSecondsApart() {
    PerSecond perSecond = new PerSecond(2);
    long second = 1_000_000_000;
    assertThat(IntStream.range(0, 5).filter(i -> perSecond.tryTake(7 * second + i)).count())
        .isEqualTo(2);
    assertThat(perSecond.tryTake(8 * second)).isTrue();
    assertThat(perSecond.tryTake(-3 * second)).as("nanoTime may be negative").isTrue();
    assertThat(new PerSecond(0).tryTake(second)).isFalse();
  }

  @Test
  void dropsAndCountsWhatTheWriterCannotKeepUpWith() {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    lines.stop();
    ListAppender<ILoggingEvent> slow =
        new ListAppender<>() {
          @Override
          protected void append(ILoggingEvent event) {
            busy.countDown();
            boolean interrupted = false;
            while (true) {
              try {
                goOn.await();
                break;
              } catch (InterruptedException e) {
                interrupted = true;
              }
            }
            if (interrupted) {
              Thread.currentThread().interrupt();
            }
          }
        };
    slow.start();
    logger.addAppender(slow);
    try (RequestLog log = log(1, 1, 10)) {
      log.add(summary("first", 200), null);
      busy.await();
      IntStream.range(0, 1030).forEach(i -> log.add(summary("id-" + i, 200), null));
      assertThat(meters.counter("evenkeel.observer.dropped", "observer", "request-log").count())
          .isEqualTo(1030 - 1024);
      goOn.countDown();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      goOn.countDown();
      logger.detachAppender(slow);
    }
  }

  @Test
  void takesEachKey() {
    assertThat(
            BoundSettings.allSet(
                RequestLogProperties.class,
                Map.of("rate", "0.5", "failure-rate", "0.1", "max-failures-per-second", "3")))
        .isEqualTo(new RequestLogProperties(0.5, 0.1, 3));
  }

  @Test
  void refusesSharesThatAreNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RequestLogProperties(1.5, 1, 1))
        .withMessage("evenkeel.request-log.rate is 1.5; it must be from 0 to 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RequestLogProperties(0, Double.NaN, 1))
        .withMessageContaining("failure-rate");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RequestLogProperties(0, 1, -1))
        .withMessageContaining("at least 0");
  }
}
