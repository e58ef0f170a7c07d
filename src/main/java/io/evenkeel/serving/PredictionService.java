package io.evenkeel.serving;

import io.evenkeel.admission.Claim;
import io.evenkeel.admission.Deadline;
import io.evenkeel.admission.Endpoint;
import io.evenkeel.admission.Permit;
import io.evenkeel.admission.Priority;
import io.evenkeel.admission.Shed;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.Violation;
import io.evenkeel.inference.Lease;
import io.evenkeel.preprocess.TensorRows;
import io.evenkeel.registry.RowResult;
import io.evenkeel.registry.Servable;
import io.evenkeel.routing.Router;
import io.evenkeel.routing.Routing;
import io.evenkeel.routing.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The walk of a prediction: route, read, validate, preprocess, enter the lane, run. Each step takes
 * what the last one returned, and each refusal ends the walk. Thread-safe; nothing of a request
 * stays behind.
 */
public final class PredictionService {
  private static final Logger LOG = LoggerFactory.getLogger(PredictionService.class);
  private static final Duration UNTIL_READY = Duration.ofSeconds(2);

  private final Router router;
  private final RequestValidation validation;

  public PredictionService(Router router, RequestValidation validation) {
    this.router = router;
    this.validation = validation;
  }

  /** Walks with one instance. What breaks while the body is read is thrown by the body. */
  public PredictionOutcome predict(Target target, RequestBody<PredictionRequest> body, Call call) {
    return withVersion(target, to -> predict(to, body, call));
  }

  private PredictionOutcome predict(
      Routing.Routed to, RequestBody<PredictionRequest> body, Call call) {
    Servable servable = to.servable();
    PredictionRequest request = body.read(servable.reader());
    call.stopwatch().lap(Step.PARSE);
    List<Violation> violations = request.isSound() ? List.of() : validation.violations(request);
    call.stopwatch().lap(Step.VALIDATE);
    Row row = request.instance();
    if (row == null || !violations.isEmpty()) {
      return new PredictionOutcome.Invalid(
          to.version(), violations, row == null ? 0 : row.omittedViolations());
    }
    TensorRows block = servable.preprocessor().newBlock(1);
    servable.preprocessor().write(row, block, 0);
    call.stopwatch().lap(Step.PREPROCESS);
    return runInLane(
        to, new Work(Endpoint.SINGLE, block), call, results -> served(to, row, results.getFirst()));
  }

  private static PredictionOutcome served(Routing.Routed to, Row row, RowResult result) {
    return switch (result) {
      case RowResult.Answered answered ->
          new PredictionOutcome.Served(
              to.version(), fingerprint(to), answered.prediction(), row.warnings());
      case RowResult.Failed failed -> {
        LOG.error("Model {} failed: {}", to.version(), failed.cause().getMessage());
        yield new PredictionOutcome.Failed(to.version());
      }
    };
  }

  /**
   * Walks with a batch: instances that break the contract are left out of the run and say so in
   * their place.
   */
  public PredictionOutcome predictBatch(
      Target target, RequestBody<BatchRequest> body, BatchMode mode, Call call) {
    return withVersion(target, to -> predictBatch(to, body, new BatchCall(mode, call)));
  }

  private record BatchCall(BatchMode mode, Call call) {}

  private PredictionOutcome predictBatch(
      Routing.Routed to, RequestBody<BatchRequest> body, BatchCall batch) {
    Servable servable = to.servable();
    Call call = batch.call();
    BatchRequest request = body.read(servable.reader());
    call.stopwatch().lap(Step.PARSE);
    List<Violation> violations = validation.violations(request);
    call.stopwatch().lap(Step.VALIDATE);
    List<Row> rows = request.instances();
    if (rows == null || !violations.isEmpty()) {
      return new PredictionOutcome.Invalid(to.version(), violations, 0);
    }
    List<Row> valid = rows.stream().filter(Row::isValid).toList();
    if (batch.mode() == BatchMode.ALL_OR_NOTHING && valid.size() < rows.size()) {
      return new BatchFindings(rows).asInvalid(to.version());
    }
    TensorRows block = servable.preprocessor().newBlock(valid.size());
    for (int i = 0; i < valid.size(); i++) {
      servable.preprocessor().write(valid.get(i), block, i);
    }
    call.stopwatch().lap(Step.PREPROCESS);
    if (valid.isEmpty()) {
      return servedBatch(to, rows, List.of());
    }
    return runInLane(
        to, new Work(Endpoint.BATCH, block), call, results -> servedBatch(to, rows, results));
  }

