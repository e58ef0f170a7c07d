package io.evenkeel.api;

import io.evenkeel.monitoring.statistics.StatisticsOutcome;
import io.evenkeel.monitoring.statistics.StatisticsWatch;
import io.evenkeel.registry.ModelVersion;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;

/** What may be told of a version's traffic, as JSON values. Thread-safe. */
final class StatisticsDescription {
  private final StatisticsWatch watch;

  StatisticsDescription(StatisticsWatch watch) {
    this.watch = watch;
  }

  /**
   * The present release.
   *
   * @param response is told when to ask again, where the budget is spent
   * @throws RefusedRequest if there is none
   */
  Object of(ModelVersion version, HttpServletResponse response) {
    return switch (watch.release(version)) {
      case StatisticsOutcome.Released(String json) -> JsonMapper.shared().readTree(json);
      case StatisticsOutcome.None(String why) ->
          throw new RefusedRequest(ProblemKind.NO_SUCH_RESOURCE, why);
      case StatisticsOutcome.Spent(Instant renewed) -> {
        long seconds = Math.max(1, Duration.between(Instant.now(), renewed).toSeconds() + 1);
        response.setHeader("Retry-After", Long.toString(seconds));
        throw new RefusedRequest(
            ProblemKind.PRIVACY_BUDGET_SPENT,
            "what releases of " + version + " may cost is spent until " + renewed);
      }
    };
  }
}
