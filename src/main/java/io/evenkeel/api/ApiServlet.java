package io.evenkeel.api;

import io.evenkeel.control.ControlStateException;
import io.evenkeel.monitoring.feedback.FeedbackUnavailableException;
import io.evenkeel.security.Quotas;
import io.evenkeel.serving.spi.RequestTrace;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The frame of every call: each of its log lines carries the request's id, and whatever happens in
 * it, its caller gets an answer. Thread-safe, as its subclasses are to be.
 */
abstract class ApiServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** By the servlet's own name. */
  private final transient Logger log = LoggerFactory.getLogger(getClass());

  private final transient Access access;
  private final transient Answers answers;

  ApiServlet(Access access, Answers answers) {
    this.access = access;
    this.answers = answers;
  }

  @Override
  protected final void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Exchange exchange = Exchange.begin(request, response, findTrace());
    MDC.put(Exchange.REQUEST_ID_IN_LOGS, exchange.id());
    Quotas.Entrance.Admitted place = null;
    try {
      place = admit(exchange);
      String callersId = RequestHeaders.requestId(request);
      if (callersId != null) {
        exchange.useRequestId(callersId);
        MDC.put(Exchange.REQUEST_ID_IN_LOGS, callersId);
      }
      answer(exchange);
    } catch (RefusedRequest refused) {
      refuse(exchange, refused.problem());
    } catch (MalformedBody.ClientGone gone) {
      log.debug("The client hung up while it sent its request");
    } catch (FeedbackUnavailableException | ControlStateException e) {
      log.warn("What is kept of predictions is out of reach: {}", e.getMessage());
      answers.unavailable(exchange);
    } catch (RuntimeException e) {
      log.error("A request failed because of a defect in Evenkeel", e);
      fail(
          exchange,
          Problem.of(ProblemKind.INTERNAL, "the failure is logged under this request's id"));
    } finally {
      if (place != null) {
        place.leave();
      }
      MDC.remove(Exchange.REQUEST_ID_IN_LOGS);
    }
  }

  /** The trace of the request on this thread; null where nobody asks for one. */
  @Nullable RequestTrace findTrace() {
    return null;
  }

  /**
   * Asks whether the caller may call at all, before anything else of the request is read.
   *
   * @return what it gives back when the request is over; null where it has taken nothing
   * @throws RefusedRequest if not
   */
  Quotas.Entrance.@Nullable Admitted admit(Exchange exchange) {
    return access.isFree() ? null : access.admit(exchange, need(exchange.request()));
  }

  /** The right that the request takes; null where there is nothing at its path. */
  abstract @Nullable Need need(HttpServletRequest request);

  /**
   * Answers.
   *
   * @throws RefusedRequest where the request can't be understood or may not be made
   */
  abstract void answer(Exchange exchange) throws IOException;

  /** Answers a request that was refused. */
  void refuse(Exchange exchange, Problem problem) throws IOException {
    answers.problem(exchange, problem);
  }

  /** Answers a request that has met a defect of ours, which is logged by now. */
  void fail(Exchange exchange, Problem problem) throws IOException {
    answers.problem(exchange, problem);
  }

  /** Its method; a HEAD is a GET whose body isn't sent. */
  static String method(Exchange exchange) {
    String method = exchange.request().getMethod();
    return method.equals("HEAD") ? "GET" : method;
  }

  /** Refuses other methods than these. */
  static void allow(Exchange exchange, String... methods) {
    if (!List.of(methods).contains(method(exchange))) {
      exchange.response().setHeader("Allow", String.join(", ", methods));
      throw new RefusedRequest(
          ProblemKind.METHOD_NOT_ALLOWED,
          "use "
              + String.join(" or ", methods)
              + " instead of "
              + exchange.request().getMethod().toUpperCase(Locale.ROOT));
    }
  }
}
