package io.evenkeel.monitoring.support;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.evenkeel.BoundSettings;
import io.evenkeel.contract.Contract;
import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.RowInspection;
import io.evenkeel.contract.Rows;
import io.evenkeel.contract.Warning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SupportsTest {
  private static final WarningProperties DEFAULTS = BoundSettings.defaults(WarningProperties.class);

  /** Each of the first ones got a value that chance seldom brings. */
  private static final int CHANGED_LOANS = 27;

  private static Path folder(String version) {
    return Path.of("models").resolve(version);
  }

  private static Contract contract(String version) throws IOException {
    return ContractFile.read(Files.readAllBytes(folder(version).resolve("contract.yaml")))
        .contract();
  }

  private static byte[] reference(String version) throws IOException {
    return Files.readAllBytes(folder(version).resolve("reference.json"));
  }

  /** Held-out rows: the models haven't seen them, but they are of the same kind. */
  private static List<Row> golden(String version) throws IOException {
    Contract contract = contract(version);
    RowInspection inspection =
        requireNonNull(new Supports(DEFAULTS).of(version, reference(version), contract));
    try (Stream<String> lines = Files.lines(folder(version).resolve("golden.jsonl"))) {
      return lines
          .map(line -> JsonMapper.shared().readTree(line).get("instance"))
          .map(JsonNode::toString)
          .map(instance -> Rows.read(contract, inspection, instance, -1))
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"breast-cancer/1", "breast-cancer/2", "diabetes/1"})
  void saysNothingOfTheBundledModelsHeldOutRows(String version) throws IOException {
    List<Row> rows = golden(version);

    assertThat(rows).hasSizeGreaterThanOrEqualTo(50);
    assertThat(rows).allSatisfy(row -> assertThat(row.warnings()).isEmpty());
    // Were the rows training rows, the scores would be spread evenly over 0 to 1.
    assertThat(rows).allSatisfy(row -> assertThat(row.outlier()).isBetween(0F, 1F));
    assertThat(rows.stream().filter(row -> row.outlier() > 0.5).count())
        .isBetween(rows.size() / 4L, 3L * rows.size() / 4);
  }

  @Test
  void saysNothingOfTheLoanExamplesThatStandAsTheyWereDrawn() throws IOException {
    List<Row> drawn = golden("loan-default/1").stream().skip(CHANGED_LOANS).toList();

    assertThat(drawn).hasSizeGreaterThan(30);
    assertThat(drawn.stream().flatMap(row -> row.warnings().stream()))
        .extracting(Warning::rule)
        .allSatisfy(rule -> assertThat(rule).isEqualTo("unknownCategory"));
  }

  @Test
  void givesNoScoreWhereThereAreNoNumbersToGoTogether() throws IOException {
    assertThat(golden("digits/1"))
        .allSatisfy(row -> {
          assertThat(row.warnings()).isEmpty();
          assertThat(row.outlier()).isNaN();
        });
  }

  @Test
  void warnsOfRowsThatAreFartherOutThanTheSettingSays() throws IOException {
    Contract contract = contract("breast-cancer/1");
    String row = JsonMapper.shared().readTree(example()).get("instance").toString();

    assertThat(rules(contract, 0.999, row)).isEmpty();
    assertThat(rules(contract, 0.01, row)).containsExactly("outlier");
    // Half the radius is still within the range, but perimeter and area don't fit it.
    assertThat(rules(contract, 0.99, row)).isEmpty();
    String half = row.replace("20.16", "10.08");
    assertThat(rules(contract, 0.99, half)).containsExactly("outlier");
    assertThat(read(contract, 0.99, half).outlier())
        .as("docs/warnings.md says it")
        .isEqualTo(0.993F);
  }

  private static String example() throws IOException {
    return Files.readString(Path.of("docs", "examples", "breast-cancer.json"));
  }

  private static Row read(Contract contract, double outlier, String row) throws IOException {
    RowInspection inspection =
        requireNonNull(
            new Supports(new WarningProperties(true, outlier))
                .of("m 1", reference("breast-cancer/1"), contract));
    return Rows.read(contract, inspection, row, -1);
  }

  private static List<String> rules(Contract contract, double outlier, String row)
      throws IOException {
    return read(contract, outlier, row).warnings().stream().map(Warning::rule).toList();
  }

  @Test
  void canBeSwitchedOff() throws IOException {
    WarningProperties off =
        BoundSettings.allSet(
            WarningProperties.class, Map.of("reference", "false", "outlier", "0.99"));

    assertThat(off).isEqualTo(new WarningProperties(false, 0.99));
    assertThat(
            new Supports(off).of("m 1", reference("breast-cancer/1"), contract("breast-cancer/1")))
        .isNull();
  }

  @Test
  void aReferenceThatCannotBeUsedStopsNothing() throws IOException {
    Supports supports = new Supports(DEFAULTS);
    Contract contract = contract("breast-cancer/1");

    assertThat(supports.of("m 1", "{".getBytes(StandardCharsets.UTF_8), contract)).isNull();
    assertThat(supports.of("m 1", reference("diabetes/1"), contract)).isNull();
  }

  @Test
  void aScoreThatAllRowsHaveIsNoSetting() {
    assertThat(DEFAULTS).isEqualTo(new WarningProperties(true, 0.999));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WarningProperties(true, 0))
        .withMessageContaining("evenkeel.warnings.outlier");
  }
}
