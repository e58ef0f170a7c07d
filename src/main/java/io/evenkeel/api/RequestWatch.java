package io.evenkeel.api;

import io.evenkeel.admission.Endpoint;
import io.evenkeel.monitoring.requestlog.RequestLog;
import io.evenkeel.serving.Conclusion;
import io.evenkeel.serving.spi.RequestSummary;
import io.evenkeel.serving.spi.RequestTrace;
import io.evenkeel.serving.spi.RequestTraces;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of single requests: traces, and lines in the log. Where nobody wants either, a
 * request costs nothing but the question. Thread-safe.
 */
final class RequestWatch {
  private final RequestTraces traces;
  private final RequestLog log;

  RequestWatch(RequestTraces traces, RequestLog log) {
    this.traces = traces;
    this.log = log;
  }

  /** The trace of the request on this thread; null where it isn't recorded. */
  @Nullable RequestTrace find() {
    return traces.find();
  }

  /** A request for predictions has its answer. */
  void concluded(Exchange exchange, Endpoint endpoint, Conclusion conclusion) {
    boolean wanted = isWanted(exchange);
    if (wanted || exchange.trace() != null) {
      keep(exchange, Summaries.of(exchange, endpoint, conclusion), wanted);
    }
  }

  /**
   * A request has been refused before it was walked with, or has failed because of a defect.
   *
   * @param outcome {@code refused} or {@code defect}
   */
  void ended(Exchange exchange, String outcome, ProblemKind kind) {
    boolean wanted = isWanted(exchange);
    if (wanted || exchange.trace() != null) {
      keep(exchange, Summaries.of(exchange, outcome, kind), wanted);
    }
  }

  private boolean isWanted(Exchange exchange) {
    return log.wants(exchange.requestId(), exchange.response().getStatus());
  }

  private void keep(Exchange exchange, RequestSummary summary, boolean wanted) {
    RequestTrace trace = exchange.trace();
    if (trace != null) {
      trace.end(summary, exchange.stopwatch().laps());
    }
    if (wanted) {
      log.add(summary, trace == null ? null : trace.id());
    }
  }
}
