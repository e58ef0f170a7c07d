package io.evenkeel.api;

import io.evenkeel.contract.Deprecation;
import io.evenkeel.explain.ExplainOutcome;
import io.evenkeel.explain.Explanation;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Notice;
import io.evenkeel.routing.Routing;
import io.evenkeel.serving.PredictionOutcome;
import io.evenkeel.serving.Step;
import io.evenkeel.serving.ValidationOutcome;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.tomcat.util.http.FastHttpDateFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The one place where outcomes become HTTP. Thread-safe. */
final class Answers {
  private static final String JSON = "application/json";
  private static final String PROBLEM_JSON = "application/problem+json";
  private static final String SCHEMA_JSON = "application/schema+json";
  private static final String HTML = "text/html;charset=UTF-8";
  private static final int OK = HttpServletResponse.SC_OK;
  private static final int LONGEST_NAME = 64;

  private final JsonBodies bodies;

  Answers(JsonBodies bodies) {
    this.bodies = bodies;
  }

  void outcome(Exchange exchange, PredictionOutcome outcome) throws IOException {
    announce(outcome.asked(), exchange.response());
    switch (outcome) {
      case PredictionOutcome.Served served ->
          send(exchange, OK, JSON, json -> AnswerWriter.writeServed(json, exchange.id(), served));
      case PredictionOutcome.ServedBatch served ->
          send(exchange, OK, JSON, json -> AnswerWriter.writeBatch(json, exchange.id(), served));
      case PredictionOutcome.Invalid invalid ->
          problem(exchange, Problem.violations(invalid.violations(), invalid.omitted()));
      case PredictionOutcome.Shed shed -> shed(exchange, shed);
      case PredictionOutcome.Expired ignored ->
          problem(
              exchange,
              Problem.of(
                  ProblemKind.DEADLINE_EXCEEDED, "it was admitted, but its turn came too late"));
      case PredictionOutcome.Abandoned ignored ->
          problem(
              exchange,
              Problem.of(ProblemKind.DEADLINE_EXCEEDED, "the caller hung up before its turn came"));
      case PredictionOutcome.Failed ignored ->
          problem(
              exchange,
              Problem.of(
                  ProblemKind.MODEL_FAILURE,
                  "the model gave no usable answer; the failure is logged under this request's id"));
      case PredictionOutcome.Unroutable unroutable ->
          problem(exchange, absent(unroutable.absent()));
      case PredictionOutcome.Unrecorded ignored -> unrecorded(exchange);
    }
  }

  void verdict(Exchange exchange, ValidationOutcome outcome) throws IOException {
    switch (outcome) {
      case ValidationOutcome.Judged judged -> {
        announce(judged.version(), exchange.response());
        send(exchange, OK, JSON, json -> VerdictWriter.write(json, exchange.id(), judged));
      }
      case ValidationOutcome.Unjudged unjudged -> outcome(exchange, unjudged.ending());
    }
  }

  void explanation(Exchange exchange, ExplainOutcome outcome) throws IOException {
    switch (outcome) {
      case ExplainOutcome.Explained explained -> {
        Explanation explanation = explained.explanation();
        announce(explanation.version(), exchange.response());
        send(exchange, OK, JSON, json -> ExplanationWriter.write(json, exchange.id(), explanation));
      }
      case ExplainOutcome.Unanswered unanswered -> outcome(exchange, unanswered.ending());
      case ExplainOutcome.Withheld withheld -> {
        announce(withheld.asked(), exchange.response());
        problem(
            exchange,
            Problem.of(
                ProblemKind.EXPLANATION_WITHHELD,
                "an explanation tells what the model computed to the last digit; the contract of "
                    + withheld.asked()
                    + " holds that back, and would have to say `disclosure: {explain: true}`"));
      }
      case ExplainOutcome.Baseless baseless -> {
        announce(baseless.asked(), exchange.response());
        problem(exchange, Problem.of(ProblemKind.CONFLICT, baseless.why()));
      }
    }
  }

  /** Says that a version is going away, if it is. */
  private static void announce(@Nullable ModelVersion asked, HttpServletResponse response) {
    Notice notice = asked == null ? null : asked.notice();
    if (notice == null) {
      return;
    }
    response.setHeader("Deprecation", notice.deprecationHeader());
    if (notice.sunsetHeader() != null) {
      response.setHeader("Sunset", notice.sunsetHeader());
    }
  }

  private void shed(Exchange exchange, PredictionOutcome.Shed shed) throws IOException {
    exchange.response().setHeader("Retry-After", Long.toString(seconds(shed.shed().retryAfter())));
    Problem problem =
        new Problem(
            ProblemKind.OVERLOADED,
            shed.detail(),
            List.of(),
            Map.of("reason", shed.shed().reason().word()));
    problem(exchange, problem);
  }

  private static long seconds(Duration duration) {
    return Math.max(1, duration.plusMillis(999).toSeconds());
  }

