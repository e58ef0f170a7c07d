package io.evenkeel.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.monitoring.feedback.KeptPrediction;
import io.evenkeel.monitoring.feedback.Outcome;
import io.evenkeel.monitoring.feedback.PredictionId;
import io.evenkeel.monitoring.quality.Predicted;
import io.evenkeel.routing.Routing;
import io.evenkeel.routing.RoutingHash;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionBytesTest {
  private static final RoutingHash HASH = new RoutingHash(0xffffffffL, Long.MIN_VALUE);

  private static byte[] written(Predicted predicted, KeptPrediction.@Nullable Group group) {
    return PredictionBytes.write(
        new KeptPrediction(
            new PredictionId(UUID.randomUUID(), 0),
            Instant.EPOCH,
            "m",
            "1",
            new KeptPrediction.Route(Routing.Role.STABLE, 1, HASH),
            predicted,
            group));
  }

  private static Predicted classes(List<String> labels) {
    return new Predicted.Classes(
        labels, labels.stream().mapToDouble(label -> 1.0 / 3).toArray(), labels.size() - 1);
  }

  @Test
  void readsWhatItHasWritten() {
    KeptPrediction.Group group = new KeptPrediction.Group("age", "x=y ".repeat(100) + "ß𝔘");
    List<Predicted> all =
        List.of(
            new Predicted.Value(-0.0),
            new Predicted.Value(Double.MIN_VALUE),
            classes(List.of("")),
            classes(List.of("\0", "défaut")),
            classes(IntStream.range(0, 100).mapToObj(i -> "class " + i).toList()));

    for (Predicted predicted : all) {
      assertThat(PredictionBytes.readPrediction(written(predicted, group)))
          .isEqualTo(new PredictionBytes.Content(predicted, group, HASH));
      assertThat(PredictionBytes.readPrediction(written(predicted, null)))
          .isEqualTo(new PredictionBytes.Content(predicted, null, HASH));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 55, 56, 57, 119, 120, 121, 100_000})
  void readsTextsOfEveryLength(int length) {
    Outcome label = new Outcome.Label("x".repeat(length));

    assertThat(PredictionBytes.readOutcome(PredictionBytes.write(label))).isEqualTo(label);
  }

  @Test
  void isAsLongForEachPersonOfAModel() {
    KeptPrediction.Group group = new KeptPrediction.Group("housing", "own");

    assertThat(written(new Predicted.Classes(List.of("a", "b"), new double[] {1, 0}, 0), group))
        .hasSameSizeAs(
            written(
                new Predicted.Classes(List.of("a", "b"), new double[] {1e-17, 1 / 3.0}, 1),
                new KeptPrediction.Group("housing", "with somebody else")))
        .hasSameSizeAs(written(classes(List.of("a", "b")), null));
    assertThat(PredictionBytes.write(new Outcome.Label("no")))
        .hasSameSizeAs(PredictionBytes.write(new Outcome.Label("certainly not")));
    assertThat(PredictionBytes.write(new Outcome.Value(0)))
        .hasSameSizeAs(PredictionBytes.write(new Outcome.Value(-1e-300)));
  }

  @Test
  void refusesAnotherForm() {
    byte[] bytes = PredictionBytes.write(new Outcome.Value(1));
    bytes[0]++;

    assertThatThrownBy(() -> PredictionBytes.readOutcome(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("newer Evenkeel");
  }
}
