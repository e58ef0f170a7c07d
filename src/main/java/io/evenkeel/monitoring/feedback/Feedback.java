package io.evenkeel.monitoring.feedback;

import io.evenkeel.monitoring.quality.Predicted;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins outcomes to the predictions they belong to, in whatever order and however late they come.
 * The same outcome twice changes nothing; of different ones the latest counts. Thread-safe; calls
 * wait for the database.
 */
public final class Feedback implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Feedback.class);
  private static final Duration DRAIN_EVERY = Duration.ofMillis(250);
  private static final Duration TRIM_EVERY = Duration.ofMinutes(1);
  private static final int CHUNK = 500;

  /**
   * Predictions are kept after they were answered: a fast caller's feedback may come before. An id
   * has the moment at which its request came, and a large batch takes a while.
   */
  private static final Duration YOUNG = Duration.ofMinutes(1);

  private static final long FIRST_PAUSE_MILLIS = 20;
  private static final long LAST_PAUSE_MILLIS = 320;

  private final FeedbackProperties settings;
  private final FeedbackThread thread;
  private final PredictionRecorder recorder;
  private final QualityWatch quality;
  private final List<OutcomeListener> listeners;
  private final InstantSource clock;

  public Feedback(
      FeedbackProperties settings,
      FeedbackThread thread,
      PredictionRecorder recorder,
      QualityWatch quality,
      List<OutcomeListener> listeners,
      InstantSource clock) {
    this.settings = settings;
    this.thread = thread;
    this.recorder = recorder;
    this.quality = quality;
    this.listeners = List.copyOf(listeners);
    this.clock = clock;
    thread.every(DRAIN_EVERY, this::drain);
    thread.every(
        TRIM_EVERY,
        store -> {
          int forgotten =
              store.trim(clock.instant().minus(settings.retention()), settings.maxPredictions());
          LOG.debug("{} predictions were forgotten", forgotten);
        });
  }

  /**
   * An outcome as a caller tells it.
   *
   * @param id which prediction; null where the id is none of ours
   * @param at since when it is known; null for now
   */
  public record Given(@Nullable PredictionId id, Outcome outcome, @Nullable Instant at) {}

  /** What became of it. */
  public sealed interface Result {
    /**
     * It belongs to this prediction.
     *
     * @param before what was known already; null where nothing was
     */
    record Joined(
        KeptPrediction prediction, KnownOutcome.Effect effect, @Nullable KnownOutcome before)
        implements Result {}

    /** No such prediction is kept. */
    record Unknown() implements Result {}

    /**
     * It is no outcome of such a prediction.
     *
     * @param why and what would be one
     */
    record Unfit(String why) implements Result {}
  }

  /**
   * Takes outcomes.
   *
   * @param models whether the caller may judge a model's predictions; others are as good as unknown
   * @return what became of each, in their order
   * @throws FeedbackUnavailableException if the store can't be asked now; what came before in a
   *     large list may be kept already
   */
  public List<Result> give(List<Given> outcomes, Predicate<String> models) {
    List<Result> results = new ArrayList<>(outcomes.size());
    for (int from = 0; from < outcomes.size(); from += CHUNK) {
      int to = Math.min(from + CHUNK, outcomes.size());
      results.addAll(giveSome(outcomes.subList(from, to), models));
    }
    return results;
  }

  private List<Result> giveSome(List<Given> outcomes, Predicate<String> models) {
    Map<PredictionId, JudgedPrediction> found = thread.call(store -> find(store, outcomes));
    for (long pause = FIRST_PAUSE_MILLIS;
        pause <= LAST_PAUSE_MILLIS && lacksYoung(outcomes, found) && paused(pause);
        pause *= 2) {
      found = thread.call(store -> find(store, outcomes));
    }
    Map<PredictionId, JudgedPrediction> all = new HashMap<>(found);
    all.values().removeIf(judged -> !models.test(judged.prediction().model()));
    return thread.call(store -> judge(store, outcomes, all));
  }

  private static boolean paused(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean lacksYoung(List<Given> outcomes, Map<PredictionId, JudgedPrediction> found) {
    Instant young = clock.instant().minus(YOUNG);
    return settings.keepsAny()
        && outcomes.stream()
            .map(Given::id)
            .anyMatch(id -> id != null && !found.containsKey(id) && isSince(young, id.answer()));
  }

  /** Whether an id of ours is as young as that; UUIDs of version 7 begin with their moment. */
  private static boolean isSince(Instant moment, UUID id) {
    return id.version() == 7
        && id.getMostSignificantBits() >>> 16 >= moment.toEpochMilli()
        && id.getMostSignificantBits() >>> 16 <= moment.plus(YOUNG.multipliedBy(2)).toEpochMilli();
  }

  private Map<PredictionId, JudgedPrediction> find(PredictionStore store, List<Given> outcomes) {
    drain(store);
    List<PredictionId> ids = new ArrayList<>();
    for (Given given : outcomes) {
      if (given.id() != null) {
        ids.add(given.id());
      }
    }
    Map<PredictionId, JudgedPrediction> found = new HashMap<>();
    store.find(ids).forEach(one -> found.put(one.prediction().id(), one));
    return found;
  }

  private void drain(PredictionStore store) {
    List<PredictionRecorder.Fresh> fresh = recorder.drain();
    if (!fresh.isEmpty()) {
      quality.seen(fresh);
      try {
        store.add(fresh.stream().map(PredictionRecorder.Fresh::prediction).toList());
      } catch (RuntimeException e) {
        recorder.lost(fresh.size());
        throw e;
      }
    }
  }

  /** One after the other, because a list may have the same prediction twice. */
  private List<Result> judge(
      PredictionStore store, List<Given> outcomes, Map<PredictionId, JudgedPrediction> found) {
    Instant now = clock.instant();
    List<@Nullable Result> results = new ArrayList<>(outcomes.size());
    Map<PredictionId, Integer> places = new HashMap<>();
    Map<PredictionId, KnownOutcome> toWrite = new LinkedHashMap<>();
    for (Given given : outcomes) {
      PredictionId id = given.id();
      JudgedPrediction judged = id == null ? null : found.get(id);
      if (id == null || judged == null) {
        results.add(new Result.Unknown());
        continue;
      }
      KnownOutcome outcome =
          new KnownOutcome(given.outcome(), given.at() == null ? now : given.at());
      String why = unfitness(judged.prediction(), outcome, now);
      if (why != null) {
        results.add(new Result.Unfit(why));
        continue;
      }
      if (toWrite.containsKey(id)) {
        finish(store, found, toWrite, places, results);
      }
      places.put(id, results.size());
      toWrite.put(id, outcome);
      results.add(null);
    }
    finish(store, found, toWrite, places, results);
    List<Result> all = new ArrayList<>(results.size());
    results.forEach(result -> all.add(result == null ? new Result.Unknown() : result));
    return all;
  }

  private void finish(
      PredictionStore store,
      Map<PredictionId, JudgedPrediction> found,
      Map<PredictionId, KnownOutcome> toWrite,
      Map<PredictionId, Integer> places,
      List<@Nullable Result> results) {
    if (toWrite.isEmpty()) {
      return;
    }
    Map<PredictionId, @Nullable KnownOutcome> befores = store.judge(toWrite);
    befores.forEach((id, before) -> {
      JudgedPrediction judged = found.get(id);
      KnownOutcome outcome = toWrite.get(id);
      Integer place = places.get(id);
      if (judged != null && outcome != null && place != null) {
        KnownOutcome.Effect effect = outcome.after(before);
        results.set(place, new Result.Joined(judged.prediction(), effect, before));
        if (effect == KnownOutcome.Effect.RECORDED || effect == KnownOutcome.Effect.REPLACED) {
          tell(listener -> listener.judged(judged.prediction(), outcome, before));
        }
      }
    });
    toWrite.clear();
  }

  private void tell(Consumer<OutcomeListener> message) {
    for (OutcomeListener listener : listeners) {
      try {
        message.accept(listener);
      } catch (RuntimeException e) {
        LOG.error("A listener failed on an outcome, which is kept all the same", e);
      }
    }
  }

  /** Why it is no outcome of such a prediction; null where it is one. */
  private static @Nullable String unfitness(
      KeptPrediction prediction, KnownOutcome outcome, Instant now) {
    if (outcome.at().isAfter(now.plus(Duration.ofDays(1)))) {
      return "`at` is in the future; send the moment since when the outcome is known, or leave it"
          + " out";
    }
    return switch (prediction.predicted()) {
      case Predicted.Value ignored ->
          outcome.outcome() instanceof Outcome.Value
              ? null
              : "the model predicts a value; send the true one as a number";
      case Predicted.Classes classes -> unfitness(classes, outcome.outcome());
    };
  }

  private static @Nullable String unfitness(Predicted.Classes classes, Outcome outcome) {
    boolean isWhole = classes.labels().size() > 1;
    if (outcome instanceof Outcome.Label(String label)
        && (!isWhole || classes.labels().contains(label))) {
      return null;
    }
    return isWhole
        ? "the model predicts one of the labels "
            + shown(classes.labels())
            + "; send one, as a text"
        : "the model predicts a label; send the true one as a text";
  }

  private static String shown(List<String> labels) {
    int most = 20;
    String some =
        String.join(", ", labels.stream().limit(most).map(label -> "\"" + label + "\"").toList());
    return labels.size() > most ? some + ", ..." : some;
  }

  /** Keeps what is on its way. */
  @Override
  public void close() {
    thread.closeAfter(this::drain);
  }
}
