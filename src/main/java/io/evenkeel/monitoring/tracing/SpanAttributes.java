package io.evenkeel.monitoring.tracing;

import io.evenkeel.serving.spi.RequestSummary;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;

/**
 * The attributes of our spans. What the conventions of HTTP have is the agent's own: method, route,
 * status, {@code error.type}. The ones of generative AI are about tokens and prompts, and there are
 * none for other models; so ours begin with {@code evenkeel}.
 */
final class SpanAttributes {
  static final AttributeKey<Long> RUN_REQUESTS = AttributeKey.longKey("evenkeel.run.requests");
  static final AttributeKey<Long> RUN_ROWS = AttributeKey.longKey("evenkeel.run.rows");

  /** In seconds. */
  static final AttributeKey<Double> WAITED_FOR_THREAD =
      AttributeKey.doubleKey("evenkeel.arrival.wait");

  private SpanAttributes() {}

  /** Says on the server span what became of the request. */
  static void describe(Span server, RequestSummary summary) {
    server.setAttribute("evenkeel.id", summary.id());
    server.setAttribute("evenkeel.request.id", summary.requestId());
    if (summary.endpoint() != null) {
      server.setAttribute("evenkeel.endpoint", summary.endpoint());
    }
    RequestSummary.Route route = summary.route();
    if (route != null) {
      server.setAttribute("evenkeel.model", route.model());
      server.setAttribute("evenkeel.version", route.version());
      server.setAttribute("evenkeel.route.role", route.role());
      server.setAttribute("evenkeel.route.revision", route.revision());
      if (route.answeredBy() != null) {
        server.setAttribute("evenkeel.answered_by", route.answeredBy());
      }
    }
    describe(server, summary.ending());
    server.setAttribute("evenkeel.rows", summary.counts().rows());
    server.setAttribute("evenkeel.violations", summary.counts().violations());
    server.setAttribute("evenkeel.warnings", summary.counts().warnings());
  }

  private static void describe(Span server, RequestSummary.Ending ending) {
    server.setAttribute("evenkeel.outcome", ending.outcome());
    if (ending.reason() != null) {
      server.setAttribute("evenkeel.reason", ending.reason());
    }
    if (ending.degraded() != null) {
      server.setAttribute("evenkeel.degraded", ending.degraded());
    }
  }
}
