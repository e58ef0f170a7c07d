package io.evenkeel.serving;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.admission.Endpoint;
import io.evenkeel.admission.Shed;
import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Contracts;
import io.evenkeel.contract.Degradation;
import io.evenkeel.contract.Violation;
import io.evenkeel.inference.Precision;
import io.evenkeel.inference.Prediction;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.ScratchModels;
import io.evenkeel.routing.Routing;
import io.evenkeel.serving.PredictionOutcome.Item;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingMetersTest {
  private static final Contract CONTRACT = Contracts.ofModel("diabetes/1").contract();
  private static final Shed FULL = new Shed(Shed.Reason.QUEUE_FULL, Duration.ofSeconds(1));
  private static final Violation VIOLATION =
      new Violation("/instance/x", "x", "type", "a number", null);
  private static final Prediction ANSWER = new Prediction.Regression(1, Precision.SINGLE);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ServingMeters meters = new ServingMeters(registry);
  private ModelRegistry models;
  private ModelVersion version;

  @BeforeEach
  void findAVersion(@TempDir Path root) {
    ScratchModels scratch = new ScratchModels(root);
    scratch.makeDoubling("m/1");
    scratch.makeDoubling("m/2");
    models = scratch.found();
    version = requireNonNull(models.find("m", "1"));
  }

  @AfterEach
  void close() {
    models.close();
  }

  @Test
  void recordsEveryEndingOfARequestToAVersion() {
    List<PredictionOutcome> endings =
        List.of(
            new PredictionOutcome.Served(version, CONTRACT, 1, ANSWER, List.of(), null),
            new PredictionOutcome.ServedBatch(version, CONTRACT, 1, List.of(), null),
            new PredictionOutcome.Invalid(version, List.of(VIOLATION), 0),
            new PredictionOutcome.Shed(version, FULL, ""),
            new PredictionOutcome.Expired(version),
            new PredictionOutcome.Abandoned(version),
            new PredictionOutcome.Failed(version));
    endings.forEach(ending -> meters.record(Endpoint.SINGLE, ending, stopwatch()));
    for (String outcome : List.of("invalid", "shed", "expired", "failed")) {
      assertThat(requests("m", "1", outcome)).as(outcome).isEqualTo(1);
    }
    assertThat(requests("m", "1", "served")).isEqualTo(2);
  }

  @Test
  void countsDegradedAnswersForTheVersionThatWasAsked() {
    PredictionOutcome.Shed shed = new PredictionOutcome.Shed(version, FULL, "");
    Degraded degraded = new Degraded(Degradation.Mode.FALLBACK, shed, CONTRACT);
    ModelVersion other = requireNonNull(models.find("m", "2"));
    Item item = new Item.Answered(ANSWER, List.of(), degraded);
    List<PredictionOutcome> endings =
        List.of(
            new PredictionOutcome.Served(other, CONTRACT, 1, ANSWER, List.of(), degraded),
            new PredictionOutcome.ServedBatch(other, CONTRACT, 1, List.of(item, item), degraded));
    endings.forEach(ending -> meters.record(Endpoint.SINGLE, ending, stopwatch()));
    assertThat(requests("m", "1", "degraded")).isEqualTo(2);
    assertThat(count("evenkeel.degraded", "model", "m", "mode", "fallback")).isEqualTo(3);
    assertThat(count("evenkeel.shed", "model", "m", "reason", "queue-full")).isEqualTo(2);
  }

  @Test
  void takesForConfidentOnlyWhoComputedTheAnswer() {
    Prediction stated =
        Prediction.stated(new Degradation.DefaultClass(List.of("a", "b"), List.of(0.7, 0.3), 0));
    PredictionOutcome.Failed failed = new PredictionOutcome.Failed(version);
    ModelVersion other = requireNonNull(models.find("m", "2"));
    for (Degradation.Mode mode : Degradation.Mode.values()) {
      ModelVersion answering = mode == Degradation.Mode.FALLBACK ? other : version;
      Degraded degraded = new Degraded(mode, failed, CONTRACT);
      meters.record(
          Endpoint.SINGLE,
          new PredictionOutcome.Served(answering, CONTRACT, 1, stated, List.of(), degraded),
          stopwatch());
    }
    assertThat(confidences("1")).isZero();
    assertThat(confidences("2")).isEqualTo(1);
  }

  private long confidences(String ofVersion) {
    return registry
        .get("evenkeel.confidence")
        .tags("model", "m", "version", ofVersion)
        .summary()
        .count();
  }

  @Test
  void countsWhatWasRefusedByReasonAndRule() {
    meters.record(Endpoint.BATCH, new PredictionOutcome.Shed(version, FULL, ""), stopwatch());
    meters.record(
        Endpoint.SINGLE,
        new PredictionOutcome.Invalid(version, List.of(VIOLATION, VIOLATION), 0),
        stopwatch());
    meters.recordRefused("malformed-json");
    assertThat(count("evenkeel.shed", "model", "m", "reason", "queue-full")).isEqualTo(1);
    assertThat(count("evenkeel.violations", "model", "m", "feature", "x", "rule", "type"))
        .isEqualTo(2);
    assertThat(count("evenkeel.refused", "kind", "malformed-json")).isEqualTo(1);
  }

  @Test
  void looksIntoABatch() {
    List<Item> items =
        List.of(
            new Item.Answered(ANSWER, List.of(), null),
            new Item.Refused(List.of(VIOLATION), 0),
            new Item.Broken());
    meters.record(
        Endpoint.BATCH,
        new PredictionOutcome.ServedBatch(version, CONTRACT, 1, items, null),
        stopwatch());
    assertThat(registry.get("evenkeel.batch.rows").summary().totalAmount()).isEqualTo(3);
    assertThat(count("evenkeel.violations", "feature", "x")).isEqualTo(1);
  }

  @Test
  void namesNoModelThatIsNotThere() {
    for (String name : List.of("nothing", "m", "x".repeat(1000))) {
      meters.record(
          Endpoint.SINGLE,
          new PredictionOutcome.Unroutable(new Routing.NoSuchModel(name)),
          stopwatch());
      meters.record(
          Endpoint.SINGLE,
          new PredictionOutcome.Unroutable(new Routing.NoSuchVersion("m", name)),
          stopwatch());
    }
    Shed notReady = new Shed(Shed.Reason.NOT_READY, Duration.ofSeconds(1));
    meters.record(Endpoint.SINGLE, new PredictionOutcome.Shed(null, notReady, ""), stopwatch());
    assertThat(requests("", "", "unroutable")).isEqualTo(6);
    assertThat(requests("", "", "shed")).isEqualTo(1);
    assertThat(tagValues("model")).containsOnly("");
    assertThat(tagValues("version")).containsOnly("");
  }

  @Test
  void timesOnlyTheStepsThatHappened() {
    Stopwatch stopwatch = stopwatch();
    stopwatch.lap(Step.RUN);
    meters.record(
        Endpoint.SINGLE,
        new PredictionOutcome.Served(version, CONTRACT, 1, ANSWER, List.of(), null),
        stopwatch);
    assertThat(registry.get("evenkeel.step").tags("step", "run", "model", "m").timer().count())
        .isEqualTo(1);
    assertThat(registry.get("evenkeel.step").tags("step", "queue", "model", "m").timer().count())
        .isZero();
  }

  private static Stopwatch stopwatch() {
    Stopwatch stopwatch = new Stopwatch(System.nanoTime() - 1_000_000);
    stopwatch.lap(Step.PARSE);
    return stopwatch;
  }

  private long requests(String model, String version, String outcome) {
    return registry
        .get("evenkeel.request")
        .tags("model", model, "version", version, "outcome", outcome)
        .timer()
        .count();
  }

  private double count(String name, String... tags) {
    return registry.get(name).tags(tags).counter().count();
  }

  private Stream<String> tagValues(String key) {
    return registry.getMeters().stream()
        .map(Meter::getId)
        .flatMap(id -> id.getTags().stream())
        .filter(tag -> tag.getKey().equals(key))
        .map(Tag::getValue);
  }
}
