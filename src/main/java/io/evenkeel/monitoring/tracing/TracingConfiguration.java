package io.evenkeel.monitoring.tracing;

import io.evenkeel.serving.spi.RequestTraces;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Asks once, at the start, whether anybody records. */
@Configuration(proxyBeanMethods = false)
class TracingConfiguration {
  @Bean
  RequestTraces requestTraces() {
    return SpanTraces.ofThisProcess();
  }

  /**
   * What exemplars are made with; none where nobody records. Not a condition: which beans there are
   * is decided when the image is built (docs/decisions/0014), and the agent comes later.
   */
  @Bean
  @Nullable SpanContext spanContext(RequestTraces traces) {
    return traces.arePossible() ? new CurrentSpan() : null;
  }
}
