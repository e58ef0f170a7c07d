package io.evenkeel.api;

import io.evenkeel.security.KnownCaller;
import io.evenkeel.security.Right;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code /v1/feedback}: what became of earlier predictions. Thread-safe. */
final class FeedbackServlet extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient FeedbackCalls calls;
  private final transient Answers answers;
  private final transient JsonBodies bodies;
  private final transient ApiProperties limits;
  private final transient @Nullable RequestAudit audit;

  /**
   * @param audit null where nothing is recorded
   */
  FeedbackServlet(
      Access access,
      FeedbackCalls calls,
      Answers answers,
      JsonBodies bodies,
      ApiProperties limits,
      @Nullable RequestAudit audit) {
    super(access, answers);
    this.calls = calls;
    this.answers = answers;
    this.bodies = bodies;
    this.limits = limits;
    this.audit = audit;
  }

  /** Whose predictions it may judge is looked at when they are found. */
  @Override
  Need need(HttpServletRequest request) {
    return Need.ofSome(Right.FEEDBACK);
  }

  /** A prediction of another model is as good as none. */
  private static Predicate<String> models(HttpServletRequest request) {
    KnownCaller caller = ConnectionValve.caller(request);
    return model -> caller == null || caller.grants().allows(Right.FEEDBACK, model);
  }

  @Override
  void answer(Exchange exchange) throws IOException {
    HttpServletRequest request = exchange.request();
    String path = request.getPathInfo();
    boolean isBatch = "/batch".equals(path);
    if (path != null && !isBatch) {
      throw new RefusedRequest(
          ProblemKind.NO_SUCH_RESOURCE,
          "there are POST /v1/feedback and POST /v1/feedback/batch; docs/feedback.md tells of them");
    }
    allow(exchange, "POST");
    RequestHeaders.requireJson(request);
    RequestHeaders.requirePlain(request);
    RequestHeaders.requireAcceptable(request);
    QueryOptions.requireNoneOfFeedback(request.getQueryString());
    if (isBatch) {
      InputStream body = new BoundedBody(request.getInputStream(), limits.maxBatchBody().toBytes());
      List<FeedbackBody.Item> items = FeedbackBody.readMany(body, bodies, limits.maxInstances());
      record(exchange, items);
      answers.document(exchange, calls.many(items, models(request)));
    } else {
      InputStream body =
          new BoundedBody(request.getInputStream(), limits.maxSingleBody().toBytes());
      FeedbackBody.Item item = FeedbackBody.readOne(body, bodies);
      record(exchange, List.of(item));
      answers.document(exchange, calls.one(item, models(request)));
    }
  }

  private void record(Exchange exchange, List<FeedbackBody.Item> items) {
    if (audit != null) {
      audit.requireFeedback(exchange, items.stream().map(FeedbackBody::about).toList());
    }
  }

  @Override
  void refuse(Exchange exchange, Problem problem) throws IOException {
    boolean isTold =
        audit == null
            || problem.kind() == ProblemKind.AUDIT_UNAVAILABLE
            || audit.keepRefusal("feedback", exchange, problem);
    super.refuse(exchange, isTold ? problem : RequestAudit.UNAVAILABLE);
  }
}
