package io.evenkeel.monitoring.tracing;

import io.evenkeel.serving.spi.RequestTrace;
import io.evenkeel.serving.spi.RequestTraces;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import org.jspecify.annotations.Nullable;

/**
 * Traces below the span that is current on the request's thread, which is the one that the agent
 * makes for Tomcat. Whether that is sampled was decided where the trace began, by the caller if it
 * sent a {@code traceparent}: what isn't sampled there has no trace here. Thread-safe.
 */
final class SpanTraces implements RequestTraces {
  private static final String SCOPE = "io.evenkeel";

  private final Tracer tracer;

  SpanTraces(OpenTelemetry telemetry) {
    this.tracer = telemetry.getTracer(SCOPE);
  }

  /** Those of the agent, if this process was started with one. */
  static RequestTraces ofThisProcess() {
    return GlobalOpenTelemetry.isSet()
        ? new SpanTraces(GlobalOpenTelemetry.get())
        : RequestTraces.NONE;
  }

  @Override
  public boolean arePossible() {
    return true;
  }

  @Override
  public @Nullable RequestTrace find() {
    Span server = Span.current();
    return server.getSpanContext().isSampled() ? new SpanTrace(tracer, server) : null;
  }
}
