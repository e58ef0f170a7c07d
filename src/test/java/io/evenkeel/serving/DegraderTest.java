package io.evenkeel.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.admission.Shed;
import io.evenkeel.contract.Degradation.Mode;
import io.evenkeel.contract.Row;
import io.evenkeel.registry.ScratchModels;
import io.evenkeel.routing.Routes;
import io.evenkeel.routing.Routing;
import io.evenkeel.serving.PredictionOutcome.Missed;
import io.evenkeel.serving.PredictionOutcome.Served;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is answered where version 2 can't: from its cache, by version 1, or 5. */
class DegraderTest {
  private static final int POISON = 666;
  private static final Duration NO_TIME = Duration.ZERO;

  private TestWalk test;
  private Routing.Routed asked;

  @BeforeEach
  void load(@TempDir Path root) {
    ScratchModels models = new ScratchModels(root);
    models.makeDoubling("m/1");
    models.makeDoubling(
        "m/2",
        """
          - cache: {maxAge: 1h, maxSize: 1MB}
          - fallback: {version: '1'}
          - default: {value: 5}
        """);
    models.makeDoubling("m/3", "  - fallback: {version: '4'}\n");
    models.makeDoubling("m/4", "  - fallback: {version: '3'}\n  - default: {value: 7}\n");
    models.makeDoubling("m/5", "  - fallback: {version: '99'}\n  - default: {value: 9}\n");
    models.makeDoubling("m/7");
    models
        .makeDoubling("m/6", "  - fallback: {version: '1'}\n")
        .replace("contract.yaml", "type: number}", "type: number, nullable: true}")
        .replace("contract.yaml", "outputs:", INPUTS + "outputs:")
        .seal();
    test = new TestWalk(models);
    asked = test.to("2");
  }

  private static final String INPUTS =
      "inputs:\n  - {tensor: X, columns: [{feature: x, transforms: [{impute: 0}]}]}\n";

  @AfterEach
  void close() {
    test.close();
  }

  private Missed shed() {
    Shed shed = new Shed(Shed.Reason.QUEUE_FULL, Duration.ofSeconds(1));
    return new PredictionOutcome.Shed(asked.version(), shed, "");
  }

  private PredictionOutcome instead(Missed missed, Object x, Duration left) {
    Row row = test.row(asked.version().version(), x);
    return test.degrader.one(missed, asked, row, TestWalk.call(left));
  }

  private PredictionOutcome instead(Missed missed, Object x) {
    return instead(missed, x, Duration.ofMinutes(1));
  }

  private static void assertServed(
      PredictionOutcome outcome, String version, double value, @Nullable Mode mode) {
    assertThat(outcome).isInstanceOf(Served.class);
    Served served = (Served) outcome;
    assertThat(served.version().version()).isEqualTo(version);
    assertThat(TestWalk.value(served.prediction())).isEqualTo(value);
    assertThat(served.degraded() == null ? null : served.degraded().mode()).isEqualTo(mode);
  }

  @Test
  void givesAnEarlierAnswerFirst() {
    test.walk.one(asked, test.row("2", 3), TestWalk.call());
    PredictionOutcome instead =
        instead(new PredictionOutcome.Expired(asked.version()), "3.0", NO_TIME);
    assertServed(instead, "2", 6, Mode.CACHE);
    assertThat(instead.asked()).isSameAs(asked.version());
    assertThat(instead.label()).isEqualTo("degraded");
  }

  @Test
  void asksTheOtherVersionWhereThereIsNoEarlierAnswer() {
    PredictionOutcome instead = instead(shed(), 3);
    assertServed(instead, "1", 6, Mode.FALLBACK);
    assertThat(instead.asked()).isSameAs(asked.version());
    assertThat(((Served) instead).contract().fingerprint())
        .isEqualTo(test.to("1").servable().contract().fingerprint());
  }

  @Test
  void statesTheDefaultWhereTheOtherVersionFailsToo() {
    Missed failed = new PredictionOutcome.Failed(asked.version());
    assertServed(instead(failed, POISON), "2", 5, Mode.DEFAULT);
  }

  @Test
  void asksNobodyOnceTheDeadlineHasPassed() {
    long runs = test.to("1").servable().lane().counters().runs();
    assertServed(instead(shed(), 3, NO_TIME), "2", 5, Mode.DEFAULT);
    assertThat(test.to("1").servable().lane().counters().runs()).isEqualTo(runs);
  }

  @Test
  void saysWhatTheAnswerStandsFor() {
    assertThat(((Served) instead(shed(), 3)).degraded())
        .extracting(Degraded::reason)
        .isEqualTo("queue-full");
    assertThat(new PredictionOutcome.Expired(asked.version()).reason())
        .isEqualTo("deadline-exceeded");
    assertThat(new PredictionOutcome.Failed(asked.version()).reason()).isEqualTo("model-failure");
  }

  @Test
  void leavesOtherEndingsAsTheyAre() {
    Row row = test.row("2", 3);
    List<PredictionOutcome> endings =
        List.of(
            test.walk.one(asked, row, TestWalk.call()),
            new PredictionOutcome.Abandoned(asked.version()),
            new PredictionOutcome.Invalid(asked.version(), List.of(), 0));
    for (PredictionOutcome ending : endings) {
      assertThat(test.degrader.one(ending, asked, row, TestWalk.call())).isSameAs(ending);
      assertThat(test.degrader.many(ending, asked, List.of(row), TestWalk.call())).isSameAs(ending);
    }
  }

  @Test
  void asksTheFallbackButNotItsFallbackOrDefault() {
    asked = test.to("3");
    assertServed(instead(shed(), 3), "4", 6, Mode.FALLBACK);
    Missed failed = new PredictionOutcome.Failed(asked.version());
    assertThat(instead(failed, POISON)).isSameAs(failed);
  }

  @Test
  void passesOverAFallbackThatIsNotThere() {
    asked = test.to("5");
    assertServed(instead(shed(), 3), "5", 9, Mode.DEFAULT);
  }

  @Test
  void passesOverAFallbackThatReadsOtherRows() {
    asked = test.to("6");
    Missed missed = shed();
    assertThat(instead(missed, "null")).isSameAs(missed);
  }

  @Test
  void isNotInTheWayOfAContractWithoutDegradation() {
    asked = test.to("1");
    Missed missed = shed();
    assertThat(instead(missed, 3)).isSameAs(missed);
    assertThat(test.caches.of(asked)).isNull();
  }

  @Test
  void theRoutesFallbackAnswersWhereTheCircuitIsOpenAndTheContractHasNoWay() {
    asked = test.to("7");
    Shed open = new Shed(Shed.Reason.CIRCUIT_OPEN, Duration.ofSeconds(1));
    Missed missed = new PredictionOutcome.Shed(asked.version(), open, "");
    assertThat(instead(missed, 4)).as("no route names a fallback").isSameAs(missed);
    test.router.use(Routes.NONE.with("m", route -> route.withFallback("1")), 2);
    assertServed(instead(missed, 4), "1", 8, Mode.FALLBACK);
    Missed full = shed();
    assertThat(instead(full, 4)).as("it is overload only").isSameAs(full);
  }
}
