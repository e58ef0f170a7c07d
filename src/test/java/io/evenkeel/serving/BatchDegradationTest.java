package io.evenkeel.serving;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.admission.Shed;
import io.evenkeel.contract.Row;
import io.evenkeel.registry.ScratchModels;
import io.evenkeel.routing.Routing;
import io.evenkeel.serving.PredictionOutcome.Item;
import io.evenkeel.serving.PredictionOutcome.Missed;
import io.evenkeel.serving.PredictionOutcome.ServedBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches that a version refuses, or on some of whose rows it fails. */
class BatchDegradationTest {
  private static final String CACHE = "  - cache: {maxAge: 1h, maxSize: 1MB}\n";
  private static final String FALLBACK = "  - fallback: {version: '1'}\n";
  private static final String DEFAULT = "  - default: {value: 5}\n";
  private static final int POISON = 666;

  private TestWalk test;

  @BeforeEach
  void load(@TempDir Path root) {
    ScratchModels models = new ScratchModels(root);
    models.makeDoubling("m/1");
    models.makeDoubling("m/2", CACHE + FALLBACK + DEFAULT);
    models.makeDoubling("m/3", CACHE);
    models.makeDoubling("m/4", DEFAULT);
    test = new TestWalk(models);
  }

  @AfterEach
  void close() {
    test.close();
  }

  private PredictionOutcome refused(String version, Object... values) {
    Routing.Routed to = test.to(version);
    return test.degrader.many(shed(to), to, test.rows(version, values), TestWalk.call());
  }

  private static Missed shed(Routing.Routed to) {
    Shed shed = new Shed(Shed.Reason.CIRCUIT_OPEN, Duration.ofSeconds(1));
    return new PredictionOutcome.Shed(to.version(), shed, "");
  }

  private PredictionOutcome run(String version, Object... values) {
    Routing.Routed to = test.to(version);
    List<Row> rows = test.rows(version, values);
    PredictionOutcome ending = test.walk.many(to, rows, TestWalk.call());
    return test.degrader.many(ending, to, rows, TestWalk.call());
  }

  private static List<String> results(PredictionOutcome outcome) {
    return ((ServedBatch) outcome).items().stream().map(BatchDegradationTest::result).toList();
  }

  private static String result(Item item) {
    return switch (item) {
      case Item.Answered found ->
          (found.degraded() == null ? "" : found.degraded().mode().word() + " ")
              + TestWalk.value(found.prediction());
      case Item.Refused ignored -> "refused";
      case Item.Broken ignored -> "broken";
    };
  }

  @Test
  void givesEarlierAnswersOnlyToTheWholeBatch() {
    run("2", 1, 2, 3);
    assertThat(results(refused("2", 3, "\"three\"", 1)))
        .containsExactly("cache 6.0", "refused", "cache 2.0");
    PredictionOutcome other = refused("2", 3, 4);
    assertThat(results(other)).containsExactly("fallback 6.0", "fallback 8.0");
    assertThat(((ServedBatch) other).version().version()).isEqualTo("1");
  }

  @Test
  void marksTheBatchAndItsAnswers() {
    ServedBatch batch = (ServedBatch) refused("4", 1, "null");
    assertThat(results(batch)).containsExactly("default 5.0", "refused");
    assertThat(requireNonNull(batch.degraded()).reason()).isEqualTo("circuit-open");
    assertThat(batch.label()).isEqualTo("degraded");
    assertThat(batch.asked()).isSameAs(test.to("4").version());
  }

  @Test
  void staysRefusedWhereNoWayHasAllAnswers() {
    run("3", 1);
    assertThat(refused("3", 1, 2)).isInstanceOf(PredictionOutcome.Shed.class);
  }

  @Test
  void mendsRowsOnWhichTheModelFailed() {
    ServedBatch batch = (ServedBatch) run("2", 1, POISON, 3);
    assertThat(results(batch)).containsExactly("2.0", "default 5.0", "6.0");
    assertThat(batch.degraded()).isNull();
    assertThat(batch.isDegraded()).isTrue();
    assertThat(batch.version()).isSameAs(test.to("2").version());
  }

  @Test
  void leavesRowsBrokenForWhichThereIsNothing() {
    ServedBatch batch = (ServedBatch) run("3", 1, POISON);
    assertThat(results(batch)).containsExactly("2.0", "broken");
    assertThat(batch.label()).isEqualTo("served");
  }

  @Test
  void treatsABatchOfWhichNothingWasAnsweredAsFailed() {
    ServedBatch batch = (ServedBatch) run("2", POISON, POISON);
    assertThat(results(batch)).containsExactly("default 5.0", "default 5.0");
    assertThat(requireNonNull(batch.degraded()).reason()).isEqualTo("model-failure");
    assertThat(results(run("3", POISON))).containsExactly("broken");
  }

  @Test
  void takesTheFallbacksAnswersWhereItFailsOnSomeRows() {
    assertThat(results(refused("2", POISON, 4))).containsExactly("broken", "fallback 8.0");
  }

  @Test
  void leavesABatchOfInvalidRowsAsItIs() {
    assertThat(results(run("2", "null", "true"))).containsExactly("refused", "refused");
  }
}
