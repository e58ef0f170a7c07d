package io.evenkeel.monitoring.requestlog;

import io.evenkeel.serving.spi.RequestSummary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What is said of one request. Names are those of the Elastic Common Schema where it has them;
 * {@code requestId} is what the other lines about the same request have. Immutable.
 *
 * @param traceId null where it isn't traced
 * @param leftOut how many failures had no line since the last one that had
 */
record RequestLine(RequestSummary summary, @Nullable String traceId, long leftOut) {
  /** Named apart from classes: operators switch it. */
  static final String LOGGER = "evenkeel.request-log";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

  void write() {
    LoggingEventBuilder line = LOG.atInfo();
    line = line.addKeyValue("requestId", summary.requestId());
    line = line.addKeyValue("evenkeel.id", summary.id());
    line = withIfThere(line, "trace.id", traceId);
    line = withIfThere(line, "evenkeel.endpoint", summary.endpoint());
    line = withRoute(line, summary.route());
    line = withEnding(line, summary.ending());
    withCounts(line, summary.counts()).log("Request {}", summary.ending().outcome());
  }

  private static LoggingEventBuilder withRoute(
      LoggingEventBuilder line, RequestSummary.@Nullable Route route) {
    if (route == null) {
      return line;
    }
    LoggingEventBuilder longer =
        line.addKeyValue("evenkeel.model", route.model())
            .addKeyValue("evenkeel.version", route.version())
            .addKeyValue("evenkeel.route.role", route.role())
            .addKeyValue("evenkeel.route.revision", route.revision());
    return withIfThere(longer, "evenkeel.answeredBy", route.answeredBy());
  }

  private LoggingEventBuilder withEnding(LoggingEventBuilder line, RequestSummary.Ending ending) {
    LoggingEventBuilder longer =
        line.addKeyValue("event.outcome", ending.isFailure() ? "failure" : "success")
            .addKeyValue("event.duration", ending.nanos())
            .addKeyValue("http.response.status_code", ending.status())
            .addKeyValue("evenkeel.outcome", ending.outcome());
    longer = withIfThere(longer, "evenkeel.reason", ending.reason());
    longer = longer.addKeyValue("evenkeel.degraded", ending.degraded() != null);
    longer = withIfThere(longer, "evenkeel.degradation", ending.degraded());
    return leftOut == 0 ? longer : longer.addKeyValue("evenkeel.leftOut", leftOut);
  }

  private static LoggingEventBuilder withCounts(
      LoggingEventBuilder line, RequestSummary.Counts counts) {
    LoggingEventBuilder longer =
        line.addKeyValue("evenkeel.rows", counts.rows())
            .addKeyValue("evenkeel.violations", counts.violations())
            .addKeyValue("evenkeel.warnings", counts.warnings());
    for (RequestSummary.StepTime time : counts.steps()) {
      longer = longer.addKeyValue("evenkeel.steps." + time.step(), time.nanos());
    }
    return longer;
  }

  private static LoggingEventBuilder withIfThere(
      LoggingEventBuilder line, String key, @Nullable String value) {
    return value == null ? line : line.addKeyValue(key, value);
  }
}
