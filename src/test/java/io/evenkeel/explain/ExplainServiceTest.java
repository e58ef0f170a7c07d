package io.evenkeel.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.admission.Deadline;
import io.evenkeel.admission.Priority;
import io.evenkeel.contract.Row;
import io.evenkeel.explain.ExplainOutcome.Baseless;
import io.evenkeel.explain.ExplainOutcome.Explained;
import io.evenkeel.explain.ExplainOutcome.Unanswered;
import io.evenkeel.explain.Explanation.Attribution;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ScratchModels;
import io.evenkeel.routing.Requester;
import io.evenkeel.routing.Router;
import io.evenkeel.routing.Routes;
import io.evenkeel.routing.Target;
import io.evenkeel.serving.Envelope;
import io.evenkeel.serving.PredictionOutcome;
import io.evenkeel.serving.PredictionRequest;
import io.evenkeel.serving.PredictionService;
import io.evenkeel.serving.RequestValidation;
import io.evenkeel.serving.Stopwatch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorFactory;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExplainServiceTest {
  private static final String CANCER = "breast-cancer";
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final ValidatorFactory VALIDATORS =
      Validation.byDefaultProvider()
          .configure()
          .constraintValidatorFactory(new AsSpringMakesThem())
          .buildValidatorFactory();
  private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();

  /** The constraints are none of the public types of their package. */
  private static final class AsSpringMakesThem implements ConstraintValidatorFactory {
    @Override
    public <T extends ConstraintValidator<?, ?>> T getInstance(Class<T> type) {
      try {
        Constructor<T> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void releaseInstance(ConstraintValidator<?, ?> instance) {}
  }

  private static ModelRegistry registry;
  private static ExplainService service;

  @BeforeAll
  static void load(@TempDir Path root) {
    ScratchModels models = new ScratchModels(root);
    LinearModel.make(models, "linear/1")
        .write("reference.json", LinearModel.reference(10, -20, 5, ""))
        .seal();
    LinearModel.make(models, "bare/1");
    LinearModel.make(models, "odd/1").write("reference.json", "{}").seal();
    models.copy("breast-cancer/1", "breast-cancer/1");
    models.copy("digits/1", "digits/1");
    models.make(
        "raw/1",
        "poison",
        "schemaVersion: 1.0.0\nfeatures: [{name: x, type: number}]\noutputs: {task: raw}\n",
        "{\"instance\": {\"x\": 4}, \"prediction\": {\"outputs\": {\"value\": [8]}}}\n");
    slow(models);
    registry = models.loaded();
    service =
        new ExplainService(
            new Router(registry, Routes.NONE, "linear"),
            new RequestValidation(VALIDATORS.getValidator()),
            new Bases(),
            METERS);
  }

  /** Sixteen features that differ from the baseline, and a run that takes a while. */
  private static void slow(ScratchModels models) {
    StringBuilder contract = new StringBuilder("schemaVersion: 1.0.0\nfeatures:\n");
    StringBuilder sketches = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      contract.append("  - {name: x").append(i).append(", type: number}\n");
      sketches
          .append(i == 0 ? "" : ", ")
          .append("\"x")
          .append(i)
          .append("\": {\"kind\": \"numeric\", \"missing\": 0, \"edges\": [],")
          .append(" \"probabilities\": [1], \"mean\": 0, \"std\": 1, \"min\": 0, \"max\": 1}");
    }
    models
        .make(
            "slow/1",
            "slow",
            contract.append("outputs: {task: regression, value: value}\n").toString(),
            "{\"instance\": "
                + ones()
                + ", \"prediction\": {\"value\": 16}, \"tolerance\": 1e-3}\n")
        .write(
            "reference.json",
            "{\"schemaVersion\": 1, \"rows\": 10, \"features\": {" + sketches + "}}")
        .seal();
  }

  private static String ones() {
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      row.append(i == 0 ? "{" : ", ").append("\"x").append(i).append("\": 1");
    }
    return row.append("}").toString();
  }

  @AfterAll
  static void close() {
    registry.close();
    VALIDATORS.close();
  }

  private static ExplainOutcome explain(
      String model, String instance, int permutations, @Nullable Long seed, Duration left) {
    long now = System.nanoTime();
    PredictionService.Call call =
        new PredictionService.Call(
            Deadline.after(left, now), Priority.NORMAL, null, Requester.NOBODY, new Stopwatch(now));
    return service
        .explain(
            new Target(model, null),
            reader -> {
              Row row = LinearModel.row(LinearModel.servable(registry, model), instance);
              return new ExplainRequest(
                  new PredictionRequest(row, new Envelope(List.of())), permutations, seed);
            },
            call)
        .outcome();
  }

  private static Explanation explained(String model, String instance) {
    return ((Explained) explain(model, instance, 64, null, LONG)).explanation();
  }

  /** A malignant one; the baseline is benign. */
  private static String malignant() throws IOException {
    String body = Files.readString(Path.of("docs/examples/breast-cancer.json"));
    return JsonMapper.shared().readTree(body).get("instance").toString();
  }

  private static String golden(String model) throws IOException {
    try (var lines = Files.lines(Path.of("models", model, "1", "golden.jsonl"))) {
      JsonNode line = JsonMapper.shared().readTree(lines.findFirst().orElseThrow());
      return line.get("instance").toString();
    }
  }

  @Test
  void ofALinearModelAttributionsAreCoefficientsTimesDifferences() {
    Explanation explanation = explained("linear", "{\"a\": 11.5, \"b\": -18, \"c\": 105}");

    assertThat(explanation.attributions())
        .extracting(Attribution::feature)
        .as("the largest first")
        .containsExactly(2, 1, 0);
    double[] expected = {2 * 1.5, -3 * 2, 0.5 * 100};
    for (Attribution one : explanation.attributions()) {
      assertThat(one.attribution()).isCloseTo(expected[one.feature()], within(1e-9));
      assertThat(one.standardError()).isCloseTo(0, within(1e-9));
    }
    assertThat(explanation.pair().explained()).isEqualTo(2 * 11.5 + 3 * 18 + 0.5 * 105 + 1);
    assertThat(explanation.pair().ofBaseline()).isEqualTo(2 * 10 + 3 * 20 + 0.5 * 5 + 1);
    assertThat(explanation.sampling().permutations()).isEqualTo(64);
    assertThat(explanation.sampling().partial()).isFalse();
  }

  @Test
  void whatIsAsInTheBaselineHasNoPart() {
    Explanation explanation = explained("linear", "{\"a\": 10, \"b\": -20, \"c\": 6}");

    assertThat(explanation.attributions())
        .filteredOn(one -> one.feature() != 2)
        .extracting(Attribution::attribution, Attribution::standardError)
        .containsOnly(tuple(0.0, 0.0));
  }

  @Test
  void ofAForestTheyAddUpToTheDifferenceOfTheProbabilities() throws IOException {
    Explanation explanation = explained(CANCER, malignant());

    double sum = explanation.attributions().stream().mapToDouble(Attribution::attribution).sum();
    assertThat(sum)
        .isCloseTo(explanation.pair().explained() - explanation.pair().ofBaseline(), within(1e-12));
    assertThat(explanation.attributions()).hasSize(30);
    assertThat(explanation.attributions().getFirst().standardError()).isPositive();
    assertThat(Math.abs(explanation.attributions().getFirst().attribution()))
        .isGreaterThan(Math.abs(explanation.attributions().getLast().attribution()));
  }

  @Test
  void aTensorIsOneFeature() throws IOException {
    Explanation explanation = explained("digits", golden("digits"));

    assertThat(explanation.attributions()).hasSize(1);
    assertThat(explanation.attributions().getFirst().attribution())
        .isEqualTo(explanation.pair().explained() - explanation.pair().ofBaseline());
  }

  @Test
  void theSameRequestHasTheSameAnswer() throws IOException {
    String row = malignant();
    Explanation first = explained(CANCER, row);

    assertThat(explained(CANCER, row).attributions()).isEqualTo(first.attributions());
    Explained again = (Explained) explain(CANCER, row, 64, first.sampling().seed(), LONG);
    assertThat(again.explanation().attributions()).isEqualTo(first.attributions());
    Explained other = (Explained) explain(CANCER, row, 64, 1 + first.sampling().seed(), LONG);
    assertThat(other.explanation().attributions()).isNotEqualTo(first.attributions());
  }

  @Test
  void endsWithWhatItHasWhereTimeIsShort() {
    long before = System.nanoTime();
    assertThat(explain("slow", ones(), 2, null, LONG)).isInstanceOf(Explained.class);
    Duration two = Duration.ofNanos(System.nanoTime() - before);
    Duration left = two.multipliedBy(5).plusSeconds(1);
    long start = System.nanoTime();
    Explained outcome = (Explained) explain("slow", ones(), 4096, null, left);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(left.multipliedBy(2));
    Explanation explanation = outcome.explanation();
    assertThat(explanation.sampling().partial()).isTrue();
    assertThat(explanation.sampling().permutations()).isBetween(2, 4094);
    assertThat(explanation.attributions().stream().mapToDouble(Attribution::attribution).sum())
        .isCloseTo(16, within(1e-3));
    assertThat(outcome.label()).isEqualTo("partial");
  }

  @Test
  void isRefusedByTheLaneAsABatchIs() {
    ExplainOutcome outcome =
        explain("linear", "{\"a\": 1, \"b\": 1, \"c\": 1}", 64, null, Duration.ZERO);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Unanswered.class,
            refused -> assertThat(refused.ending()).isInstanceOf(PredictionOutcome.Shed.class));
  }

  @Test
  void whatBreaksTheContractIsNotExplained() {
    ExplainOutcome outcome = explain("linear", "{\"a\": 1, \"b\": -2000}", 64, null, LONG);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Unanswered.class,
            refused ->
                assertThat(refused.ending())
                    .isInstanceOfSatisfying(
                        PredictionOutcome.Invalid.class,
                        invalid -> assertThat(invalid.violations()).hasSize(2)));
  }

  @Test
  void saysWhyThereIsNothingToExplainAgainst() {
    String row = "{\"a\": 1, \"b\": 1, \"c\": 1}";

    assertThat(((Baseless) explain("bare", row, 2, null, LONG)).why())
        .contains("bare 1 has no reference.json")
        .contains("evenkeel init");
    assertThat(((Baseless) explain("odd", row, 2, null, LONG)).why()).contains("can't be used");
    assertThat(((Baseless) explain("raw", "{\"x\": 1}", 2, null, LONG)).why())
        .contains("raw outputs");
  }

  @Test
  void isTimed() {
    var ignored = explained("linear", "{\"a\": 1, \"b\": 1, \"c\": 1}");

    assertThat(
            METERS
                .get("evenkeel.explain")
                .tags("model", "linear", "version", "1", "outcome", "served")
                .timer()
                .count())
        .isPositive();
  }
}
