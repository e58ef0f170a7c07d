package io.evenkeel.serving;

import io.evenkeel.admission.Client;
import io.evenkeel.admission.Deadline;
import io.evenkeel.admission.Endpoint;
import io.evenkeel.admission.Priority;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.Violation;
import io.evenkeel.contract.Warning;
import io.evenkeel.registry.RunTrace;
import io.evenkeel.routing.Requester;
import io.evenkeel.routing.Router;
import io.evenkeel.routing.Routing;
import io.evenkeel.routing.Target;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The walk of a prediction: route, read, validate, and then through the version, which means
 * preprocess, enter the lane, run. Each step takes what the last one returned, and each refusal
 * ends the walk; where the version has no answer, its contract may allow another one. Thread-safe;
 * nothing of a request stays behind but answers in the caches that contracts ask for.
 */
public final class PredictionService {
  private final LeasedRoutes routes;
  private final RequestValidation validation;
  private final VersionWalk walk;
  private final Degrader degrader;
  private final Observers observers;

  public PredictionService(
      Router router, RequestValidation validation, AnswerCaches caches, Observers observers) {
    this.routes = new LeasedRoutes(router);
    this.validation = validation;
    this.walk = new VersionWalk(caches);
    this.degrader = new Degrader(router, walk, caches);
    this.observers = observers;
  }

  private PredictionService(PredictionService other, Observers observers) {
    this.routes = other.routes;
    this.validation = other.validation;
    this.walk = other.walk;
    this.degrader = other.degrader;
    this.observers = observers;
  }

  /** The same walk where nobody watches: for requests that are no traffic. */
  public PredictionService unobserved() {
    return new PredictionService(this, Observers.NONE);
  }

  /**
   * Walks with one instance. What breaks while the body is read is thrown by the body. Whoever has
   * sent the outcome calls {@link #conclude}.
   */
  public Conclusion predict(Target target, RequestBody<PredictionRequest> body, Call call) {
    return withVersion(target, call, to -> predict(to, body, call));
  }

  /** The same to a version that is chosen already, and needn't be ready yet. */
  public Conclusion predict(Routing.Routed to, RequestBody<PredictionRequest> body, Call call) {
    PredictionRequest request = body.read(to.servable().reader());
    call.stopwatch().lap(Step.PARSE);
    PredictionOutcome outcome = predict(to, request, call);
    Row row = request.instance();
    return row == null
        ? Conclusion.unseen(told(outcome, to.warning()))
        : concluded(to, Endpoint.SINGLE, List.of(row), outcome, call);
  }

  private static Conclusion concluded(
      Routing.Routed to, Endpoint endpoint, List<Row> rows, PredictionOutcome outcome, Call call) {
    return new Conclusion(
        told(outcome, to.warning()), new Conclusion.Seen(to, endpoint, rows, call.requester()));
  }

  /** Tells the observers of a request whose answer has been sent. */
  public void conclude(Conclusion conclusion, Stopwatch stopwatch) {
    observers.observe(conclusion, stopwatch);
  }

  private PredictionOutcome predict(Routing.Routed to, PredictionRequest request, Call call) {
    List<Violation> violations = request.isSound() ? List.of() : validation.violations(request);
    call.stopwatch().lap(Step.VALIDATE);
    Row row = request.instance();
    if (row == null || !violations.isEmpty()) {
      return new PredictionOutcome.Invalid(
          to.version(), violations, row == null ? 0 : row.omittedViolations());
    }
    return degrader.one(walk.one(to, row, call), to, row, call);
  }

  /**
   * Walks with a batch: instances that break the contract are left out of the run and say so in
   * their place.
   */
  public Conclusion predictBatch(
      Target target, RequestBody<BatchRequest> body, BatchMode mode, Call call) {
    return withVersion(target, call, to -> predictBatch(to, body, new BatchCall(mode, call)));
  }

  /** How a batch is to be treated, and what its caller hands in. */
  public record BatchCall(BatchMode mode, Call call) {}

  /** The same to a version that is chosen already, and needn't be ready yet. */
  public Conclusion predictBatch(
      Routing.Routed to, RequestBody<BatchRequest> body, BatchCall batch) {
    Call call = batch.call();
    BatchRequest request = body.read(to.servable().reader());
    call.stopwatch().lap(Step.PARSE);
    PredictionOutcome outcome = predictBatch(to, request, batch);
    List<Row> rows = request.instances();
    return rows == null
        ? Conclusion.unseen(told(outcome, to.warning()))
        : concluded(to, Endpoint.BATCH, rows, outcome, call);
  }

  private PredictionOutcome predictBatch(Routing.Routed to, BatchRequest request, BatchCall batch) {
    Call call = batch.call();
    List<Violation> violations = validation.violations(request);
    call.stopwatch().lap(Step.VALIDATE);
    List<Row> rows = request.instances();
    if (rows == null || !violations.isEmpty()) {
      return new PredictionOutcome.Invalid(to.version(), violations, 0);
    }
    if (batch.mode() == BatchMode.ALL_OR_NOTHING && !rows.stream().allMatch(Row::isValid)) {
      return new BatchFindings(rows).asInvalid(to.version());
    }
    return degrader.many(walk.many(to, rows, call), to, rows, call);
  }

  private Conclusion withVersion(
      Target target, Call call, Function<Routing.Routed, Conclusion> steps) {
    return routes.with(target, call.requester(), steps, Conclusion::unseen);
  }

  private static PredictionOutcome told(PredictionOutcome ending, @Nullable Warning warning) {
    return warning == null ? ending : ending.with(warning);
  }

  /**
   * What a caller hands in beside the body.
   *
   * @param deadline until when the answer is wanted
   * @param priority how much it matters
   * @param client who is to be answered; null where nobody can be asked
   * @param requester who it is, as far as it matters for the route
   * @param stopwatch for the steps
   * @param trace where its runs are noted; null where it isn't traced
   */
  public record Call(
      Deadline deadline,
      Priority priority,
      @Nullable Client client,
      Requester requester,
      Stopwatch stopwatch,
      @Nullable RunTrace trace) {
    public Call {
      Objects.requireNonNull(deadline);
      Objects.requireNonNull(priority);
      Objects.requireNonNull(requester);
      Objects.requireNonNull(stopwatch);
    }

    /** One that isn't traced. */
    public Call(
        Deadline deadline,
        Priority priority,
        @Nullable Client client,
        Requester requester,
        Stopwatch stopwatch) {
      this(deadline, priority, client, requester, stopwatch, null);
    }
  }
}
