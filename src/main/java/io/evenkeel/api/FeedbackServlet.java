package io.evenkeel.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
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
      FeedbackCalls calls,
      Answers answers,
      JsonBodies bodies,
      ApiProperties limits,
      @Nullable RequestAudit audit) {
    super(answers);
    this.calls = calls;
    this.answers = answers;
    this.bodies = bodies;
    this.limits = limits;
    this.audit = audit;
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
      answers.document(exchange, calls.many(items));
    } else {
      InputStream body =
          new BoundedBody(request.getInputStream(), limits.maxSingleBody().toBytes());
      FeedbackBody.Item item = FeedbackBody.readOne(body, bodies);
      record(exchange, List.of(item));
      answers.document(exchange, calls.one(item));
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