  static Problem absent(Routing.Absent absent) {
    return switch (absent) {
      case Routing.NoSuchModel missing ->
          Problem.of(
              ProblemKind.NO_SUCH_MODEL,
              "there is no model `" + shown(missing.model()) + "`; GET /v1/models lists them");
      case Routing.NoSuchVersion missing ->
          Problem.of(
              ProblemKind.NO_SUCH_VERSION,
              "the model `"
                  + missing.model()
                  + "` has no version `"
                  + shown(missing.version())
                  + "`; GET /v1/models/"
                  + missing.model()
                  + " lists them");
      case Routing.PastSunset past -> pastSunset(past.version(), past.notice().deprecation());
    };
  }

  private static Problem pastSunset(ModelVersion version, Deprecation deprecation) {
    return Problem.of(
        ProblemKind.VERSION_SUNSET,
        "version `"
            + version.version()
            + "` of the model `"
            + version.model()
            + "` isn't served any more since "
            + deprecation.sunset()
            + (deprecation.message() == null ? "" : ": " + deprecation.message())
            + "; GET /v1/models/"
            + version.model()
            + " lists the others");
  }

  /** A name for a problem's detail, cut between characters where it is long. */
  private static String shown(String name) {
    if (name.length() <= LONGEST_NAME) {
      return name;
    }
    boolean halvesAPair = Character.isHighSurrogate(name.charAt(LONGEST_NAME - 1));
    return name.substring(0, halvesAPair ? LONGEST_NAME - 1 : LONGEST_NAME) + "…";
  }

  void problem(Exchange exchange, Problem problem) throws IOException {
    if (exchange.response().isCommitted()) {
      return;
    }
    send(
        exchange,
        problem.kind().status(),
        PROBLEM_JSON,
        json -> AnswerWriter.writeProblem(json, problem, exchange.requestId()));
  }

  /** A problem of a request that has no exchange: it isn't below {@code /v1}. */
  void problem(HttpServletResponse response, Problem problem) throws IOException {
    String id = Ids.next();
    bodies.write(
        json -> AnswerWriter.writeProblem(json, problem, id),
        length -> {
          response.setStatus(problem.kind().status());
          response.setContentType(PROBLEM_JSON);
          response.setHeader(RequestHeaders.REQUEST_ID, id);
          response.setContentLength(length);
          return response.getOutputStream();
        });
  }

  /** What was to be said isn't recorded, so it isn't said. */
  void unrecorded(Exchange exchange) throws IOException {
    exchange.response().setHeader("Retry-After", "2");
    problem(exchange, RequestAudit.UNAVAILABLE);
  }

  /** The database can't be asked at present. */
  void unavailable(Exchange exchange) throws IOException {
    exchange.response().setHeader("Retry-After", "2");
    problem(
        exchange,
        Problem.of(
            ProblemKind.CONTROL_UNAVAILABLE,
            "try again after `Retry-After` seconds; the log and health say why"));
  }

  /** A document away from the hot path. */
  void document(Exchange exchange, Object document) throws IOException {
    document(exchange, OK, document);
  }

  /** The same with another status than 200. */
  void document(Exchange exchange, int status, Object document) throws IOException {
    send(exchange, status, JSON, json -> bodies.mapper().writeValue(json, document));
  }

  /** The JSON Schema of what a version takes. */
  void schema(Exchange exchange, ModelVersion asked, Object schema) throws IOException {
    announce(asked, exchange.response());
    send(exchange, OK, SCHEMA_JSON, json -> bodies.mapper().writeValue(json, schema));
  }

  /**
   * A version's model card, in the form that was asked for.
   *
   * @param live what is known of its predictions; null where nothing is
   */
  void card(Exchange exchange, ModelVersion asked, CardForm form, @Nullable LiveSection live)
      throws IOException {
    HttpServletResponse response = exchange.response();
    announce(asked, response);
    response.setHeader("Vary", "Accept");
    switch (form) {
      case JSON -> document(exchange, CardDescription.document(asked, live));
      case HTML -> {
        response.setHeader("Content-Security-Policy", CardPage.POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        byte[] page = CardPage.of(asked, live).getBytes(StandardCharsets.UTF_8);
        begin(exchange, OK, HTML, page.length).write(page);
      }
    }
  }

  private void send(Exchange exchange, int status, String type, Consumer<JsonGenerator> content)
      throws IOException {
    bodies.write(content, length -> begin(exchange, status, type, length));
  }

  /** Ends the head of an answer, and says where its body goes to. */
  private static OutputStream begin(Exchange exchange, int status, String type, int length)
      throws IOException {
    exchange.stopwatch().lap(Step.WRITE);
    HttpServletResponse response = exchange.response();
    response.setStatus(status);
    response.setContentType(type);
    if (status != HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
      // Of a refusal Tomcat finds it out itself. Told, it writes the head as soon as the body is
      // complete, before the connection can be kept.
      response.setContentLength(length);
    }
    Connection connection = ConnectionValve.of(exchange.request());
    connection.nameHeader(AnswerHeader.CONTENT_TYPE);
    connection.setHeader(AnswerHeader.DATE, FastHttpDateFormat.getCurrentDate());
    connection.setHeader(AnswerHeader.REQUEST_ID, exchange.requestId());
    connection.setHeader(AnswerHeader.SERVER_TIMING, exchange.stopwatch().serverTiming());
    return response.getOutputStream();
  }
}
