package io.evenkeel.api;

import io.evenkeel.admission.Deadline;
import io.evenkeel.admission.Endpoint;
import io.evenkeel.admission.LatencyBudget;
import io.evenkeel.explain.ExplainConclusion;
import io.evenkeel.explain.ExplainService;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.routing.Routing;
import io.evenkeel.routing.Target;
import io.evenkeel.serving.BatchMode;
import io.evenkeel.serving.Conclusion;
import io.evenkeel.serving.PredictionOutcome;
import io.evenkeel.serving.PredictionService;
import io.evenkeel.serving.ServingMeters;
import io.evenkeel.serving.Step;
import io.evenkeel.serving.Stopwatch;
import io.evenkeel.serving.ValidationService;
import io.evenkeel.serving.spi.RequestTrace;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Everything under {@code /v1}. A bare servlet, because the mapping of a web framework costs as
 * much as the rest of a request for a small model (docs/decisions/0003). Thread-safe.
 */
final class PredictionServlet extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient PredictionService service;
  private final transient ValidationService validation;
  private final transient ExplainService explanations;
  private final transient ReportDescription reports;
  private final transient ShadowDescription shadows;
  private final transient QualityDescription quality;
  private final transient StatisticsDescription statistics;
  private final transient EnvelopeReader reader;
  private final transient Answers answers;
  private final transient Catalogue catalogue;
  private final transient ServingMeters meters;
  private final transient RequestWatch watch;
  private final transient LatencyBudget budget;
  private final transient ApiProperties limits;

  /** Null where nothing is recorded. */
  private final transient @Nullable RequestAudit audit;

  PredictionServlet(
      PredictionService service, EnvelopeReader reader, Answers answers, Settings settings) {
    super(settings.access(), answers);
    this.service = service;
    this.reader = reader;
    this.answers = answers;
    this.validation = settings.validation();
    this.explanations = settings.explanations();
    this.reports = settings.reports();
    this.shadows = settings.shadows();
    this.quality = settings.quality();
    this.statistics = settings.statistics();
    this.catalogue = settings.catalogue();
    this.meters = settings.meters();
    this.watch = settings.watch();
    this.budget = settings.budget();
    this.limits = settings.limits();
    this.audit = settings.audit();
  }

  /**
   * What the servlet needs beside the walk itself.
   *
   * @param audit null where nothing is recorded
   */
  record Settings(
      Access access,
      ValidationService validation,
      ExplainService explanations,
      ReportDescription reports,
      ShadowDescription shadows,
      QualityDescription quality,
      StatisticsDescription statistics,
      Catalogue catalogue,
      ServingMeters meters,
      RequestWatch watch,
      LatencyBudget budget,
      ApiProperties limits,
      @Nullable RequestAudit audit) {}

  @Override
  @Nullable RequestTrace findTrace() {
    return watch.find();
  }

  @Override
  @Nullable Need need(HttpServletRequest request) {
    Resource resource = Resource.at(request.getPathInfo());
    return resource == null ? null : Need.of(resource, catalogue.defaultModel());
  }

  @Override
  void refuse(Exchange exchange, Problem problem) throws IOException {
    meters.recordRefused(problem.kind().slug());
    exchange.stopwatch().lap(Step.PARSE);
    end(exchange, "refused", problem);
  }

  @Override
  void fail(Exchange exchange, Problem problem) throws IOException {
    end(exchange, "defect", problem);
  }

  private void end(Exchange exchange, String outcome, Problem problem) throws IOException {
    if (audit != null && !audit.keepEnding(exchange, outcome, problem)) {
      answers.unrecorded(exchange);
    } else {
      answers.problem(exchange, problem);
    }
    exchange.stopwatch().lap(Step.WRITE);
    watch.ended(exchange, outcome, problem.kind());
  }

  @Override
  void answer(Exchange exchange) throws IOException {
    HttpServletRequest request = exchange.request();
    Resource resource = Resource.at(request.getPathInfo());
    switch (resource) {
      case Resource.Predict predict -> {
        requirePost(exchange);
        predict(predict, exchange);
      }
      case Resource.PredictBatch batch -> {
        requirePost(exchange);
        predictBatch(batch, exchange);
      }
      case Resource.Validate validate -> {
        requirePost(exchange);
        validate(validate, exchange);
      }
      case Resource.Explain explain -> {
        requirePost(exchange);
        explain(explain, exchange);
      }
      case Resource.ValidationReport report -> {
        String version = versionAsked(exchange);
        answers.document(exchange, reports.of(report.model(), version));
      }
      case Resource.Drift drift -> {
        String version = versionAsked(exchange);
        answers.document(exchange, reports.drift(drift.model(), version));
      }
      case Resource.ShadowReport report -> {
        requireGet(exchange);
        QueryOptions.requireNone(request.getQueryString());
        answers.document(exchange, shadows.of(report.model()));
      }
      case Resource.Quality asked -> {
        String version = versionAsked(exchange);
        answers.document(exchange, quality.of(asked.model(), version));
      }
      case Resource.Statistics asked -> {
        String version = versionAsked(exchange);
        statistics(new Target(asked.model(), version), exchange);
      }
      case Resource.Models ignored -> {
        requireGet(exchange);
        answers.document(exchange, catalogue.models());
      }
      case Resource.Model model -> {
        requireGet(exchange);
        answers.document(exchange, catalogue.model(model.model()));
      }
      case Resource.Version version -> {
        requireGet(exchange);
        answers.document(exchange, catalogue.version(version.model(), version.version()));
      }
      case Resource.Schema schema -> {
        requireGet(exchange);
        schema(schema.target(), exchange);
      }
      case Resource.Card card -> {
        requireGetMethod(exchange);
        card(card.target(), exchange);
      }
      case null ->
          throw new RefusedRequest(
              ProblemKind.NO_SUCH_RESOURCE,
              "see /v3/api-docs for what there is, for example POST /v1/predict");
    }
  }

  private void schema(Target target, Exchange exchange) throws IOException {
    withRouted(
        target,
        exchange,
        routed -> answers.schema(exchange, routed.version(), Catalogue.schema(routed)));
  }

  private void statistics(Target target, Exchange exchange) throws IOException {
    withRouted(
        target,
        exchange,
        routed -> answers.document(exchange, statistics.of(routed.version(), exchange.response())));
  }

  /** A version that is named has a card even if it doesn't serve. */
  private void card(Target target, Exchange exchange) throws IOException {
    CardForm form = CardForm.preferred(exchange.request().getHeaders("Accept"));
    if (target.model() != null && target.version() != null) {
      card(catalogue.find(target.model(), target.version()), form, exchange);
      return;
    }
    withRouted(target, exchange, routed -> card(routed.version(), form, exchange));
  }

  /** What is told of the version that would serve. */
  private interface Telling {
    void of(Routing.Routed routed) throws IOException;
  }

  private void withRouted(Target target, Exchange exchange, Telling telling) throws IOException {
    switch (catalogue.route(target, exchange)) {
      case Routing.Routed routed -> telling.of(routed);
      case Routing.NotReady waiting ->
          answers.outcome(exchange, PredictionOutcome.Shed.notReady(waiting.detail()));
      case Routing.Absent absent -> throw new RefusedRequest(Answers.absent(absent));
    }
  }

  private void card(ModelVersion version, CardForm form, Exchange exchange) throws IOException {
    answers.card(exchange, version, form, quality.live(version));
  }

  private void predict(Resource.Predict resource, Exchange exchange) throws IOException {
    requireJson(exchange.request());
    QueryOptions.requireNone(exchange.request().getQueryString());
    InputStream body = body(exchange, limits.maxSingleBody().toBytes());
    PredictionService.Call call = call(exchange, Endpoint.SINGLE);
    Conclusion conclusion =
        service.predict(resource.target(), rows -> reader.readSingle(body, rows), call);
    finish(exchange, Endpoint.SINGLE, recorded(exchange, Endpoint.SINGLE, conclusion, call));
  }

  private void predictBatch(Resource.PredictBatch resource, Exchange exchange) throws IOException {
    requireJson(exchange.request());
    BatchMode mode = QueryOptions.mode(exchange.request().getQueryString());
    InputStream body = body(exchange, limits.maxBatchBody().toBytes());
    PredictionService.Call call = call(exchange, Endpoint.BATCH);
    Conclusion conclusion =
        service.predictBatch(resource.target(), rows -> reader.readBatch(body, rows), mode, call);
    finish(exchange, Endpoint.BATCH, recorded(exchange, Endpoint.BATCH, conclusion, call));
  }

  private void validate(Resource.Validate resource, Exchange exchange) throws IOException {
    requireJson(exchange.request());
    QueryOptions.requireNone(exchange.request().getQueryString());
    InputStream body = body(exchange, limits.maxSingleBody().toBytes());
    answers.verdict(
        exchange, validation.validate(resource.target(), rows -> reader.readSingle(body, rows)));
  }

  private void explain(Resource.Explain resource, Exchange exchange) throws IOException {
    requireJson(exchange.request());
    QueryOptions.requireNone(exchange.request().getQueryString());
    InputStream body = body(exchange, limits.maxSingleBody().toBytes());
    PredictionService.Call call = call(exchange, Endpoint.BATCH);
    ExplainConclusion conclusion =
        explanations.explain(resource.target(), rows -> reader.readExplain(body, rows), call);
    if (audit == null || audit.keepExplanation(exchange, conclusion, call.deadline())) {
      answers.explanation(exchange, conclusion.outcome());
    } else {
      answers.unrecorded(exchange);
    }
  }

  /** What may be told: by now the request is out of its lane, and waits for nobody's turn. */
  private Conclusion recorded(
      Exchange exchange, Endpoint endpoint, Conclusion conclusion, PredictionService.Call call) {
    if (audit == null) {
      return conclusion;
    }
    return audit.keep(exchange, endpoint, conclusion, call.deadline())
        ? conclusion
        : conclusion.unrecorded();
  }

  private void finish(Exchange exchange, Endpoint endpoint, Conclusion conclusion)
      throws IOException {
    answers.outcome(exchange, conclusion.outcome());
    exchange.stopwatch().lap(Step.WRITE);
    meters.record(endpoint, conclusion.outcome(), exchange.stopwatch());
    service.conclude(conclusion, exchange.stopwatch());
    watch.concluded(exchange, endpoint, conclusion);
  }

  private PredictionService.Call call(Exchange exchange, Endpoint endpoint) {
    Stopwatch stopwatch = exchange.stopwatch();
    long start = stopwatch.startNanos();
    Deadline deadline = RequestHeaders.deadline(exchange.request(), budget.of(endpoint), start);
    Arrivals.waitsAtMost(deadline.nanosLeft(start));
    return new PredictionService.Call(
        deadline,
        RequestHeaders.priority(exchange.request()),
        ConnectionValve.of(exchange.request()),
        exchange,
        stopwatch,
        exchange.trace());
  }

  private static void requireJson(HttpServletRequest request) {
    if (!ConnectionValve.of(request).sendsPlainJson()) {
      RequestHeaders.requireJson(request);
    }
    RequestHeaders.requirePlain(request);
    RequestHeaders.requireAcceptable(request);
  }

  private static InputStream body(Exchange exchange, long limit) throws IOException {
    if (exchange.request().getContentLengthLong() > limit) {
      throw BoundedBody.tooLarge(limit);
    }
    return new BoundedBody(exchange.request().getInputStream(), limit);
  }

  private static void requirePost(Exchange exchange) {
    requireMethod(exchange, "POST");
  }

  private static void requireGet(Exchange exchange) {
    requireGetMethod(exchange);
    RequestHeaders.requireAcceptable(exchange.request());
  }

  /** The only version that a report is to tell of; null for all. */
  private static @Nullable String versionAsked(Exchange exchange) {
    requireGet(exchange);
    return QueryOptions.version(exchange.request().getQueryString());
  }

  private static void requireGetMethod(Exchange exchange) {
    if (!exchange.request().getMethod().equals("HEAD")) {
      requireMethod(exchange, "GET");
    }
  }

  private static void requireMethod(Exchange exchange, String method) {
    String found = exchange.request().getMethod();
    if (!found.equals(method)) {
      exchange.response().setHeader("Allow", method.equals("GET") ? "GET, HEAD" : method);
      throw new RefusedRequest(
          ProblemKind.METHOD_NOT_ALLOWED,
          "use " + method + " instead of " + found.toUpperCase(Locale.ROOT));
    }
  }
}
