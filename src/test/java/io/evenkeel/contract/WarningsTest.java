package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is served all the same, and what a caller is told about it. */
class WarningsTest {
  private static final Contract CONTRACT =
      Contracts.of(
              """
              features:
                - {name: age, type: number, required: false, minimum: 0, maximum: 99, outOfRange: clamp, unit: years}
                - {name: use, type: number, required: false, exclusiveMaximum: 10, outOfRange: warn}
                - {name: day, type: date, required: false, minimum: 2000-01-01, outOfRange: clamp}
                - {name: at, type: datetime, required: false, maximum: '2030-01-01T00:00:00Z', outOfRange: warn}
                - {name: web, type: category, required: false, values: [yes, no], unknown: other}
                - {name: low, type: tensor, required: false, shape: [3], outOfRange: clamp, elements: {minimum: 0}}
                - {name: high, type: tensor, required: false, shape: [3], outOfRange: warn, elements: {maximum: 9}}
                - {name: limit, type: number, required: false}
              rules:
                - check: age <= limit
              """)
          .contract();

  /** An instance, the only warning about it, and the value that is used. */
  record Entry(String instance, String feature, String rule, String message, double value) {}

  static List<Entry> entries() {
    return """
    {"age": 100}          | age  | clamped         | should be at most 99 (years); the nearest bound was used             | 99
    {"age": -1e9}         | age  | clamped         | should be at least 0 (years); the nearest bound was used             | 0
    {"use": 10}           | use  | outOfRange      | should be less than 10; the value was used as it is                  | 10
    {"day": "1999-12-31"} | day  | clamped         | should be at least 2000-01-01; the nearest bound was used            | 10957
    {"at": "2030-01-01T00:00:01Z"} | at | outOfRange | should be at most 2030-01-01T00:00:00Z; the value was used as it is | 1893456001
    {"web": "maybe"}      | web  | unknownCategory | should be one of "yes", "no"; it counts as another value             | -1
    {"low": [-1, -2, 3]}  | low  | clamped         | each element should be at least 0; the nearest bound was used        | 0
    {"high": [10, 11, 3]} | high | outOfRange      | each element should be at most 9; it was used as it is               | 10
    """
        .lines()
        .map(line -> line.split("\\s+\\|\\s+", -1))
        .map(cell -> new Entry(cell[0], cell[1], cell[2], cell[3], Double.parseDouble(cell[4])))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void saysWhatWasMadeOfTheValue(Entry entry) {
    Row row = Rows.read(CONTRACT, entry.instance());
    assertThat(row.isValid()).isTrue();
    assertThat(row.warnings())
        .containsExactly(
            new Warning(
                "/instance/" + entry.feature(), entry.feature(), entry.rule(), entry.message()));
    int feature = CONTRACT.indexOf(entry.feature());
    assertThat(row.isMissing(feature)).isFalse();
    assertThat(row.number(CONTRACT.slot(feature))).isEqualTo(entry.value());
  }

  @Test
  void keepsTheTextOfAnUnknownCategory() {
    Row row = Rows.read(CONTRACT, "{\"web\": \"maybe\"}");
    assertThat(row.text(CONTRACT.indexOf("web"))).isEqualTo("maybe");
  }

  @Test
  void clampsEachElement() {
    Row row = Rows.read(CONTRACT, "{\"low\": [-1, 5, -3]}");
    int slot = CONTRACT.slot(CONTRACT.indexOf("low"));
    assertThat(List.of(row.number(slot), row.number(slot + 1), row.number(slot + 2)))
        .containsExactly(0.0, 5.0, 0.0);
  }

  @Test
  void holdsRulesAgainstClampedValues() {
    assertThat(Rows.read(CONTRACT, "{\"age\": 1000, \"limit\": 99}").isValid()).isTrue();
    assertThat(Rows.read(CONTRACT, "{\"age\": 1000, \"limit\": 98}").violations())
        .extracting(Violation::received)
        .containsExactly("99 and 98");
  }

  @Test
  void warnsBesideViolations() {
    Row row = Rows.read(CONTRACT, "{\"age\": 1000, \"use\": \"x\", \"web\": \"?\"}");
    assertThat(row.violations()).extracting(Violation::feature).containsExactly("use");
    assertThat(row.warnings()).extracting(Warning::feature).containsExactly("age", "web");
  }
}
