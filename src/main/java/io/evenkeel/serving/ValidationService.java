package io.evenkeel.serving;

import io.evenkeel.contract.Row;
import io.evenkeel.contract.Violation;
import io.evenkeel.preprocess.Preprocessor;
import io.evenkeel.preprocess.TensorRows;
import io.evenkeel.registry.Servable;
import io.evenkeel.routing.Requester;
import io.evenkeel.routing.Router;
import io.evenkeel.routing.Routing;
import io.evenkeel.routing.Target;
import java.util.List;

/**
 * The first steps of a prediction's walk, up to the lane: route, read, validate, preprocess. Nobody
 * watches and nothing is counted, because whoever tries a row out is no traffic. Thread-safe.
 */
public final class ValidationService {
  private final LeasedRoutes routes;
  private final RequestValidation validation;

  public ValidationService(Router router, RequestValidation validation) {
    this.routes = new LeasedRoutes(router);
    this.validation = validation;
  }

  /** Judges one instance. What breaks while the body is read is thrown by the body. */
  public ValidationOutcome validate(Target target, RequestBody<PredictionRequest> body) {
    return routes.with(
        target, Requester.NOBODY, routed -> judge(routed, body), ValidationOutcome.Unjudged::new);
  }

  private ValidationOutcome judge(Routing.Routed to, RequestBody<PredictionRequest> body) {
    Servable servable = to.servable();
    PredictionRequest request = body.read(servable.reader());
    List<Violation> violations = validation.violations(request);
    Row row = request.instance();
    return new ValidationOutcome.Judged(
        to.version(),
        servable.contract().fingerprint(),
        violations,
        row == null ? 0 : row.omittedViolations(),
        row,
        row == null || !violations.isEmpty() ? null : transformed(servable.preprocessor(), row),
        to.warning());
  }

  private static ValidationOutcome.Transformed transformed(Preprocessor preprocessor, Row row) {
    TensorRows block = preprocessor.newBlock(1);
    preprocessor.write(row, block, 0);
    return new ValidationOutcome.Transformed(preprocessor, block);
  }
}
