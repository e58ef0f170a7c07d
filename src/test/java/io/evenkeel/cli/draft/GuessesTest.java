package io.evenkeel.cli.draft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What single cells, numbers and names are taken for. */
class GuessesTest {
  @ParameterizedTest
  @CsvSource({
    "12, INTEGER",
    "-0, INTEGER",
    "007, TEXT",
    "1234567890123456, NUMBER",
    "12.0, NUMBER",
    ".5, NUMBER",
    "1e-3, NUMBER",
    "1e99, TEXT",
    "0x1p3, TEXT",
    "1_000, TEXT",
    "True, BOOLEAN",
    "yes, TEXT",
    "2024-02-29, DATE",
    "2023-02-29, TEXT",
    "2024-02-29T08:00:00Z, DATETIME",
    "2024-02-29T08:00:00, TEXT",
    "2024-02-29 08:00:00, TEXT",
  })
  void tellsKindsOfCells(String cell, CellKind kind) {
    assertThat(CellKind.of(cell)).isEqualTo(kind);
  }

  @Test
  void readsCellsAsTheNumbersContractsKeep() {
    assertThat(CellKind.DATE.number("1970-01-03")).isEqualTo(2);
    assertThat(CellKind.DATETIME.number("1970-01-01T01:00:00.5+01:00")).isEqualTo(0.5);
    assertThat(CellKind.BOOLEAN.number("TRUE")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "11.03, 14.83, false, 2, 50",
    "18, 90, true, 0, 500",
    "290, 310, false, 200, 500",
    "-3, 4, false, -20, 20",
    "-20, -10, false, -50, 10",
    "0, 1, true, 0, 1",
    "0, 1, false, 0, 5",
    "0, 0, false, 0, 2",
    "0.0001, 0.0003, false, 0, 0.001",
    "-3e38, 3e38, false, -3E+38, 3E+38",
    "0, 9000000000000000, true, 0, 9E+15",
  })
  void widensAndRoundsBounds(
      double min, double max, boolean whole, String minimum, String maximum) {
    assertThat(Range.around(min, max, whole)).isEqualTo(new Range(minimum, maximum));
  }

  @ParameterizedTest
  @CsvSource({
    "mean radius, mean_radius",
    "Age (years), Age_years",
    "od280/od315_of_wines, od280_od315_of_wines",
    "2nd, x_2nd",
    "größe, gro_e",
    "'', x_",
  })
  void makesNamesThatContractsTake(String original, String name) {
    assertThat(Names.feature(original)).isEqualTo(name);
  }

  @Test
  void keepsNamesApart() {
    Names names = new Names();

    assertThat(names.unique("a b")).isEqualTo("a_b");
    assertThat(names.unique("a-b")).isEqualTo("a-b");
    assertThat(names.unique("a/b")).isEqualTo("a_b_2");
  }

  @ParameterizedTest
  @CsvSource({"Wine Model (v2), wine-model-v2", "modèle, modele", "---, model"})
  void namesModelsAfterTheirGraphs(String original, String name) {
    assertThat(Names.model(original)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "plain text, plain text",
    "no, '\"no\"'",
    "1, '\"1\"'",
    "'a: b', '\"a: b\"'",
    "ä, '\"ä\"'"
  })
  void quotesWhatYamlWouldMisread(String text, String written) {
    assertThat(Yaml.scalar(text)).isEqualTo(written);
  }
}
