package io.evenkeel.monitoring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.evenkeel.admission.Endpoint;
import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Contracts;
import io.evenkeel.contract.Enforcement;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.RowReader;
import io.evenkeel.contract.RuleFlags;
import io.evenkeel.monitoring.ValidationReport.Counts;
import io.evenkeel.monitoring.ValidationReport.Example;
import io.evenkeel.monitoring.ValidationReport.Ranked;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.ScratchModels;
import io.evenkeel.serving.spi.Events;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

class ValidationWatchTest {
  private static final Contract CONTRACT =
      Contracts.of(
              """
              features:
                - {name: age, type: number, required: false, minimum: 0, maximum: 99}
                - {name: low, type: number, required: false, minimum: 5, outOfRange: clamp}
                - {name: born, type: date, required: false, maximum: 2010-01-01, sensitive: true}
                - {name: limit, type: number, default: 3}
                - {name: pixels, type: tensor, required: false, shape: [3], elements: {minimum: 0}}
              """)
          .contract();
  private static final String WHOLE =
      "\"low\": 6, \"born\": \"1999-01-01\", \"limit\": 1, \"pixels\": [0, 0, 0]";

  private Instant now = Instant.parse("2026-11-24T12:00:00Z");
  private final ValidationWatch watch = new ValidationWatch(() -> now);
  private RowReader reader = new RowReader(CONTRACT, JsonMapper.shared().tokenStreamFactory());
  private ModelRegistry models;
  private ModelVersion version;

  @BeforeEach
  void findAVersion(@TempDir Path root) {
    ScratchModels scratch = new ScratchModels(root);
    scratch.makeDoubling("m/1");
    models = scratch.found();
    version = requireNonNull(models.find("m", "1"));
  }

  @AfterEach
  void close() {
    models.close();
  }

  private Row row(String members) {
    try (JsonParser json = JsonMapper.shared().createParser("{" + members + "}")) {
      json.nextToken();
      return reader.read(json);
    }
  }

  private void observe(int times, String members) {
    Row row = row(members);
    for (int i = 0; i < times; i++) {
      watch.observe(Events.of(version, CONTRACT, Endpoint.SINGLE, List.of(row), "served"));
    }
  }

