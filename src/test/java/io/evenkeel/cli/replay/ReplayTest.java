package io.evenkeel.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.registry.ScratchModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReplayTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Path CANCER = Path.of("models/breast-cancer/2");

  @TempDir Path folder;
  private Planted planted = new Planted(Path.of("."));
  private Path doubling = Path.of(".");

  @BeforeEach
  void makeAModel() {
    planted = new Planted(folder);
    new ScratchModels(folder).makeDoubling("doubling/1");
    doubling = folder.resolve("doubling/1");
  }

  @Test
  void aBadLineIsCountedAndToldAndNeverFatal() throws IOException {
    Path data =
        planted.write(
            "data.jsonl",
            """
            {"instance": {"x": 1}}
            not json
            [1]

            {"row": {"x": 1}}
            {"instance": {"x": 2}} {"instance": {"x": 3}}
            {"instance": {"x": 2}, "prediction":
            {"instance": {"x": 4}}
            """);

    ReplayReport report = replay(doubling, null, data, Limits.DEFAULT);

    assertThat(report.data().rows()).isEqualTo(2);
    assertThat(report.data().unreadable()).isEqualTo(5);
    assertThat(report.data().complaints())
        .extracting(ReplayReport.Complaint::line)
        .containsExactly(2L, 3L, 5L, 6L, 7L);
    assertThat(report.data().complaints())
        .extracting(ReplayReport.Complaint::cause)
        .anyMatch(cause -> cause.contains("has no `instance`"))
        .anyMatch(cause -> cause.contains("is no JSON object"))
        .anyMatch(cause -> cause.contains("goes on behind"));
  }

  @Test
  void countsViolationsByFeatureAndRuleWithExamples() throws IOException {
    Path data =
        planted.write(
            "data.jsonl",
            """
            {"instance": {"x": "1"}}
            {"instance": {"x": null}}
            {"instance": {"x": "2"}}
            {"instance": {"x": 4}}
            """);

    ReplayReport report = replay(doubling, null, data, Limits.DEFAULT);

    assertThat(report.candidate().accepted()).isEqualTo(1);
    assertThat(report.candidate().refused()).isEqualTo(3);
    ReplayReport.Finding most = report.candidate().violations().getFirst();
    assertThat(most.feature()).isEqualTo("x");
    assertThat(most.rule()).isEqualTo("type");
    assertThat(most.count()).isEqualTo(2);
    assertThat(most.examples())
        .containsExactly(
            new ReplayReport.Example(1, "a number", "\"1\""),
            new ReplayReport.Example(3, "a number", "\"2\""));
    assertThat(report.verdict().passed()).isTrue();
  }

  @Test
  void failsACandidateThatRefusesWhatTheLiveVersionTakes() throws IOException {
    Path candidate =
        planted.copy(
            "breast-cancer/2",
            "minimum: 0\n    maximum: 100.0\n    unit: source length unit\n    description: 'Mean over",
            "minimum: 0\n    maximum: 15.0\n    unit: source length unit\n    description: 'Mean over");
    Path data = planted.rows("breast-cancer/2", 300, 0);

    ReplayReport report = replay(candidate, CANCER, data, Limits.DEFAULT);

    ReplayReport.Acceptance acceptance = Objects.requireNonNull(report.acceptance());
    assertThat(acceptance.onlyLive()).isBetween(50L, 200L);
    assertThat(acceptance.both()).isEqualTo(300 - acceptance.onlyLive());
    assertThat(acceptance.refusals().getFirst().feature()).isEqualTo("mean_radius");
    assertThat(acceptance.refusals().getFirst().rule()).isEqualTo("maximum");
    assertThat(report.verdict().passed()).isFalse();
    assertThat(replay(candidate, CANCER, data, new Limits(1, null, null, null)).verdict().passed())
        .isTrue();
  }

  @Test
  void failsACandidateThatFailsWhereTheLiveVersionAnswered() throws IOException {
    Path data =
        planted.write(
            "data.jsonl",
            """
            {"instance": {"x": 666}, "prediction": {"value": 1332}}
            {"instance": {"x": 2}, "prediction": {"value": 4}}
            """);

    ReplayReport report = replay(doubling, null, data, Limits.DEFAULT);

    assertThat(report.candidate().failed()).isEqualTo(1);
    assertThat(Objects.requireNonNull(report.acceptance()).onlyLive()).isEqualTo(1);
    assertThat(report.verdict().passed()).isFalse();
  }

  @Test
  void measuresValuesAgainstWhatHappenedAndWhatWasRecorded() throws IOException {
    Path data =
        planted.write(
            "data.jsonl",
            """
            {"instance": {"x": 1}, "prediction": {"value": 2}, "outcome": 1}
            {"instance": {"x": 2}, "prediction": {"value": 4}, "outcome": 5}
            {"instance": {"x": 3}, "prediction": {"value": 10}, "outcome": 9}
            """);

    ReplayReport report = replay(doubling, null, data, Limits.DEFAULT);

    // Predicted 2, 4, 6: errors 1, -1, -3; the outcomes' mean is 5, their variance 32/3.
    assertThat(report.candidate().quality())
        .isInstanceOfSatisfying(
            ReplayReport.Quality.Values.class,
            values -> {
              assertThat(values.meanAbsoluteError()).isCloseTo(5 / 3.0, within(1e-12));
              assertThat(values.rootMeanSquare()).isCloseTo(Math.sqrt(11 / 3.0), within(1e-12));
              assertThat(values.bias()).isEqualTo(-1);
              assertThat(values.r2()).isCloseTo(1 - 11 / 32.0, within(1e-12));
            });
    ReplayReport.Differences differences = Objects.requireNonNull(report.differences());
    assertThat(differences.differing()).isEqualTo(1);
    assertThat(differences.size().max()).isEqualTo(4);
    assertThat(differences.size().mean()).isCloseTo(4 / 3.0, within(1e-12));
  }

  @Test
  void measuresLabelsOfBothVersions() throws IOException {
    StringBuilder lines = new StringBuilder();
    long right = 0;
    for (String line : Files.readAllLines(CANCER.resolve("golden.jsonl"))) {
      JsonNode golden = JSON.readTree(line);
      String label = golden.path("prediction").path("label").asString();
      // Every third outcome is the other one.
      boolean other = lines.length() % 3 == 0;
      String outcome = other ? (label.equals("benign") ? "malignant" : "benign") : label;
      right += other ? 0 : 1;
      lines.append("{\"instance\": ").append(golden.path("instance"));
      lines.append(", \"diagnosis\": \"").append(outcome).append("\"}\n");
    }
    Path data = planted.write("data.jsonl", lines.toString());

    try (Replay replay =
        Replay.open(CANCER, Path.of("models/breast-cancer/1"), Limits.DEFAULT, JSON)) {
      ReplayReport report = replay.run(data, "diagnosis", (share, rows) -> {});

      ReplayReport.Quality.Classes ours =
          (ReplayReport.Quality.Classes) Objects.requireNonNull(report.candidate().quality());
      assertThat(ours.accuracy()).isEqualTo((double) right / ours.rows());
      assertThat(ours.confusion().get(0).get(0) + ours.confusion().get(1).get(1)).isEqualTo(right);
      assertThat(Objects.requireNonNull(report.live()).quality()).isNotNull();
      assertThat(Objects.requireNonNull(report.differences()).disagreeing()).isBetween(0L, 10L);
    }
  }

  @Test
  void limitsDecideTheVerdict() throws IOException {
    Path candidate = planted.copy("breast-cancer/2", "scale: 564.6283722415203", "scale: 60.0");
    Path data = planted.rows("breast-cancer/2", 500, 0);

    assertThat(reasons(candidate, data, new Limits(0, 0.0, null, null)))
        .singleElement()
        .asString()
        .contains("another label for");
    assertThat(reasons(candidate, data, new Limits(0, null, 1e-4, null)))
        .singleElement()
        .asString()
        .contains("mean difference");
    assertThat(reasons(candidate, data, new Limits(0, null, null, 0.5)))
        .singleElement()
        .asString()
        .contains("accuracy isn't known");
    assertThat(reasons(candidate, data, new Limits(0, 1.0, 1.0, null))).isEmpty();
  }

  private static List<String> reasons(Path candidate, Path data, Limits limits) throws IOException {
    return replay(candidate, CANCER, data, limits).verdict().reasons();
  }

  @Test
  void nothingToReplayIsNoSuccess() throws IOException {
    Path data = planted.write("data.jsonl", "\n");

    assertThat(replay(doubling, null, data, Limits.DEFAULT).verdict().reasons())
        .containsExactly("there was no row to replay");
  }

  @Test
  void refusesToCompareClassesWithValues() {
    assertThatThrownBy(() -> Replay.open(CANCER, doubling, Limits.DEFAULT, JSON))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("can't be compared");
  }

  @Test
  void neverTellsASensitiveFeaturesValues() throws IOException {
    Path data =
        planted.write(
            "data.jsonl",
            Files.readAllLines(Path.of("models/loan-default/1/golden.jsonl"))
                    .getFirst()
                    .replace("1970-07-29", "1870-07-29")
                + "\n");

    ReplayReport report = replay(Path.of("models/loan-default/1"), null, data, Limits.DEFAULT);

    assertThat(report.candidate().violations().getFirst().feature()).isEqualTo("date_of_birth");
    assertThat(JSON.writeValueAsString(report)).doesNotContain("1870-07-29");
  }

  private static ReplayReport replay(Path candidate, @Nullable Path live, Path data, Limits limits)
      throws IOException {
    try (Replay replay = Replay.open(candidate, live, limits, JSON)) {
      return replay.run(data, "outcome", (share, rows) -> {});
    }
  }
}
