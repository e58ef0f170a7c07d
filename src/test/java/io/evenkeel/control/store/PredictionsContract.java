package io.evenkeel.control.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.monitoring.feedback.JudgedPrediction;
import io.evenkeel.monitoring.feedback.KeptPrediction;
import io.evenkeel.monitoring.feedback.KnownOutcome;
import io.evenkeel.monitoring.feedback.Outcome;
import io.evenkeel.monitoring.feedback.PredictionId;
import io.evenkeel.monitoring.feedback.PredictionStore;
import io.evenkeel.monitoring.quality.Predicted;
import io.evenkeel.routing.Routing;
import io.evenkeel.routing.RoutingHash;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What each database must do with predictions. */
abstract class PredictionsContract extends ControlStoreContract {
  private static final UUID ANSWER = UUID.fromString("01a20f25-f3e9-7a4f-9847-69c7a05fc855");
  private static final Instant LATER = NOW_AS_KEPT.plusSeconds(60);

  static KeptPrediction prediction(UUID answer, int index, Instant at) {
    return new KeptPrediction(
        new PredictionId(answer, index),
        at,
        "loan",
        "1",
        new KeptPrediction.Route(Routing.Role.CANARY, 7, new RoutingHash(4_000_000_000L, -5)),
        new Predicted.Classes(List.of("repaid", "défaut"), new double[] {0.1, 0.9}, 1));
  }

  private static KeptPrediction alone() {
    return prediction(ANSWER, PredictionId.ALONE, NOW_AS_KEPT);
  }

  private static KnownOutcome known(String label, Instant at) {
    return new KnownOutcome(new Outcome.Label(label), at);
  }

  private List<JudgedPrediction> newest(boolean judgedOnly, Instant since, int limit) {
    return store
        .predictions()
        .newest(new PredictionStore.Query("loan", "1", judgedOnly, since, limit));
  }

  @Test
  void keepsPredictionsAsTheyWere() {
    KeptPrediction value =
        new KeptPrediction(
            new PredictionId(ANSWER, 3),
            NOW_AS_KEPT,
            "diabetes",
            "2",
            new KeptPrediction.Route(Routing.Role.STABLE, 0, new RoutingHash(0, Long.MIN_VALUE)),
            new Predicted.Value(0.1 + 0.2));

    store.predictions().add(List.of(alone(), value));

    assertThat(
            store
                .predictions()
                .find(List.of(alone().id(), value.id(), new PredictionId(UUID.randomUUID(), 0))))
        .containsExactlyInAnyOrder(
            new JudgedPrediction(alone(), null), new JudgedPrediction(value, null));
    assertThat(store.predictions().find(List.of(new PredictionId(ANSWER, 0)))).isEmpty();
  }

  @Test
  void keepsTheGroupOfARow() {
    KeptPrediction plain = alone();
    KeptPrediction grouped =
        new KeptPrediction(
            plain.id(),
            plain.at(),
            plain.model(),
            plain.version(),
            plain.route(),
            plain.predicted(),
            new KeptPrediction.Group("age", "from 18 to below 65 = Erwachsene"));

    store.predictions().add(List.of(grouped));

    assertThat(store.predictions().find(List.of(plain.id())))
        .containsExactly(new JudgedPrediction(grouped, null));
  }

  @Test
  void keepsTheLatestOutcomeAndSaysWhatWasKnown() {
    PredictionStore predictions = store.predictions();
    predictions.add(List.of(alone()));
    PredictionId id = alone().id();
    PredictionId missing = new PredictionId(ANSWER, 9);

    var first =
        predictions.judge(
            Map.of(id, known("repaid", NOW_AS_KEPT), missing, known("repaid", NOW_AS_KEPT)));
    var second = predictions.judge(Map.of(id, known("défaut", LATER)));
    var third = predictions.judge(Map.of(id, known("repaid", NOW_AS_KEPT)));

    assertThat(first).containsOnlyKeys(id);
    assertThat(first.get(id)).isNull();
    assertThat(second.get(id)).isEqualTo(known("repaid", NOW_AS_KEPT));
    assertThat(third.get(id)).isEqualTo(known("défaut", LATER));
    assertThat(predictions.find(List.of(id)))
        .containsExactly(new JudgedPrediction(alone(), known("défaut", LATER)));
  }

  @Test
  void keepsNumbersAsOutcomes() {
    PredictionStore predictions = store.predictions();
    predictions.add(List.of(alone()));
    KnownOutcome number = new KnownOutcome(new Outcome.Value(-1e-300), LATER);

    var ignored = predictions.judge(Map.of(alone().id(), number));

    assertThat(newest(true, NOW_AS_KEPT, 1)).containsExactly(new JudgedPrediction(alone(), number));
  }

  @Test
  void findsTheNewestOfAVersion() {
    PredictionStore predictions = store.predictions();
    for (int i = 0; i < 5; i++) {
      predictions.add(List.of(prediction(ANSWER, i, NOW_AS_KEPT.plusSeconds(i))));
    }
    var ignored =
        predictions.judge(
            Map.of(
                new PredictionId(ANSWER, 1), known("repaid", LATER),
                new PredictionId(ANSWER, 3), known("repaid", LATER)));

    assertThat(newest(false, NOW_AS_KEPT, 3))
        .extracting(one -> one.prediction().id().index())
        .containsExactly(4, 3, 2);
    assertThat(newest(true, NOW_AS_KEPT, 3))
        .extracting(one -> one.prediction().id().index())
        .containsExactly(3, 1);
    assertThat(newest(true, NOW_AS_KEPT.plusSeconds(2), 3)).hasSize(1);
    assertThat(predictions.newest(new PredictionStore.Query("loan", "2", false, NOW, 3))).isEmpty();
  }

  @Test
  void forgetsTheOldest() {
    PredictionStore predictions = store.predictions();
    for (int i = 0; i < 10; i++) {
      predictions.add(List.of(prediction(ANSWER, i, NOW_AS_KEPT.plusSeconds(i))));
    }

    assertThat(predictions.trim(NOW_AS_KEPT.plusSeconds(2), 100)).isEqualTo(2);
    assertThat(predictions.trim(NOW_AS_KEPT, 5)).isEqualTo(3);
    assertThat(predictions.trim(NOW_AS_KEPT, 5)).isZero();
    assertThat(newest(false, NOW_AS_KEPT, 100))
        .extracting(one -> one.prediction().id().index())
        .containsExactly(9, 8, 7, 6, 5);
    assertThat(predictions.trim(NOW_AS_KEPT, 0)).isEqualTo(5);
  }
}