  private Ranked only(Finding.Kind kind) {
    List<Ranked> found =
        watch.report(version).findings().stream()
            .filter(ranked -> ranked.finding().kind() == kind)
            .toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  @Test
  void reportsNothingOfAVersionThatNobodyAsked() {
    ValidationReport report = watch.report(version);
    assertThat(report.rows()).isEqualTo(new Counts(0, 0, 0));
    assertThat(report.findings()).isEmpty();
  }

  @Test
  void hasNothingToSayOfAWholeRow() {
    observe(3, "\"age\": 1, " + WHOLE);
    assertThat(watch.report(version).rows()).isEqualTo(new Counts(3, 3, 0));
    assertThat(watch.report(version).findings()).isEmpty();
  }

  @Test
  void countsEachKind() {
    observe(1, "\"age\": -1, " + WHOLE);
    observe(2, "\"age\": 1, \"low\": 4, \"born\": \"1999-01-01\", \"pixels\": [0, 0, 0]");
    observe(3, "\"age\": null, " + WHOLE);
    assertThat(watch.report(version).findings())
        .extracting(Ranked::finding, ranked -> ranked.rows().lastHour())
        .containsExactlyInAnyOrder(
            tuple(new Finding(Finding.Kind.VIOLATION, "age", "minimum"), 1L),
            tuple(new Finding(Finding.Kind.WARNING, "low", "clamped"), 2L),
            tuple(new Finding(Finding.Kind.IMPUTATION, "limit", "default"), 2L),
            tuple(new Finding(Finding.Kind.VIOLATION, "age", "nullable"), 3L));
  }

  @Test
  void countsAMissingValueOnlyInARowThatIsServed() {
    observe(1, WHOLE);
    observe(1, "\"low\": \"x\", \"limit\": 1");
    assertThat(only(Finding.Kind.IMPUTATION))
        .extracting(Ranked::finding, ranked -> ranked.rows().lastHour())
        .containsExactly(new Finding(Finding.Kind.IMPUTATION, "age", "imputed"), 1L);
  }

  @Test
  void countsARowOnceHoweverOftenItBreaksARule() {
    observe(1, "\"pixels\": [-1, -2, -3], \"limit\": 1");
    assertThat(only(Finding.Kind.VIOLATION).rows().lastHour()).isEqualTo(1);
  }

  @Test
  void countsARuleThatWarnsOnce() {
    reader =
        new RowReader(
            CONTRACT,
            new RuleFlags(Map.of(new RuleFlags.Key("age", "maximum"), Enforcement.WARNED)),
            JsonMapper.shared().tokenStreamFactory());
    observe(1, "\"age\": 100, " + WHOLE);
    assertThat(watch.report(version).findings())
        .extracting(Ranked::finding)
        .containsExactly(new Finding(Finding.Kind.MONITORED, "age", "maximum"));
  }

  @Test
  void showsTheLastThreeExamplesTheNewestFirst() {
    for (int i = 1; i <= 5; i++) {
      observe(1, "\"age\": -" + i + ", " + WHOLE);
      now = now.plusSeconds(1);
    }
    assertThat(only(Finding.Kind.VIOLATION).examples())
        .extracting(Example::pointer, Example::expected, Example::received)
        .containsExactly(
            tuple("/instance/age", "at least 0", "-5"),
            tuple("/instance/age", "at least 0", "-4"),
            tuple("/instance/age", "at least 0", "-3"));
  }

  @Test
  void showsNoValueOfASensitiveFeature() {
    observe(1, "\"born\": \"2011-11-11\", \"limit\": 1");
    assertThat(only(Finding.Kind.VIOLATION).examples())
        .extracting(Example::received)
        .containsOnlyNulls();
    assertThat(watch.report(version).toString()).doesNotContain("2011-11-11");
  }

  @Test
  void forgetsAfterADay() {
    observe(2, "\"age\": -1, " + WHOLE);
    now = now.plus(Duration.ofHours(2));
    observe(1, "\"age\": 1, " + WHOLE);
    assertThat(watch.report(version).rows()).isEqualTo(new Counts(1, 3, 2));
    assertThat(only(Finding.Kind.VIOLATION).rows()).isEqualTo(new Counts(0, 2, 2));
    now = now.plus(Duration.ofHours(24));
    assertThat(watch.report(version).rows()).isEqualTo(new Counts(0, 0, 1));
    assertThat(watch.report(version).findings()).isEmpty();
  }

  @Test
  void putsWhatHasJumpedFirst() {
    for (int hour = 0; hour < 24; hour++) {
      observe(90, "\"age\": 1, " + WHOLE);
      observe(10, "\"age\": 100, " + WHOLE);
      now = now.plus(Duration.ofHours(1));
    }
    observe(77, "\"age\": 1, " + WHOLE);
    observe(12, "\"age\": 100, " + WHOLE);
    observe(11, "\"age\": -1, " + WHOLE);
    List<Ranked> findings = watch.report(version).findings();
    assertThat(findings)
        .extracting(ranked -> ranked.finding().rule(), Ranked::jumped)
        .containsExactly(tuple("minimum", true), tuple("maximum", false));
    assertThat(findings.getFirst().z()).isGreaterThan(4);
  }

  @Test
  void takesNoMoreFindingsThanItHasRoomFor() {
    StringBuilder contract = new StringBuilder("features:\n");
    for (int i = 0; i < 600; i++) {
      contract.append("  - {name: f").append(i).append(", type: number, required: false}\n");
    }
    Contract wide = Contracts.of(contract.toString()).contract();
    reader = new RowReader(wide, JsonMapper.shared().tokenStreamFactory());
    Row row = row("");
    watch.observe(Events.of(version, wide, Endpoint.SINGLE, List.of(row), "served"));
    ValidationReport report = watch.report(version);
    assertThat(report.findings()).hasSize(512);
    assertThat(report.untracked()).isEqualTo(88);
  }

  @Test
  void looksAtEachRowOfABatch() {
    List<Row> rows = List.of(row("\"age\": -1, " + WHOLE), row("\"age\": 1, " + WHOLE));
    watch.observe(Events.of(version, CONTRACT, Endpoint.BATCH, rows, "served"));
    assertThat(watch.report(version).rows().lastHour()).isEqualTo(2);
    assertThat(only(Finding.Kind.VIOLATION).rows().lastHour()).isEqualTo(1);
  }
}
