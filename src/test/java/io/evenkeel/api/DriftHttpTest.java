package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.Await;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Random;
import java.util.StringJoiner;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/** Drift is found through HTTP, attributed, and not seen where there is none. */
@ServingTest
@ContextConfiguration(initializers = DriftingModels.class)
@DirtiesContext(classMode = DirtiesContext.ClassMode.AFTER_EACH_TEST_METHOD)
class DriftHttpTest {
  private static final String DRIFT = "/v1/models/m/drift";
  private static final int BATCH = 250;

  private final Caller caller;
  private final MeterRegistry meters;
  private final Random random = new Random(17);
  private long sent;

  DriftHttpTest(Caller caller, MeterRegistry meters) {
    this.caller = caller;
    this.meters = meters;
  }

  /** What differs from training. */
  private record World(DoubleUnaryOperator ofA, DoubleUnaryOperator ofD, double missing, String c) {
    static final World OF_TRAINING = new World(a -> a, d -> d, 0.01, "x");
  }

  private JsonNode drift() {
    return caller.get(DRIFT).json().at("/versions/0");
  }

  private void send(int rows, World world) {
    for (int left = rows; left > 0; left -= BATCH) {
      StringJoiner instances = new StringJoiner(", ", "{\"instances\": [", "]}");
      for (int i = 0; i < Math.min(BATCH, left); i++) {
        instances.add(
            String.format(
                Locale.ROOT,
                "{\"a\": %s, \"b\": %s, \"c\": \"%s\", \"d\": %s}",
                world.ofA().applyAsDouble(random.nextGaussian()),
                random.nextDouble() < world.missing()
                    ? "null"
                    : Double.toString(random.nextGaussian()),
                random.nextDouble() < 0.7 ? world.c() : "y",
                world.ofD().applyAsDouble(random.nextGaussian())));
      }
      Answer answer = caller.post("/v1/predict/batch", instances.toString());
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      sent += Math.min(BATCH, left);
    }
    Await.until(() -> drift().path("rows").asLong(0) == sent);
  }

  @Test
  void saysNothingWhereNothingHasChanged() {
    send(10_000, World.OF_TRAINING);
    JsonNode drift = drift();
    assertThat(drift.get("level").asString()).as("%s", drift).isEqualTo("calm");
    assertThat(drift.at("/alarms/inform").longValue()).isZero();
    assertThat(drift.at("/effects/a/rows").longValue()).isEqualTo(500);
    assertThat(drift.at("/effects/a/psi").doubleValue()).isLessThan(0.2);
    assertThat(caller.get(DRIFT + "?version=9").status()).isEqualTo(404);
  }

  @Test
  void findsAShiftAndSaysWhere() {
    send(3000, World.OF_TRAINING);
    send(500, new World(a -> a, d -> d + 1, 0.01, "x"));
    JsonNode drift = drift();
    assertThat(drift.get("level").asString()).as("%s", drift).isNotEqualTo("calm");
    assertThat(drift.at("/causes/0/stream").asString()).isEqualTo("d");
    assertThat(drift.at("/causes/0/sinceRowsAgo").longValue()).isBetween(300L, 700L);
    assertThat(drift.at("/causes/0/shifts/0/bin").asString())
        .as("d is sensitive")
        .isEqualTo("bin 1");
    assertThat(drift.get("says").asString()).contains("`d` since about");
    assertThat(
            meters
                .counter(
                    "evenkeel.drift.alarms", "model", "m", "version", "1", "detector", "inputs")
                .count())
        .isEqualTo(1);
  }

  @Test
  void findsAChangeOfUnit() {
    send(3000, World.OF_TRAINING);
    send(250, new World(a -> a * 1000, d -> d, 0.01, "x"));
    assertThat(drift().get("level").asString()).isEqualTo("act");
    assertThat(drift().at("/causes").valueStream().map(cause -> cause.get("stream").asString()))
        .contains("a", "value");
  }

  @Test
  void findsACategoryThatTrainingHasNeverSeen() {
    send(3000, World.OF_TRAINING);
    send(250, new World(a -> a, d -> d, 0.01, "z"));
    assertThat(drift().at("/causes/0/stream").asString()).isEqualTo("c");
  }

  @Test
  void findsValuesThatGoMissing() {
    send(3000, World.OF_TRAINING);
    send(2000, new World(a -> a, d -> d, 0.1, "x"));
    assertThat(drift().get("level").asString()).isNotEqualTo("calm");
    assertThat(drift().at("/causes/0/stream").asString()).isEqualTo("b");
  }
}
