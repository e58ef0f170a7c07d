package io.evenkeel.explain;

import io.evenkeel.contract.Row;
import io.evenkeel.contract.Violation;
import io.evenkeel.explain.ExplainOutcome.Baseless;
import io.evenkeel.explain.ExplainOutcome.Unanswered;
import io.evenkeel.explain.ExplainOutcome.Withheld;
import io.evenkeel.routing.Router;
import io.evenkeel.routing.Routing;
import io.evenkeel.routing.Target;
import io.evenkeel.serving.LeasedRoutes;
import io.evenkeel.serving.PredictionOutcome;
import io.evenkeel.serving.PredictionRequest;
import io.evenkeel.serving.PredictionService;
import io.evenkeel.serving.RequestBody;
import io.evenkeel.serving.RequestValidation;
import io.evenkeel.serving.Step;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;

/**
 * The walk of a request to explain a prediction: route, read, validate, and then many runs of rows
 * between the baseline and the one that was sent. No observer is told, because none of those rows
 * is traffic. Thread-safe.
 */
public final class ExplainService {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5)
  };

  private final LeasedRoutes routes;
  private final RequestValidation validation;
  private final Bases bases;
  private final MeterRegistry meters;

  public ExplainService(
      Router router, RequestValidation validation, Bases bases, MeterRegistry meters) {
    this.routes = new LeasedRoutes(router);
    this.validation = validation;
    this.bases = bases;
    this.meters = meters;
  }

  /**
   * Explains the prediction for one instance, within the call's deadline. What breaks while the
   * body is read is thrown by the body.
   */
  public ExplainConclusion explain(
      Target target, RequestBody<ExplainRequest> body, PredictionService.Call call) {
    ExplainConclusion conclusion = walk(target, body, call);
    count(conclusion.outcome(), call);
    return conclusion;
  }

  private ExplainConclusion walk(
      Target target, RequestBody<ExplainRequest> body, PredictionService.Call call) {
    return routes.with(
        target,
        call.requester(),
        routed -> explain(routed, body, call),
        ending -> new ExplainConclusion(new Unanswered(ending), null, null));
  }

  private ExplainConclusion explain(
      Routing.Routed to, RequestBody<ExplainRequest> body, PredictionService.Call call) {
    if (!to.servable().contract().disclosure().explains()) {
      return new ExplainConclusion(new Withheld(to.version()), to, null);
    }
    ExplainRequest request = body.read(to.servable().reader());
    call.stopwatch().lap(Step.PARSE);
    PredictionRequest prediction = request.prediction();
    List<Violation> violations = validation.violations(prediction);
    call.stopwatch().lap(Step.VALIDATE);
    Row row = prediction.instance();
    ExplainOutcome outcome;
    if (row == null || !violations.isEmpty()) {
      int omitted = row == null ? 0 : row.omittedViolations();
      outcome = new Unanswered(new PredictionOutcome.Invalid(to.version(), violations, omitted));
    } else {
      outcome =
          switch (bases.of(to.version(), to.servable())) {
            case Basis.Lacking lacking -> new Baseless(to.version(), lacking.why());
            case Basis.Known known -> new Explaining(to, known, request, call).of(row);
          };
    }
    return new ExplainConclusion(outcome, to, row);
  }

  private void count(ExplainOutcome outcome, PredictionService.Call call) {
    String model = outcome.asked() == null ? "" : outcome.asked().model();
    String version = outcome.asked() == null ? "" : outcome.asked().version();
    Timer.builder("evenkeel.explain")
        .description("Time to explain a prediction, up to the writing of the answer")
        .tags("model", model, "version", version, "outcome", outcome.label())
        .serviceLevelObjectives(BUCKETS)
        .register(meters)
        .record(Duration.ofNanos(System.nanoTime() - call.stopwatch().startNanos()));
  }
}
