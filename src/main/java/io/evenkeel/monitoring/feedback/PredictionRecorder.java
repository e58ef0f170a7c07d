package io.evenkeel.monitoring.feedback;

import io.evenkeel.admission.Endpoint;
import io.evenkeel.contract.Fairness;
import io.evenkeel.inference.Prediction;
import io.evenkeel.monitoring.Reservoir;
import io.evenkeel.monitoring.quality.Predicted;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.routing.Requester;
import io.evenkeel.routing.Routing;
import io.evenkeel.routing.RoutingHash;
import io.evenkeel.serving.spi.PredictionEvent;
import io.evenkeel.serving.spi.PredictionObserver;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes predictions from the requests' threads, a random part of them where there are many, and
 * hands them on when it is asked. Only what the asked version computed itself is taken: an answer
 * in its place says nothing of its quality. Thread-safe.
 */
public final class PredictionRecorder implements PredictionObserver {
  /** Of a model with more classes only the predicted one is kept. */
  static final int MOST_CLASSES = 100;

  /** How many are taken at once after a calm. */
  private static final int LARGEST_BURST = 10_000;

  private final boolean enabled;
  private final InstantSource clock;
  private final LongConsumer drops;
  private final Reservoir<Taken> reservoir;

  /**
   * @param drops is told how many weren't taken
   */
  public PredictionRecorder(FeedbackProperties settings, InstantSource clock, LongConsumer drops) {
    this.enabled = settings.keepsAny();
    this.clock = clock;
    this.drops = drops;
    this.reservoir =
        new Reservoir<>(
            settings.maxRate(), LARGEST_BURST, new SplittableRandom(), System.nanoTime());
  }

  /** What is common to the predictions of one answer. */
  private record Answered(
      UUID id,
      Instant at,
      ModelVersion version,
      Routing.Role role,
      long revision,
      String routingKey) {}

  /** One prediction on its way. */
  private record Taken(
      Answered answer, int index, Prediction prediction, KeptPrediction.@Nullable Group group) {}

  /** A prediction to be kept, with the version it comes from. */
  record Fresh(ModelVersion version, KeptPrediction prediction) {}

  @Override
  public String name() {
    return "feedback";
  }

  @Override
  public void observe(PredictionEvent event) {
    List<@Nullable Prediction> predictions = event.ending().predictions();
    if (!enabled || predictions.isEmpty()) {
      return;
    }
    if (event.origin().requester().answerId().isEmpty()) {
      return;
    }
    if (event.endpoint() == Endpoint.SINGLE) {
      offerOne(event, predictions.getFirst());
    } else {
      offerMany(event, predictions);
    }
  }

  private void offerOne(PredictionEvent event, @Nullable Prediction prediction) {
    if (prediction != null && isJudgeable(prediction)) {
      reservoir.offer(
          1, i -> new Taken(answered(event), PredictionId.ALONE, prediction, groupOf(event, 0)));
    }
  }

  private void offerMany(PredictionEvent event, List<@Nullable Prediction> predictions) {
    int[] places = judgeable(predictions);
    Offered offered = new Offered(event);
    reservoir.offer(
        places.length,
        i -> {
          int place = places[i];
          return new Taken(
              offered.answer(),
              place,
              Objects.requireNonNull(predictions.get(place)),
              groupOf(event, place));
        });
  }

  /** The row itself isn't kept. */
  private static KeptPrediction.@Nullable Group groupOf(PredictionEvent event, int place) {
    Fairness fairness = event.contract().fairness();
    String name = event.contract().groupOf(event.rows().get(place));
    return fairness == null || name == null
        ? null
        : new KeptPrediction.Group(fairness.attribute(), name);
  }

  private static int[] judgeable(List<@Nullable Prediction> predictions) {
    return IntStream.range(0, predictions.size())
        .filter(i -> {
          Prediction prediction = predictions.get(i);
          return prediction != null && isJudgeable(prediction);
        })
        .toArray();
  }

  /** Makes what is common at most once, and only if one of the predictions is taken. */
  private final class Offered {
    private final PredictionEvent event;
    private @Nullable Answered answer;

    Offered(PredictionEvent event) {
      this.event = event;
    }

    Answered answer() {
      Answered made = answer;
      if (made == null) {
        made = answered(event);
        answer = made;
      }
      return made;
    }
  }

  private Answered answered(PredictionEvent event) {
    PredictionEvent.Origin origin = event.origin();
    Requester requester = origin.requester();
    return new Answered(
        UUID.fromString(requester.answerId()),
        clock.instant(),
        event.asked(),
        origin.role(),
        origin.revision(),
        requester.routingKey());
  }

  private static boolean isJudgeable(Prediction prediction) {
    return switch (prediction) {
      case Prediction.Classification found ->
          found.winner() >= 0 && found.probabilities().isFinite();
      case Prediction.Regression found -> Double.isFinite(found.value());
      case Prediction.Raw ignored -> false;
    };
  }

  /** What was taken since the last time. */
  List<Fresh> drain() {
    Reservoir.Look<Taken> look = reservoir.look(System.nanoTime());
    if (look.dropped() > 0) {
      drops.accept(look.dropped());
    }
    List<Fresh> fresh = new ArrayList<>(look.taken().size());
    for (Taken taken : look.taken()) {
      fresh.add(new Fresh(taken.answer().version(), kept(taken)));
    }
    return fresh;
  }

  /** So many that it has handed on couldn't be kept. */
  void lost(int predictions) {
    drops.accept(predictions);
  }

  private static KeptPrediction kept(Taken taken) {
    Answered answer = taken.answer();
    String model = answer.version().model();
    return new KeptPrediction(
        new PredictionId(answer.id(), taken.index()),
        answer.at(),
        model,
        answer.version().version(),
        new KeptPrediction.Route(
            answer.role(), answer.revision(), RoutingHash.of(model, answer.routingKey())),
        predicted(taken.prediction()),
        taken.group());
  }

  private static Predicted predicted(Prediction prediction) {
    return switch (prediction) {
      case Prediction.Classification found when found.labels().size() > MOST_CLASSES ->
          new Predicted.Classes(
              List.of(found.labels().get(found.winner())), new double[] {found.confidence()}, 0);
      case Prediction.Classification found ->
          new Predicted.Classes(found.labels(), found.probabilities().toArray(), found.winner());
      case Prediction.Regression found -> new Predicted.Value(found.value());
      case Prediction.Raw ignored -> throw new IllegalStateException("raw outputs aren't taken");
    };
  }
}
