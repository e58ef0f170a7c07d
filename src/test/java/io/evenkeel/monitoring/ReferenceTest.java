package io.evenkeel.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.UnusableModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
  private static final String NUMERIC =
      """
      {"kind": "numeric", "missing": 0.1, "edges": [1, 2.5], "probabilities": [0.2, 0.3, 0.5],
       "mean": 2, "std": 1, "min": 0, "max": 9}\
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {"breast-cancer/1", "breast-cancer/2", "diabetes/1", "digits/1", "loan-default/1"})
  void theBundledOnesFitTheirContracts(String version) throws IOException {
    Path folder = Path.of("models", version);
    Contract contract =
        ContractFile.read(Files.readAllBytes(folder.resolve("contract.yaml"))).contract();

    Reference reference = Reference.find(folder).orElseThrow();

    reference.checkAgainst(contract);
    assertThat(reference.features()).hasSameSizeAs(contract.features());
    assertThat(reference.outputs()).isNotEmpty();
  }

  @Test
  void isEmptyWhereThereIsNoFile(@TempDir Path folder) {
    assertThat(Reference.find(folder)).isEmpty();
  }

  @Test
  void keepsWhatTheFileSays() {
    Reference reference = Reference.read(document("\"x\": " + NUMERIC));

    assertThat(reference.rows()).isEqualTo(10);
    assertThat(reference.features().get("x"))
        .isInstanceOfSatisfying(
            Sketch.Numeric.class,
            sketch -> {
              assertThat(sketch.missing()).isEqualTo(0.1);
              assertThat(sketch.edges()).containsExactly(1.0, 2.5);
              assertThat(sketch.max()).isEqualTo(9);
              assertThat(sketch.rows()).as("the document's").isEqualTo(10);
            });
  }

  @Test
  void aSketchMaySayOfHowManyRowsItWasMade() {
    Reference reference =
        Reference.read(document("\"x\": " + NUMERIC.replace("{", "{\"rows\": 7, ")));

    assertThat(reference.features().get("x"))
        .isInstanceOfSatisfying(
            Sketch.Numeric.class, sketch -> assertThat(sketch.rows()).isEqualTo(7));
  }

  @ParameterizedTest
  @CsvSource({"-5, 0", "0.99, 0", "1, 1", "2.4, 1", "2.5, 2", "100, 2"})
  void anEdgeBelongsToTheBinAboveIt(double value, int bin) {
    Reference reference = Reference.read(document("\"x\": " + NUMERIC));

    assertThat(reference.features().get("x"))
        .isInstanceOfSatisfying(
            Sketch.Numeric.class, sketch -> assertThat(sketch.bin(value)).isEqualTo(bin));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1, 2.5] | [2.5, 1] | `features/x/edges` don't ascend",
        "[0.2, 0.3, 0.5] | [0.5, 0.5] | aren't one more than the edges",
        "0.2, | 0.9, | aren't shares that add up to 1",
        "\"std\": 1 | \"std\": -1 | `features/x/std` is negative",
        "\"mean\": 2, | '' | `features/x/mean` is missing",
        "\"mean\": 2 | \"mean\": \"2\" | `features/x/mean` is no number",
        "\"missing\": 0.1 | \"missing\": 1.1 | `features/x/missing` is no share",
        "\"min\": 0 | \"min\": 10 | is greater than max",
        "\"min\": 0 | \"min\": 0, \"mode\": 3 | `features/x/mode` is no key",
        "\"kind\": \"numeric\" | \"kind\": \"number\" | is none of numeric, categorical and tensor",
        "\"rows\": 10 | \"rows\": 0 | `rows` is no count",
        "\"std\": 1 | \"std\": 1, \"rows\": 0 | `features/x/rows` is no count",
        "\"schemaVersion\": 1 | \"schemaVersion\": 2 | `schemaVersion` is not 1",
        "\"std\": 1 | \"std\": 1, \"std\": 1 | a member stands twice",
      })
  void saysWhatIsWrongAndHowToMendIt(String right, String wrong, String cause) {
    String text = new String(document("\"x\": " + NUMERIC), StandardCharsets.UTF_8);
    assertThat(text).contains(right);

    assertThatThrownBy(
            () -> Reference.read(text.replace(right, wrong).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageStartingWith("reference.json")
        .hasMessageContaining(cause)
        .hasMessageContaining("Mend: ");
  }

  private static final String IMPORTANCE =
      """
      {"rows": 9, "method": "occlusion", "features": {"x": {"mean": 0.25, "sd": 0.5}}}\
      """;

  private static byte[] withImportance(String importance) {
    return ("{\"schemaVersion\": 1, \"rows\": 10, \"features\": {\"x\": "
            + NUMERIC
            + "}, \"importance\": "
            + importance
            + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void knowsHowMuchFeaturesMatteredIfTheFileSays() {
    assertThat(Reference.read(document("\"x\": " + NUMERIC)).importance()).isNull();
    assertThat(Reference.read(withImportance(IMPORTANCE)).importance())
        .isEqualTo(new Importance(9, Map.of("x", new Importance.Spread(0.25, 0.5))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"rows\": 9 | \"rows\": 1 | `importance/rows` is no count of at least 2",
        "\"rows\": 9, | '' | `importance/rows` is no count of at least 2",
        "occlusion | shapley | `importance/method` is not `occlusion`",
        "0.25 | -1 | `importance/features/x/mean` is negative",
        "0.25 | null | `importance/features/x/mean` is no number",
        "\"sd\" | \"std\" | `importance/features/x/std` is no key",
        "{\"x\": {\"mean\": 0.25, \"sd\": 0.5}} | 3 | `importance/features` is no object",
        "\"rows\" | \"row\" | `importance/row` is no key",
      })
  void saysWhatIsWrongWithTheImportance(String right, String wrong, String cause) {
    assertThat(IMPORTANCE).contains(right);

    assertThatThrownBy(() -> Reference.read(withImportance(IMPORTANCE.replace(right, wrong))))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining(cause)
        .hasMessageContaining("Mend: ");
  }

  @Test
  void theImportanceIsOfTheFeaturesThatHaveSketches() {
    Contract contract =
        ContractFile.read(
                """
                schemaVersion: 1.0.0
                features:
                  - {name: x, type: number}
                outputs: {task: regression, value: value}
                """
                    .getBytes(StandardCharsets.UTF_8))
            .contract();
    Reference reference = Reference.read(withImportance(IMPORTANCE.replace("\"x\"", "\"y\"")));

    assertThatThrownBy(() -> reference.checkAgainst(contract))
        .hasMessageContaining("`importance` isn't of the same features");
  }

  @Test
  void saysWhichFeaturesDoNotFitTheContract() {
    Contract contract =
        ContractFile.read(
                """
                schemaVersion: 1.0.0
                features:
                  - {name: x, type: category, values: [a, b]}
                  - {name: y, type: number}
                outputs: {task: regression, value: value}
                """
                    .getBytes(StandardCharsets.UTF_8))
            .contract();
    Reference reference = Reference.read(document("\"x\": " + NUMERIC + ", \"z\": " + NUMERIC));

    assertThatThrownBy(() -> reference.checkAgainst(contract))
        .hasMessageContaining("the sketch of `x` doesn't fit")
        .hasMessageContaining("`y` has no sketch")
        .hasMessageContaining("no feature `z`");
  }

  private static byte[] document(String features) {
    return ("{\"schemaVersion\": 1, \"rows\": 10, \"features\": {" + features + "}}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String seasonal() {
    String hours = "0, ".repeat(6) + "1, ".repeat(161) + "0";
    return """
    {"schemaVersion": 1, "rows": 10,
     "features": {"x": %s,
       "c": {"kind": "categorical", "missing": 0, "categories": {"a": 0.5, "b": 0.5}, "other": 0}},
     "seasons": {"zone": "Europe/Vienna", "hours": [%s],
       "parts": [
         {"name": "nights", "rows": 4, "features": {"x": {"probabilities": [0.5, 0.3, 0.2]}}},
         {"name": "days", "rows": 6, "features": {
           "x": {"rows": 5, "missing": 0.2, "probabilities": [0, 0.3, 0.7]},
           "c": {"categories": {"a": 1}}}}]}}
    """
        .formatted(NUMERIC, hours);
  }

  @Test
  void seasonsAreReadWithTheWholesBins() {
    Seasons seasons =
        Objects.requireNonNull(
            Reference.read(seasonal().getBytes(StandardCharsets.UTF_8)).seasons());

    assertThat(seasons.at(Instant.parse("2026-11-22T23:00:00Z")).name())
        .as("Monday 0:00 in Vienna")
        .isEqualTo("nights");
    assertThat(seasons.at(Instant.parse("2026-11-23T05:00:00Z")).name()).isEqualTo("days");
    assertThat(seasons.nextHour(Instant.parse("2026-11-23T05:59:59Z")))
        .isEqualTo("2026-11-23T06:00:00Z");
    assertThat(seasons.parts().getFirst().features()).containsOnlyKeys("x");
    assertThat(seasons.parts().getLast().features().get("x"))
        .isEqualTo(
            new Sketch.Numeric(5, 0.2, List.of(1.0, 2.5), List.of(0.0, 0.3, 0.7), 2, 1, 0, 9));
    assertThat(seasons.parts().getLast().features().get("c"))
        .isEqualTo(new Sketch.Categorical(6, 0, Map.of("a", 1.0), 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Europe/Vienna | Europe/Atlantis | `seasons/zone` is no time zone",
        "[0, 0, | [0, | `seasons/hours` is no array of 168 numbers but has 167",
        "[0, 0, | [0, 2, | `seasons/hours/1` is no position in `parts`, of 2 seasons",
        "[0, 0, | [0, 0.5, | `seasons/hours/1` is no position",
        "\"name\": \"nights\" | \"name\": \" \" | `seasons/parts/0/name` is no name",
        "\"rows\": 4 | \"rows\": 0 | `seasons/parts/0/rows` is no count",
        "\"rows\": 5 | \"rows\": -1 | `seasons/parts/1/features/x/rows` is no count",
        "[0.5, 0.3, 0.2] | [0.5, 0.5] | aren't as many as all the data have, 3 but 2",
        "[0.5, 0.3, 0.2] | [0.5, 0.3, 0.3] | `seasons/parts/0/features/x/probabilities` aren't shares",
        "\"missing\": 0.2 | \"missing\": 2 | `seasons/parts/1/features/x/missing` is no share",
        "{\"a\": 1} | {\"z\": 1} | `seasons/parts/1/features/c/categories/z` isn't among the categories",
        "{\"a\": 1} | {\"a\": 0.9} | `seasons/parts/1/features/c/categories` aren't shares",
        "{\"a\": 1} | {\"a\": 0.9}, \"other\": 0.1 | `seasons/parts/1/features/c/other` is above 0",
        "{\"x\": {\"prob | {\"y\": {\"prob | `seasons/parts/0/features/y` has no sketch of all the data",
        "\"zone\" | \"Zone\" | `seasons/Zone` is no key",
        "\"parts\": [ | \"parts\": [{\"name\": \"never\", \"rows\": 1}, | `seasons/parts/2` is no hour's season",
      })
  void saysWhatIsWrongWithSeasons(String right, String wrong, String cause) {
    assertThat(seasonal()).contains(right);
    String text = seasonal().replace(right, wrong);

    assertThatThrownBy(() -> Reference.read(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining(cause)
        .hasMessageContaining("Mend: ");
  }
}
