package io.evenkeel.api;

import io.evenkeel.admission.Deadline;
import io.evenkeel.admission.Endpoint;
import io.evenkeel.audit.AuditTrail;
import io.evenkeel.audit.Notes;
import io.evenkeel.contract.Row;
import io.evenkeel.explain.ExplainConclusion;
import io.evenkeel.explain.ExplainOutcome;
import io.evenkeel.explain.Explanation;
import io.evenkeel.inference.Prediction;
import io.evenkeel.routing.Routing;
import io.evenkeel.serving.Conclusion;
import io.evenkeel.serving.PredictionOutcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has calls recorded before their answers leave. Where nothing is recorded there is none of it, and
 * a request costs nothing but that question. Thread-safe.
 */
final class RequestAudit {
  /** What is answered in place of what couldn't be recorded. */
  static final Problem UNAVAILABLE =
      Problem.of(
          ProblemKind.AUDIT_UNAVAILABLE,
          "the answer can't be recorded in the audit log, and without a record none is given; try"
              + " again after `Retry-After` seconds");

  private static final String REFUSED = "refused";

  private final AuditTrail trail;

  RequestAudit(AuditTrail trail) {
    this.trail = trail;
  }

  /** Whether a request's answer may leave. */
  boolean keep(Exchange exchange, Endpoint endpoint, Conclusion conclusion, Deadline deadline) {
    Routing.Routed routed = conclusion.routed();
    String model = model(exchange, routed);
    if (routed != null && !trail.records(model)) {
      return true;
    }
    AuditTrail.Seen seen =
        routed == null || conclusion.rows() == 0
            ? null
            : new AuditTrail.Seen(
                routed.servable().contract(), conclusion.seenRows(), answers(conclusion.outcome()));
    return keep(
        new AuditTrail.Request(
            endpoint == Endpoint.SINGLE ? "predict" : "batch",
            exchange.caller(),
            model,
            Summaries.brief(exchange, endpoint, conclusion),
            seen),
        deadline);
  }

  /** Whether an explanation, or why there is none, may be told. */
  boolean keepExplanation(Exchange exchange, ExplainConclusion conclusion, Deadline deadline) {
    Routing.Routed routed = conclusion.to();
    String model = model(exchange, routed);
    if (routed != null && !trail.records(model)) {
      return true;
    }
    Row row = conclusion.row();
    AuditTrail.Seen seen =
        routed == null || row == null
            ? null
            : new AuditTrail.Seen(
                routed.servable().contract(), List.of(row), answers(conclusion.outcome()));
    return keep(
        new AuditTrail.Request(
            "explain", exchange.caller(), model, Summaries.brief(exchange, conclusion), seen),
        deadline);
  }

  /** The prediction that was explained. */
  private static List<@Nullable Object> answers(ExplainOutcome outcome) {
    List<@Nullable Object> answers = new ArrayList<>();
    if (outcome instanceof ExplainOutcome.Explained(Explanation explanation)) {
      answers.add(answer(explanation.pair().prediction()));
    }
    return answers;
  }

  /**
   * The same of a request for predictions that was refused before it was walked with, or has failed
   * because of a defect; others need no record.
   */
  boolean keepEnding(Exchange exchange, String outcome, Problem problem) {
    String kind =
        switch (Resource.at(exchange.request().getPathInfo())) {
          case Resource.Predict ignored -> "predict";
          case Resource.PredictBatch ignored -> "batch";
          case Resource.Explain ignored -> "explain";
          case null, default -> null;
        };
    if (kind == null) {
      return true;
    }
    return keep(
        new AuditTrail.Request(
            kind,
            exchange.caller(),
            model(exchange),
            Summaries.of(exchange, outcome, problem.kind()),
            null),
        new Deadline(System.nanoTime()));
  }

  private boolean keep(AuditTrail.Request request, Deadline deadline) {
    if (trail.waits(request.model())) {
      // Whoever waits for the disk needs no processor.
      Arrivals.stepAside();
    }
    return trail.keep(request, deadline);
  }

  /** What a request was walked with, or else what it asked for. */
  private static @Nullable String model(Exchange exchange, Routing.@Nullable Routed routed) {
    return routed == null ? model(exchange) : routed.version().model();
  }

  private static @Nullable String model(Exchange exchange) {
    return switch (Resource.at(exchange.request().getPathInfo())) {
      case Resource.Predict predict -> predict.target().model();
      case Resource.PredictBatch batch -> batch.target().model();
      case Resource.Explain explain -> explain.target().model();
      case null, default -> null;
    };
  }

  private static List<@Nullable Object> answers(PredictionOutcome outcome) {
    List<@Nullable Object> answers = new ArrayList<>();
    switch (outcome) {
      case PredictionOutcome.Served served -> answers.add(answer(served.prediction()));
      case PredictionOutcome.ServedBatch served -> {
        for (PredictionOutcome.Item item : served.items()) {
          answers.add(
              item instanceof PredictionOutcome.Item.Answered found
                  ? answer(found.prediction())
                  : null);
        }
      }
      default -> {}
    }
    return answers;
  }

  private static @Nullable Object answer(Prediction prediction) {
    return switch (prediction) {
      case Prediction.Classification found -> found.label();
      case Prediction.Regression found -> Double.isFinite(found.value()) ? found.value() : null;
      case Prediction.Raw ignored -> null;
    };
  }

  /**
   * Records feedback before it has an effect.
   *
   * @param about the ids of the predictions it is about
   * @throws RefusedRequest if it can't be recorded
   */
  void requireFeedback(Exchange exchange, List<String> about) {
    require(received("feedback", exchange).with("about", about));
  }

  /**
   * Records that a change is asked for, before it is made.
   *
   * @throws RefusedRequest if it can't be recorded
   */
  void requireChange(Exchange exchange) {
    require(received("admin", exchange).with("call", call(exchange)));
  }

  private static Notes received(String kind, Exchange exchange) {
    return Notes.of(kind)
        .with("id", exchange.id())
        .with("who", exchange.caller())
        .with("from", exchange.request().getRemoteAddr())
        .with("outcome", "received");
  }

  private void require(Notes notes) {
    if (!trail.keep(notes)) {
      throw new RefusedRequest(UNAVAILABLE);
    }
  }

  /**
   * Records that a change, or feedback, was refused.
   *
   * @return whether its caller may be told
   */
  boolean keepRefusal(String kind, Exchange exchange, Problem problem) {
    return trail.keep(
        Notes.of(kind)
            .with("id", exchange.id())
            .with("who", exchange.caller())
            .with("from", exchange.request().getRemoteAddr())
            .with("call", call(exchange))
            .with("outcome", REFUSED)
            .with("reason", problem.kind().slug()));
  }

  private static String call(Exchange exchange) {
    return exchange.request().getMethod() + " " + exchange.request().getRequestURI();
  }
}
