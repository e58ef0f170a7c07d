package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.evenkeel.admission.Deadline;
import io.evenkeel.admission.Endpoint;
import io.evenkeel.admission.Priority;
import io.evenkeel.monitoring.requestlog.RequestLog;
import io.evenkeel.monitoring.requestlog.RequestLogProperties;
import io.evenkeel.serving.Conclusion;
import io.evenkeel.serving.PredictionOutcome;
import io.evenkeel.serving.PredictionService;
import io.evenkeel.serving.Stopwatch;
import io.evenkeel.serving.spi.RequestTraces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Where nobody traces and no line is wanted, a request pays nothing for it. */
class RequestWatchTest {
  private static final int REQUESTS = 50_000;
  private static final int LEAST_ROUNDS = 20;
  private static final int MOST_ROUNDS = 100;

  private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  private @Nullable Object kept;

  /** With compressed pointers and compact headers, as the image and the build run. */
  @Test
  void makesNothingOfARequestLarger() {
    Stopwatch stopwatch = new Stopwatch(0);
    MockHttpServletRequest request = new MockHttpServletRequest();
    MockHttpServletResponse response = new MockHttpServletResponse();
    Deadline deadline = Deadline.after(Duration.ofSeconds(1), 0);
    Exchange exchange = new Exchange(request, response, stopwatch, "an-id");

    assertThat(bytes(() -> new Stopwatch(0))).as("with its six times").isEqualTo(32 + 64);
    assertThat(bytes(() -> new Exchange(request, response, stopwatch, "an-id"))).isEqualTo(32);
    assertThat(
            bytes(() ->
                new PredictionService.Call(
                    deadline, Priority.NORMAL, null, exchange, stopwatch, exchange.trace())))
        .isEqualTo(32);
  }

  private long bytes(Supplier<Object> made) {
    long fewest = Long.MAX_VALUE;
    for (int i = 0; i < 100; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      kept = made.get();
      fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(kept).isNotNull();
    return fewest;
  }

  @Test
  void allocatesNothingWhereNothingIsWanted() {
    RequestLogProperties defaults = new RequestLogProperties(0, 1, 10);
    Exchange exchange =
        new Exchange(
            new MockHttpServletRequest(),
            new MockHttpServletResponse(),
            new Stopwatch(System.nanoTime()),
            "an-id");
    Conclusion conclusion = new Conclusion(PredictionOutcome.Shed.notReady("loading"), null);
    try (RequestLog log = new RequestLog(defaults, new SimpleMeterRegistry())) {
      RequestWatch watch = new RequestWatch(RequestTraces.NONE, log);
      double bytes = Double.MAX_VALUE;
      double nanos = Double.MAX_VALUE;
      for (int round = 0; round < MOST_ROUNDS && (bytes >= 1 || round < LEAST_ROUNDS); round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        for (int i = 0; i < REQUESTS; i++) {
          if (watch.find() == null) {
            watch.concluded(exchange, Endpoint.SINGLE, conclusion);
          }
        }
        nanos = (System.nanoTime() - start) / (double) REQUESTS;
        bytes = (threads.getCurrentThreadAllocatedBytes() - before) / (double) REQUESTS;
      }
      System.out.printf("%.1f ns and %.3f bytes for each request%n", nanos, bytes);
      assertThat(bytes).isLessThan(1);
    }
  }
}
