package io.evenkeel.ops;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Where each request enters and leaves the server; it can be held shut for a moment. Requests that
 * arrive meanwhile wait and then go on. Thread-safe.
 *
 * <p>Held shut while the port closes: a caller who gets an answer connects again at once, and
 * whoever connects between the last look at the kernel's queue and the closing is reset. A caller
 * who waits for an answer doesn't connect.
 */
@Component
final class RequestGate extends ValveBase
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  /** Whatever becomes of the one who holds the gate, no request waits longer than this. */
  private static final Duration LONGEST_HOLD = Duration.ofMillis(500);

  private final LongAdder entered = new LongAdder();
  private final LongAdder left = new LongAdder();
  private volatile @Nullable CountDownLatch opening;

  RequestGate() {
    super(true);
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addEngineValves(this);
    factory.setProtocol(PatientProtocol.class.getName());
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    entered.increment();
    try {
      CountDownLatch shut = opening;
      if (shut != null) {
        awaitOpening(shut);
      }
      getNext().invoke(request, response);
    } finally {
      left.increment();
    }
  }

  private static void awaitOpening(CountDownLatch shut) {
    try {
      boolean ignored = shut.await(LONGEST_HOLD.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Holds back whoever arrives from now on, until {@link #open}. */
  void hold() {
    opening = new CountDownLatch(1);
  }

  void open() {
    CountDownLatch shut = opening;
    opening = null;
    if (shut != null) {
      shut.countDown();
    }
  }

  /** Requests that have arrived since the start. */
  long arrivals() {
    return entered.sum();
  }

  /** Whether a request is on its way through the server. */
  boolean isBusy() {
    // In this order: a request that enters in between makes the server look busy, never idle.
    long gone = left.sum();
    return entered.sum() > gone;
  }
}
