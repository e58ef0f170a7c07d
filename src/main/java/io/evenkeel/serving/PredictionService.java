package io.evenkeel.serving;

import io.evenkeel.admission.Admission;
import io.evenkeel.admission.Deadline;
import io.evenkeel.admission.Endpoint;
import io.evenkeel.admission.Permit;
import io.evenkeel.admission.Shed;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.Violation;
import io.evenkeel.inference.Lease;
import io.evenkeel.preprocess.TensorRows;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.RowResult;
import io.evenkeel.registry.Servable;
import io.evenkeel.routing.Router;
import io.evenkeel.routing.Routing;
import io.evenkeel.routing.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    return withVersion(target, (version, servable) -> predict(version, servable, body, call));
  }

  private PredictionOutcome predict(
      ModelVersion version, Servable servable, RequestBody<PredictionRequest> body, Call call) {
    PredictionRequest request = body.read(servable.reader());
    call.stopwatch().lap(Step.PARSE);
    List<Violation> violations = validation.violations(request);
    call.stopwatch().lap(Step.VALIDATE);
    Row row = request.instance();
    if (row == null || !violations.isEmpty()) {
      return new PredictionOutcome.Invalid(
          version, violations, row == null ? 0 : row.omittedViolations());
    }
    TensorRows block = servable.preprocessor().newBlock(1);
    servable.preprocessor().write(row, block, 0);
    call.stopwatch().lap(Step.PREPROCESS);
    Admission admission = servable.lane().tryEnter(Endpoint.SINGLE, call.deadline());
    call.stopwatch().lap(Step.QUEUE);
    return switch (admission) {
      case Shed shed ->
          new PredictionOutcome.Shed(version, shed, "the server is busy; try again later");
      case Permit permit -> {
        try (permit) {
          yield call.deadline().hasPassed()
              ? new PredictionOutcome.Expired(version)
              : served(version, servable, row, run(servable, block, call)[0]);
        }
      }
    };
  }

  private static PredictionOutcome served(
      ModelVersion version, Servable servable, Row row, RowResult result) {
    return switch (result) {
      case RowResult.Answered answered ->
          new PredictionOutcome.Served(
              version, servable.contract().fingerprint(), answered.prediction(), row.warnings());
      case RowResult.Failed failed -> {
        LOG.error("Model {} failed: {}", version, failed.cause().getMessage());
        yield new PredictionOutcome.Failed(version);
      }
    };
  }

  /**
   * Walks with a batch: instances that break the contract are left out of the run and say so in
   * their place.
   */
  public PredictionOutcome predictBatch(
      Target target, RequestBody<BatchRequest> body, BatchMode mode, Call call) {
    return withVersion(
        target,
        (version, servable) -> predictBatch(version, servable, body, new BatchCall(mode, call)));
  }

  private record BatchCall(BatchMode mode, Call call) {}

  private PredictionOutcome predictBatch(
      ModelVersion version, Servable servable, RequestBody<BatchRequest> body, BatchCall batch) {
    Call call = batch.call();
    BatchRequest request = body.read(servable.reader());
    call.stopwatch().lap(Step.PARSE);
    List<Violation> violations = validation.violations(request);
    call.stopwatch().lap(Step.VALIDATE);
    List<Row> rows = request.instances();
    if (rows == null || !violations.isEmpty()) {
      return new PredictionOutcome.Invalid(version, violations, 0);
    }
    List<Row> valid = rows.stream().filter(Row::isValid).toList();
    if (batch.mode() == BatchMode.ALL_OR_NOTHING && valid.size() < rows.size()) {
      return new BatchFindings(rows).asInvalid(version);
    }
    TensorRows block = servable.preprocessor().newBlock(valid.size());
    for (int i = 0; i < valid.size(); i++) {
      servable.preprocessor().write(valid.get(i), block, i);
    }
    call.stopwatch().lap(Step.PREPROCESS);
    if (valid.isEmpty()) {
      return servedBatch(version, servable, rows, new RowResult[0]);
    }
    Admission admission = servable.lane().tryEnter(Endpoint.BATCH, call.deadline());
    call.stopwatch().lap(Step.QUEUE);
    return switch (admission) {
      case Shed shed ->
          new PredictionOutcome.Shed(version, shed, "the server is busy; try again later");
      case Permit permit -> {
        try (permit) {
          yield call.deadline().hasPassed()
              ? new PredictionOutcome.Expired(version)
              : servedBatch(version, servable, rows, run(servable, block, call));
        }
      }
    };
  }

  private static PredictionOutcome servedBatch(
      ModelVersion version, Servable servable, List<Row> rows, RowResult[] results) {
    List<PredictionOutcome.Item> items = new ArrayList<>(rows.size());
    int next = 0;
    for (Row row : rows) {
      items.add(row.isValid() ? item(row, results[next++]) : refusedItem(row));
    }
    return new PredictionOutcome.ServedBatch(version, servable.contract().fingerprint(), items);
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

  private static RowResult[] run(Servable servable, TensorRows block, Call call) {
    RowResult[] results = servable.run(block);
    call.stopwatch().lap(Step.RUN);
    return results;
  }

  /** What is done with a version while it is leased. */
  private interface Walk {
    PredictionOutcome with(ModelVersion version, Servable servable);
  }

  private PredictionOutcome withVersion(Target target, Walk walk) {
    return switch (router.route(target)) {
      case Routing.Routed routed -> {
        try (Lease lease = routed.servable().tryLease()) {
          yield lease == null
              ? notReady("version `" + routed.version().version() + "` is being unloaded")
              : walk.with(routed.version(), routed.servable());
        }
      }
      case Routing.NotReady notReady -> notReady(notReady.detail());
      case Routing.NoSuchModel noSuchModel -> new PredictionOutcome.Unroutable(noSuchModel);
      case Routing.NoSuchVersion noSuchVersion -> new PredictionOutcome.Unroutable(noSuchVersion);
    };
  }

  private static PredictionOutcome notReady(String detail) {
    return new PredictionOutcome.Shed(null, new Shed(Shed.Reason.NOT_READY, UNTIL_READY), detail);
  }

  /**
   * What a caller hands in beside the body: until when the answer is wanted, and the watch for its
   * steps.
   */
  public record Call(Deadline deadline, Stopwatch stopwatch) {
    public Call {
      Objects.requireNonNull(deadline);
      Objects.requireNonNull(stopwatch);
    }
  }
}
