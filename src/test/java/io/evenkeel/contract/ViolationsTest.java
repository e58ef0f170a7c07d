package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What breaks a contract, and how it is told. */
class ViolationsTest {
  static List<ViolationTable.Entry> entries() {
    return ViolationTable.entries();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void saysWhereWhatAndWhatCame(ViolationTable.Entry entry) {
    Row row = Rows.read(ViolationTable.CONTRACT, entry.instance());
    assertThat(row.violations()).containsExactly(entry.violation());
    assertThat(row.isValid()).isFalse();
    assertThat(row.warnings()).isEmpty();
  }

  @Test
  void findsEverythingAtOnceInTheOrderOfTheBody() {
    Row row =
        Rows.read(
            ViolationTable.CONTRACT,
            """
            {"job": "", "stars": 9, "member": true, "agee": 1, "image": [[-1, "x"], 3], "stars": 2,
             "born_on": "yesterday"}
            """);
    assertThat(row.violations())
        .extracting(violation -> violation.rule() + " " + violation.pointer())
        .containsExactly(
            "minLength /instance/job",
            "values /instance/stars",
            "unknownFeature /instance/agee",
            "minimum /instance/image/0/0",
            "type /instance/image/0/1",
            "shape /instance/image/1",
            "duplicate /instance/stars",
            "format /instance/born_on",
            "required /instance/id",
            "requiredIf /instance/grade");
  }

  @Test
  void tellsTwoThingsAboutOneText() {
    Row row = Rows.read(ViolationTable.CONTRACT, "{\"id\": 1, \"job\": \"...... \"}");
    assertThat(row.violations())
        .extracting(Violation::rule)
        .containsExactly("maxLength", "pattern");
  }

  @Test
  void countsWhatItDoesNotList() {
    String members =
        IntStream.range(0, 300)
            .mapToObj(i -> "\"unknown" + i + "\": " + i)
            .collect(Collectors.joining(", ", "{\"id\": 1, ", "}"));
    Row row = Rows.read(ViolationTable.CONTRACT, members);
    assertThat(row.violations()).hasSize(256);
    assertThat(row.omittedViolations()).isEqualTo(44);
    assertThat(row.isValid()).isFalse();
  }

  @Test
  void shortensWhatCame() {
    Row row =
        Rows.read(ViolationTable.CONTRACT, "{\"id\": 1, \"job\": \"" + "a".repeat(5000) + "\"}");
    assertThat(row.violations())
        .extracting(Violation::received)
        .containsExactly('"' + "a".repeat(63) + "…\"");
  }

  @Test
  void doesNotRequireWhatWasRefusedAlready() {
    Row row =
        Rows.read(ViolationTable.CONTRACT, "{\"id\": 1, \"grade\": \"ugly\", \"member\": true}");
    assertThat(row.violations()).extracting(Violation::rule).containsExactly("values");
  }

  @Test
  void acceptsARowThatKeepsTheContract() {
    Row row =
        Rows.read(
            ViolationTable.CONTRACT,
            """
            {"seen_at": "2026-11-24T09:30:00.5+01:00", "image": [[0, 9], [1.0, 2e0]], "id": -3,
             "age": 33.5, "grade": "bad", "job": "größe", "member": true, "rate": 0.5, "stars": 3}
            """);
    assertThat(row.violations()).isEmpty();
    assertThat(row.warnings()).isEmpty();
    assertThat(row.omittedViolations()).isZero();
  }
}
