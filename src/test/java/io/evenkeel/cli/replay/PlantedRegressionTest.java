package io.evenkeel.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.contract.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A change to one feature's transforms is found, and the feature named. */
class PlantedRegressionTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String LOANS = "loan-default/1";

  @TempDir static Path folder;

  private static Planted planted = new Planted(Path.of("."));
  private static Path loans = Path.of(".");

  @BeforeAll
  static void generateRows() {
    planted = new Planted(folder);
    loans = planted.rows(LOANS, 5_000, 0.02);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "income | scale: 0.486076096156555 | scale: 0.8",
        "income | mean: 10.426461525342152 | mean: 10.2",
        "income | impute: 33770.37 | impute: 3377.037",
        "amount | scale: 0.7495731986302329 | scale: 0.6",
        "partner_income | scale: 4.806915033633731 | scale: 4.0",
        "utilisation | max: 123.9 | max: 100",
        "interest_rate | {min: 1, max: 25} | {min: 1, max: 10}",
        "dependants | {clip: {max: 5}} | {clip: {max: 1}}",
        "employment_years | edges: [1, 3, 5, 10, 20] | edges: [1, 3, 6, 12, 20]",
        "job_title | seed: 7 | seed: 8",
        "purpose | {oneHot: {other: true}} "
            + "| {oneHot: {values: [home_improvement, car, debt_consolidation, education, medical], other: true}}",
        "date_of_birth | reference: '1980-01-01' | reference: '1990-01-01'",
      })
  void namesTheFeatureWhoseTransformsChanged(String feature, String part, String replacement)
      throws IOException {
    Path candidate = planted.copy(LOANS, part, replacement);

    ReplayReport report = replay(candidate, Planted.bundled(LOANS), loans);

    ReplayReport.Differences differences = differences(report);
    ReplayReport.Explanation first = differences.features().getFirst();
    assertThat(first.feature()).isEqualTo(feature);
    assertThat(differences.headline()).startsWith("`" + feature + "` ");
    if (!feature.equals("purpose")) {
      assertThat(Objects.requireNonNull(first.columnDifference())).isPositive();
      assertThat(Objects.requireNonNull(first.swapped())).isCloseTo(1, within(1e-4));
      assertThat(differences.features().get(1).swapped()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({"worst_texture, 6.2201431076371545", "worst_area, 564.6283722415203"})
  void namesItAmongThirtyFeatures(String feature, String scale) throws IOException {
    String model = "breast-cancer/2";
    Path candidate =
        planted.copy(
            model, "scale: " + scale + "}}", "scale: " + 2 * Double.parseDouble(scale) + "}}");

    ReplayReport report = replay(candidate, Planted.bundled(model), planted.rows(model, 5000, 0));

    ReplayReport.Explanation first = differences(report).features().getFirst();
    assertThat(first.feature()).isEqualTo(feature);
    assertThat(first.explained()).isGreaterThan(0.5);
  }

  @ParameterizedTest
  @CsvSource({"bmi", "log_triglycerides", "blood_pressure"})
  void namesItForTreesWhichInteract(String feature) throws IOException {
    String model = "diabetes/1";
    Path candidate =
        planted.copy(
            model,
            "["
                + "age, bmi, blood_pressure, total_cholesterol, ldl, hdl, cholesterol_ratio, log_triglycerides,\n          glucose]\n        transforms: [passthrough]",
            separate(feature));

    ReplayReport report = replay(candidate, Planted.bundled(model), planted.rows(model, 5000, 0));

    ReplayReport.Explanation first = differences(report).features().getFirst();
    assertThat(first.feature()).isEqualTo(feature);
    assertThat(Objects.requireNonNull(first.swapped())).isCloseTo(1, within(1e-9));
  }

  /** The columns of diabetes, each for itself, one of them scaled. */
  private static String separate(String scaled) {
    List<String> names =
        List.of(
            "age",
            "bmi",
            "blood_pressure",
            "total_cholesterol",
            "ldl",
            "hdl",
            "cholesterol_ratio",
            "log_triglycerides",
            "glucose");
    StringBuilder yaml =
        new StringBuilder("[" + names.getFirst() + "]\n        transforms: [passthrough]");
    for (String name : names.subList(1, names.size())) {
      String transform =
          name.equals(scaled) ? "{standardize: {mean: 0, scale: 1.25}}" : "passthrough";
      yaml.append("\n      - feature: ").append(name);
      yaml.append("\n        transforms: [").append(transform).append(']');
    }
    return yaml.toString();
  }

  @Test
  void namesTheTensorWhoseScalingChanged() throws IOException {
    Path candidate =
        planted.copy("digits/1", "{minMax: {min: 0, max: 16}}", "{minMax: {min: 0, max: 20}}");

    ReplayReport report =
        replay(candidate, Planted.bundled("digits/1"), planted.rows("digits/1", 1000, 0));

    assertThat(differences(report).headline())
        .startsWith("`image` makes the difference; its column differs by ");
    assertThat(differences(report).features().getFirst().swapped()).isEqualTo(1.0);
  }

  @Test
  void namesItFromRecordedPredictionsAlone() throws IOException {
    Path candidate = planted.copy(LOANS, "scale: 0.7495731986302329", "scale: 0.6");
    Path recorded = record(Planted.bundled(LOANS), loans);

    ReplayReport report = replay(candidate, null, recorded);

    assertThat(report.baseline()).isEqualTo(ReplayReport.Baseline.RECORDED);
    ReplayReport.Explanation first = differences(report).features().getFirst();
    assertThat(first.feature()).isEqualTo("amount");
    assertThat(first.explained()).isGreaterThan(0.8);
    assertThat(first.swapped()).isNull();
  }

  @Test
  void saysNothingOfSwapsBetweenGraphsThatTakeOtherColumns() throws IOException {
    ReplayReport report =
        replay(
            Planted.bundled("breast-cancer/1"),
            Planted.bundled("breast-cancer/2"),
            planted.rows("breast-cancer/2", 1000, 0));

    ReplayReport.Differences differences = differences(report);
    assertThat(differences.swapped()).isNull();
    assertThat(differences.features())
        .isNotEmpty()
        .allMatch(feature -> feature.swapped() == null)
        .anyMatch(feature -> feature.columnDifference() != null);
  }

  /** The rows with the answers of a version beside them. */
  private static Path record(Path version, Path rows) throws IOException {
    StringBuilder recorded = new StringBuilder();
    try (Side side = Side.candidate(version, JSON);
        DataLines lines = DataLines.open(rows, side.contract(), "outcome")) {
      LineReader reader = new LineReader(JSON, "outcome");
      for (DataLine line = lines.next(); line != null; line = lines.next()) {
        DataLine.Body body = (DataLine.Body) line;
        Row row = reader.read(body.json(), side.bench().reader()).row();
        Answer answer = side.answer(side.run(List.of(row)), 0, null);
        if (answer != null) {
          JsonNode instance = JSON.readTree(body.json()).path("instance");
          recorded
              .append("{\"instance\": ")
              .append(instance)
              .append(", \"prediction\": {\"label\": \"")
              .append(answer.label())
              .append("\", \"probabilities\": {\"repaid\": ")
              .append(answer.score(0))
              .append(", \"defaulted\": ")
              .append(answer.score(1))
              .append("}}}\n");
        }
      }
    } catch (LineReader.UnreadableException e) {
      throw new AssertionError(e);
    }
    return planted.write("recorded.jsonl", recorded.toString());
  }

  @Test
  void reportsNothingWhereNothingChanged() throws IOException {
    Path candidate =
        planted.copy(LOANS, "description: One application", "description: An application");

    ReplayReport report = replay(candidate, Planted.bundled(LOANS), loans);

    ReplayReport.Differences differences = differences(report);
    assertThat(differences.differing()).isZero();
    assertThat(differences.headline()).isEqualTo("The predictions are the same.");
    assertThat(differences.features()).isEmpty();
    assertThat(report.verdict().passed()).isTrue();
  }

  @Test
  void memoryDoesNotGrowWithTheRows() throws IOException {
    Path candidate = planted.copy(LOANS, "scale: 0.486076096156555", "scale: 0.8");
    List<Long> live = new ArrayList<>();

    try (Replay replay = Replay.open(candidate, Planted.bundled(LOANS), Limits.DEFAULT, JSON)) {
      replay.run(
          planted.rows(LOANS, 20_000, 0.02),
          "outcome",
          (share, rows) -> {
            if (rows / Replay.BLOCK % 15 == 0) {
              System.gc();
              live.add(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
            }
          });
    }

    assertThat(live).hasSizeGreaterThan(4);
    // What 8000 rows would take as objects: 10 MB. Servers of other tests live in the same heap, so
    // a single figure says little.
    long later = Collections.min(live.subList(live.size() / 2, live.size()));
    assertThat(later - live.getFirst()).isLessThan(4_000_000);
  }

  private static ReplayReport replay(Path candidate, @Nullable Path live, Path rows)
      throws IOException {
    try (Replay replay = Replay.open(candidate, live, Limits.DEFAULT, JSON)) {
      return replay.run(rows, "outcome", (share, count) -> {});
    }
  }

  private static ReplayReport.Differences differences(ReplayReport report) {
    return Objects.requireNonNull(report.differences());
  }
}