  private static PredictionOutcome servedBatch(
      Routing.Routed to, List<Row> rows, List<RowResult> results) {
    List<PredictionOutcome.Item> items = new ArrayList<>(rows.size());
    int next = 0;
    for (Row row : rows) {
      items.add(row.isValid() ? item(row, results.get(next++)) : refusedItem(row));
    }
    return new PredictionOutcome.ServedBatch(to.version(), fingerprint(to), items);
  }

  private static PredictionOutcome.Item item(Row row, RowResult result) {
    return switch (result) {
      case RowResult.Answered answered ->
          new PredictionOutcome.Item.Answered(answered.prediction(), row.warnings());
      case RowResult.Failed failed -> {
        LOG.error("A row of a batch failed: {}", failed.cause().getMessage());
        yield new PredictionOutcome.Item.Broken();
      }
    };
  }

  private static PredictionOutcome.Item refusedItem(Row row) {
    return new PredictionOutcome.Item.Refused(row.violations(), row.omittedViolations());
  }

  private static String fingerprint(Routing.Routed to) {
    return to.servable().contract().fingerprint();
  }

  /** What is to be run, and for which endpoint. */
  private record Work(Endpoint endpoint, TensorRows block) {}

  /** Takes the rows through the lane, or says what stood in the way. */
  private static PredictionOutcome runInLane(
      Routing.Routed to,
      Work work,
      Call call,
      Function<List<RowResult>, PredictionOutcome> ending) {
    Claim claim = new Claim(work.endpoint(), call.priority(), work.block().rows(), call.deadline());
    return switch (to.servable().lane().tryEnter(claim)) {
      case Shed shed -> {
        call.stopwatch().lap(Step.QUEUE);
        yield new PredictionOutcome.Shed(to.version(), shed, detail(shed.reason()));
      }
      case Permit permit -> {
        try (permit) {
          Servable.Passage passage = to.servable().run(permit, work.block(), call.callerIsGone());
          call.stopwatch().lap(Step.QUEUE, passage.waitedNanos());
          call.stopwatch().lap(Step.RUN);
          yield switch (passage.ending()) {
            case RAN -> ending.apply(passage.results());
            case EXPIRED -> new PredictionOutcome.Expired(to.version());
            case ABANDONED -> new PredictionOutcome.Abandoned(to.version());
            case BROKEN -> new PredictionOutcome.Failed(to.version());
          };
        }
      }
    };
  }

  private static String detail(Shed.Reason reason) {
    return switch (reason) {
      case QUEUE_FULL -> "too many requests are waiting; try again later";
      case DEADLINE_UNATTAINABLE ->
          "an answer would come too late; try again later, or allow more time";
      case CIRCUIT_OPEN -> "the model has failed repeatedly; it is tried again in a few seconds";
      case NOT_READY -> "the version isn't ready";
    };
  }

  /** What is done with a version while it is leased. */
  private interface Walk {
    PredictionOutcome with(Routing.Routed to);
  }

  private PredictionOutcome withVersion(Target target, Walk walk) {
    return switch (router.route(target)) {
      case Routing.Routed routed -> {
        try (Lease lease = routed.servable().tryLease()) {
          yield lease == null
              ? notReady("version `" + routed.version().version() + "` is being unloaded")
              : walk.with(routed);
        }
      }
      case Routing.NotReady notReady -> notReady(notReady.detail());
      case Routing.Absent absent -> new PredictionOutcome.Unroutable(absent);
    };
  }

  private static PredictionOutcome notReady(String detail) {
    return new PredictionOutcome.Shed(null, new Shed(Shed.Reason.NOT_READY, UNTIL_READY), detail);
  }

  /**
   * What a caller hands in beside the body.
   *
   * @param deadline until when the answer is wanted
   * @param priority how much it matters
   * @param callerIsGone whether the caller has hung up, as {@link io.evenkeel.admission.Ticket}
   *     asks it; null where that can't be known
   * @param stopwatch for the steps
   */
  public record Call(
      Deadline deadline,
      Priority priority,
      @Nullable BooleanSupplier callerIsGone,
      Stopwatch stopwatch) {
    public Call {
      Objects.requireNonNull(deadline);
      Objects.requireNonNull(priority);
      Objects.requireNonNull(stopwatch);
    }
  }
}
