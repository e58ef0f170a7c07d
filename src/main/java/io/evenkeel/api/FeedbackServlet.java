package io.evenkeel.api;

import io.evenkeel.control.ControlStateException;
import io.evenkeel.monitoring.feedback.FeedbackUnavailableException;
import io.evenkeel.serving.Stopwatch;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** {@code /v1/feedback}: what became of earlier predictions. Thread-safe. */
final class FeedbackServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(FeedbackServlet.class);

  private final transient FeedbackCalls calls;
  private final transient Answers answers;
  private final transient JsonBodies bodies;
  private final transient ApiProperties limits;

  FeedbackServlet(FeedbackCalls calls, Answers answers, JsonBodies bodies, ApiProperties limits) {
    this.calls = calls;
    this.answers = answers;
    this.bodies = bodies;
    this.limits = limits;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Stopwatch stopwatch = new Stopwatch(ConnectionValve.of(request).arrivalNanos());
    Exchange exchange = new Exchange(request, response, stopwatch, Ids.next());
    MDC.put(Exchange.REQUEST_ID_IN_LOGS, exchange.id());
    try {
      dispatch(exchange);
    } catch (RefusedRequest refused) {
      answers.problem(exchange, refused.problem());
    } catch (MalformedBody.ClientGone gone) {
      LOG.debug("The client hung up while it sent its feedback");
    } catch (FeedbackUnavailableException | ControlStateException e) {
      LOG.warn("Feedback can't be taken: {}", e.getMessage());
      answers.unavailable(exchange);
    } catch (RuntimeException e) {
      LOG.error("Feedback failed because of a defect in Evenkeel", e);
      answers.problem(
          exchange,
          Problem.of(ProblemKind.INTERNAL, "the failure is logged under this request's id"));
    } finally {
      MDC.remove(Exchange.REQUEST_ID_IN_LOGS);
    }
  }

  private void dispatch(Exchange exchange) throws IOException {
    HttpServletRequest request = exchange.request();
    String callersId = RequestHeaders.requestId(request);
    if (callersId != null) {
      exchange.useRequestId(callersId);
      MDC.put(Exchange.REQUEST_ID_IN_LOGS, callersId);
    }
    String path = request.getPathInfo();
    boolean isBatch = "/batch".equals(path);
    if (path != null && !isBatch) {
      throw new RefusedRequest(
          ProblemKind.NO_SUCH_RESOURCE,
          "there are POST /v1/feedback and POST /v1/feedback/batch; docs/feedback.md tells of them");
    }
    if (!request.getMethod().equals("POST")) {
      exchange.response().setHeader("Allow", "POST");
      throw new RefusedRequest(
          ProblemKind.METHOD_NOT_ALLOWED,
          "use POST instead of " + request.getMethod().toUpperCase(Locale.ROOT));
    }
    RequestHeaders.requireJson(request);
    RequestHeaders.requirePlain(request);
    RequestHeaders.requireAcceptable(request);
    QueryOptions.requireNoneOfFeedback(request.getQueryString());
    if (isBatch) {
      InputStream body = new BoundedBody(request.getInputStream(), limits.maxBatchBody().toBytes());
      answers.document(
          exchange, calls.many(FeedbackBody.readMany(body, bodies, limits.maxInstances())));
    } else {
      InputStream body =
          new BoundedBody(request.getInputStream(), limits.maxSingleBody().toBytes());
      answers.document(exchange, calls.one(FeedbackBody.readOne(body, bodies)));
    }
  }
}
