package io.evenkeel.api;

import io.evenkeel.admission.Endpoint;
import io.evenkeel.explain.ExplainConclusion;
import io.evenkeel.explain.ExplainOutcome;
import io.evenkeel.explain.Explanation;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.routing.Routing;
import io.evenkeel.serving.Conclusion;
import io.evenkeel.serving.Degraded;
import io.evenkeel.serving.PredictionOutcome;
import io.evenkeel.serving.Step;
import io.evenkeel.serving.Stopwatch;
import io.evenkeel.serving.spi.RequestSummary;
import io.evenkeel.serving.spi.RequestSummary.Counts;
import io.evenkeel.serving.spi.RequestSummary.Ending;
import io.evenkeel.serving.spi.RequestSummary.Route;
import io.evenkeel.serving.spi.RequestSummary.StepTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns what a request has come to into what may be told of it. */
final class Summaries {
  private Summaries() {}

  /** Of a request that was walked with. */
  static RequestSummary of(Exchange exchange, Endpoint endpoint, Conclusion conclusion) {
    return of(exchange, endpoint, conclusion, steps(exchange.stopwatch()));
  }

  /** The same without the times of its steps, before it is answered. */
  static RequestSummary brief(Exchange exchange, Endpoint endpoint, Conclusion conclusion) {
    return of(exchange, endpoint, conclusion, List.of());
  }

  /** Of a request to explain a prediction, before it is answered. */
  static RequestSummary brief(Exchange exchange, ExplainConclusion conclusion) {
    Routing.Routed routed = conclusion.to();
    ExplainOutcome outcome = conclusion.outcome();
    Ending ending =
        new Ending(
            outcome.label(),
            reason(outcome),
            null,
            exchange.response().getStatus(),
            exchange.stopwatch().totalNanos());
    int violations =
        outcome instanceof ExplainOutcome.Unanswered(PredictionOutcome found)
            ? violations(found)
            : 0;
    return new RequestSummary(
        exchange.id(),
        exchange.requestId(),
        null,
        routed == null ? null : route(routed, answeredBy(outcome)),
        ending,
        new Counts(conclusion.row() == null ? 0 : 1, violations, 0, List.of()));
  }

  private static @Nullable String answeredBy(ExplainOutcome outcome) {
    return outcome instanceof ExplainOutcome.Explained(Explanation explanation)
        ? explanation.version().version()
        : null;
  }

  private static @Nullable String reason(ExplainOutcome outcome) {
    return switch (outcome) {
      case ExplainOutcome.Explained ignored -> null;
      case ExplainOutcome.Unanswered(PredictionOutcome ending) -> reason(ending);
      case ExplainOutcome.Withheld ignored -> ProblemKind.EXPLANATION_WITHHELD.slug();
      case ExplainOutcome.Baseless ignored -> ProblemKind.CONFLICT.slug();
    };
  }

  private static RequestSummary of(
      Exchange exchange, Endpoint endpoint, Conclusion conclusion, List<StepTime> steps) {
    PredictionOutcome outcome = conclusion.outcome();
    Degraded degraded = degraded(outcome);
    Ending ending =
        new Ending(
            outcome.label(),
            degraded == null ? reason(outcome) : degraded.reason(),
            degraded == null ? null : degraded.mode().word(),
            exchange.response().getStatus(),
            exchange.stopwatch().totalNanos());
    return new RequestSummary(
        exchange.id(),
        exchange.requestId(),
        endpoint.label(),
        route(conclusion),
        ending,
        new Counts(conclusion.rows(), violations(outcome), warnings(outcome), steps));
  }

  /** Of one that ended before, or by a defect. */
  static RequestSummary of(Exchange exchange, String outcome, ProblemKind kind) {
    Ending ending =
        new Ending(
            outcome,
            kind.slug(),
            null,
            exchange.response().getStatus(),
            exchange.stopwatch().totalNanos());
    return new RequestSummary(
        exchange.id(),
        exchange.requestId(),
        null,
        null,
        ending,
        new Counts(0, 0, 0, steps(exchange.stopwatch())));
  }

  private static @Nullable Route route(Conclusion conclusion) {
    Routing.Routed routed = conclusion.routed();
    return routed == null ? null : route(routed, answeredBy(conclusion.outcome()));
  }

  private static Route route(Routing.Routed routed, @Nullable String answeredBy) {
    ModelVersion asked = routed.version();
    return new Route(
        asked.model(),
        asked.version(),
        answeredBy,
        routed.role().name().toLowerCase(Locale.ROOT),
        routed.revision());
  }

  private static @Nullable String answeredBy(PredictionOutcome outcome) {
    return switch (outcome) {
      case PredictionOutcome.Served served -> served.version().version();
      case PredictionOutcome.ServedBatch served -> served.version().version();
      default -> null;
    };
  }

  private static @Nullable String reason(PredictionOutcome outcome) {
    return switch (outcome) {
      case PredictionOutcome.Missed missed -> missed.reason();
      case PredictionOutcome.Invalid ignored -> ProblemKind.CONTRACT_VIOLATION.slug();
      case PredictionOutcome.Unroutable unroutable ->
          Answers.absent(unroutable.absent()).kind().slug();
      case PredictionOutcome.Unrecorded ignored -> ProblemKind.AUDIT_UNAVAILABLE.slug();
      default -> null;
    };
  }

  /** Of a batch, how the first of its answers is that is degraded. */
  private static @Nullable Degraded degraded(PredictionOutcome outcome) {
    return switch (outcome) {
      case PredictionOutcome.Served served -> served.degraded();
      case PredictionOutcome.ServedBatch served ->
          served.degraded() != null
              ? served.degraded()
              : served.items().stream()
                  .map(item ->
                      item instanceof PredictionOutcome.Item.Answered answered
                          ? answered.degraded()
                          : null)
                  .filter(found -> found != null)
                  .findFirst()
                  .orElse(null);
      default -> null;
    };
  }

  private static int violations(PredictionOutcome outcome) {
    return switch (outcome) {
      case PredictionOutcome.Invalid invalid -> invalid.violations().size() + invalid.omitted();
      case PredictionOutcome.ServedBatch served ->
          served.items().stream()
              .mapToInt(item ->
                  item instanceof PredictionOutcome.Item.Refused refused
                      ? refused.violations().size() + refused.omitted()
                      : 0)
              .sum();
      default -> 0;
    };
  }

  private static int warnings(PredictionOutcome outcome) {
    return switch (outcome) {
      case PredictionOutcome.Served served -> served.warnings().size();
      case PredictionOutcome.ServedBatch served ->
          served.warnings().size()
              + served.items().stream()
                  .mapToInt(item ->
                      item instanceof PredictionOutcome.Item.Answered answered
                          ? answered.warnings().size()
                          : 0)
                  .sum();
      default -> 0;
    };
  }

  private static List<StepTime> steps(Stopwatch stopwatch) {
    return Arrays.stream(Step.values())
        .filter(step -> stopwatch.nanos(step) > 0)
        .map(step -> new StepTime(step.label(), stopwatch.nanos(step)))
        .toList();
  }
}
