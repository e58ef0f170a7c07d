package io.evenkeel.api;

import io.evenkeel.serving.Stopwatch;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;

/**
 * Answers what nothing else answered, outside {@code /v1} too, as a problem and without a word
 * about the inside. A servlet of its own, because many clients who are dropped at once are many
 * errors at once. Thread-safe.
 */
final class ErrorServlet extends HttpServlet implements ErrorController {
  private static final long serialVersionUID = 1L;

  private final transient Answers answers;

  ErrorServlet(Answers answers) {
    this.answers = answers;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    Exchange exchange =
        new Exchange(request, response, new Stopwatch(System.nanoTime()), Ids.next());
    answers.problem(exchange, problem(status instanceof Integer code ? code : 500));
  }

  static Problem problem(int status) {
    return switch (status) {
      case 404 -> Problem.of(ProblemKind.NO_SUCH_RESOURCE, "see /v3/api-docs for what there is");
      case 405 -> Problem.of(ProblemKind.METHOD_NOT_ALLOWED, "use another method");
      case 406 ->
          Problem.of(ProblemKind.NOT_ACCEPTABLE, "accept application/json, or leave Accept out");
      case 408 ->
          Problem.of(
              ProblemKind.REQUEST_TIMEOUT,
              "the body came more slowly than evenkeel.connections allows; send it at once");
      case 500, 503 -> Problem.of(ProblemKind.INTERNAL, "the failure is in the server's log");
      // Among them 501 for an unknown transfer coding and 505 for an unknown version of HTTP.
      default ->
          Problem.of(ProblemKind.BAD_HEADER, "the request line or a header can't be understood");
    };
  }
}
