package io.evenkeel.api;

import io.evenkeel.monitoring.feedback.Feedback;
import io.evenkeel.monitoring.feedback.KnownOutcome;
import io.evenkeel.monitoring.feedback.Outcome;
import io.evenkeel.monitoring.feedback.PredictionId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Feedback as JSON values, and what became of it. Thread-safe. */
final class FeedbackCalls {
  private final Feedback feedback;
  private final Map<Fate, Counter> counters = new EnumMap<>(Fate.class);

  /** What became of an outcome, in the words of answers and meters. */
  private enum Fate {
    RECORDED,
    UNCHANGED,
    REPLACED,
    OUTDATED,
    UNKNOWN,
    UNUSABLE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Fate of(KnownOutcome.Effect effect) {
      return switch (effect) {
        case RECORDED -> RECORDED;
        case UNCHANGED -> UNCHANGED;
        case REPLACED -> REPLACED;
        case OUTDATED -> OUTDATED;
      };
    }
  }

  FeedbackCalls(Feedback feedback, MeterRegistry meters) {
    this.feedback = feedback;
    for (Fate fate : Fate.values()) {
      counters.put(
          fate,
          Counter.builder("evenkeel.feedback")
              .description("Outcomes that callers have told")
              .tags("result", fate.word())
              .register(meters));
    }
  }

  /**
   * Takes one outcome.
   *
   * @param models whether its caller may judge a model's predictions
   * @throws RefusedRequest if it can't be joined to a prediction
   */
  Object one(FeedbackBody.Item item, Predicate<String> models) {
    Object answer = all(List.of(item), models).getFirst();
    if (answer instanceof Problem problem) {
      throw new RefusedRequest(problem);
    }
    return answer;
  }

  /** Takes many outcomes, each for itself. */
  Object many(List<FeedbackBody.Item> items, Predicate<String> models) {
    List<Object> results = new ArrayList<>();
    int refused = 0;
    for (Object answer : all(items, models)) {
      if (answer instanceof Problem problem) {
        results.add(Map.of("problem", described(problem)));
        refused++;
      } else {
        results.add(answer);
      }
    }
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("items", items.size());
    summary.put("joined", items.size() - refused);
    summary.put("refused", refused);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("results", results);
    document.put("summary", summary);
    return document;
  }

  private static Map<String, Object> described(Problem problem) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("type", problem.kind().type());
    described.put("title", problem.kind().title());
    described.put("status", problem.kind().status());
    described.put("detail", problem.detail());
    return described;
  }

  /** Of each item a document, or a problem. */
  private List<Object> all(List<FeedbackBody.Item> items, Predicate<String> models) {
    List<Feedback.Given> usable = new ArrayList<>();
    for (FeedbackBody.Item item : items) {
      if (item instanceof FeedbackBody.Item.Usable found) {
        usable.add(found.given());
      }
    }
    List<Feedback.Result> results = feedback.give(usable, models);
    List<Object> answers = new ArrayList<>(items.size());
    int next = 0;
    for (FeedbackBody.Item item : items) {
      switch (item) {
        case FeedbackBody.Item.Usable ignored -> answers.add(answer(results.get(next++)));
        case FeedbackBody.Item.Unusable unusable -> {
          count(Fate.UNUSABLE);
          answers.add(unusable.problem());
        }
      }
    }
    return answers;
  }

  private Object answer(Feedback.Result result) {
    return switch (result) {
      case Feedback.Result.Joined joined -> {
        count(Fate.of(joined.effect()));
        yield described(joined);
      }
      case Feedback.Result.Unknown ignored -> {
        count(Fate.UNKNOWN);
        yield Problem.of(
            ProblemKind.NO_SUCH_PREDICTION,
            "no prediction is kept under this id. Send the `id` of the answer, and of a batch the"
                + " result's place as `index`. It may also be older than"
                + " `evenkeel.feedback.retention`, one too many for `max-predictions` or"
                + " `max-rate`, or no answer of the model's own");
      }
      case Feedback.Result.Unfit unfit -> {
        count(Fate.UNUSABLE);
        yield Problem.of(ProblemKind.UNUSABLE_FEEDBACK, unfit.why());
      }
    };
  }

  private void count(Fate fate) {
    Counter counter = counters.get(fate);
    if (counter != null) {
      counter.increment();
    }
  }

  private static Map<String, Object> described(Feedback.Result.Joined joined) {
    PredictionId id = joined.prediction().id();
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("id", id.answer().toString());
    if (id.index() != PredictionId.ALONE) {
      described.put("index", id.index());
    }
    described.put("model", joined.prediction().model());
    described.put("version", joined.prediction().version());
    described.put("result", Fate.of(joined.effect()).word());
    if (joined.before() != null && joined.effect() != KnownOutcome.Effect.UNCHANGED) {
      described.put("known", known(joined.before()));
    }
    return described;
  }

  private static Map<String, Object> known(KnownOutcome before) {
    Object outcome =
        switch (before.outcome()) {
          case Outcome.Label(String label) -> label;
          case Outcome.Value(double value) -> value;
        };
    return Map.of("outcome", outcome, "at", before.at().toString());
  }
}
