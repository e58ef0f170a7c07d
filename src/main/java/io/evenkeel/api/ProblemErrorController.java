package io.evenkeel.api;

import io.evenkeel.serving.Stopwatch;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Answers what nothing else answered, outside {@code /v1} too, as a problem and without a word
 * about the inside.
 */
@Controller
final class ProblemErrorController implements ErrorController {
  private final Answers answers;

  ProblemErrorController(Answers answers) {
    this.answers = answers;
  }

  @RequestMapping("/error")
  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
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
      case 500, 503 -> Problem.of(ProblemKind.INTERNAL, "the failure is in the server's log");
      // Among them 501 for an unknown transfer coding and 505 for an unknown version of HTTP.
      default ->
          Problem.of(ProblemKind.BAD_HEADER, "the request line or a header can't be understood");
    };
  }
}
