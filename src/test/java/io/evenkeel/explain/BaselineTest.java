package io.evenkeel.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Contracts;
import io.evenkeel.contract.Row;
import io.evenkeel.monitoring.Reference;
import io.evenkeel.monitoring.Sketch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselineTest {
  private static final Contract CONTRACT =
      Contracts.of(
              """
              features:
                - {name: age, type: integer, maximum: 30}
                - {name: day, type: date}
                - {name: kind, type: category, values: [x, y, z]}
                - {name: word, type: string, required: false, maxLength: 9}
                - {name: flag, type: boolean}
                - {name: image, type: tensor, shape: [2]}
                - {name: never, type: number, required: false}
              """)
          .contract();

  private static String numeric(String edges, String probabilities) {
    return "{\"kind\": \"numeric\", \"missing\": 0, \"edges\": "
        + edges
        + ", \"probabilities\": "
        + probabilities
        + ", \"mean\": 1, \"std\": 1, \"min\": 3, \"max\": 99}";
  }

  private static String categories(String shares, double other) {
    return "{\"kind\": \"categorical\", \"missing\": 0, \"categories\": "
        + shares
        + ", \"other\": "
        + other
        + "}";
  }

  private static Row baseline(String age) {
    String document =
        "{\"schemaVersion\": 1, \"rows\": 10, \"features\": {\"age\": "
            + age
            + ", \"day\": "
            + numeric("[20000]", "[0.2, 0.8]")
            + ", \"kind\": "
            + categories("{\"other\": 0.4, \"y\": 0.3, \"z\": 0.3}", 0)
            + ", \"word\": "
            + categories("{}", 1)
            + ", \"flag\": "
            + categories("{\"false\": 0.3, \"true\": 0.7}", 0)
            + ", \"image\": {\"kind\": \"tensor\", \"missing\": 0, \"mean\": [1.5, 2], \"std\": [1,"
            + " 1], \"overall\": "
            + numeric("[]", "[1]")
            + "}, \"never\": "
            + numeric("[]", "[1]").replace("\"missing\": 0", "\"missing\": 1")
            + "}}";
    Reference reference = Reference.read(document.getBytes(StandardCharsets.UTF_8));
    reference.checkAgainst(CONTRACT);
    return Baseline.of(CONTRACT, reference);
  }

  private static double number(Row row, String feature) {
    return row.number(CONTRACT.slot(CONTRACT.indexOf(feature)));
  }

  @Test
  void isTheMiddleOfEachFeature() {
    Row row = baseline(numeric("[10, 20]", "[0.3, 0.3, 0.4]"));

    assertThat(number(row, "age")).isEqualTo(10);
    assertThat(number(row, "day")).isEqualTo(20000);
    assertThat(row.text(CONTRACT.indexOf("kind"))).as("the first that is allowed").isEqualTo("y");
    assertThat(number(row, "kind")).as("its place").isEqualTo(1);
    assertThat(number(row, "flag")).isEqualTo(1);
    int image = CONTRACT.slot(CONTRACT.indexOf("image"));
    assertThat(List.of(row.number(image), row.number(image + 1))).containsExactly(1.5, 2.0);
  }

  @Test
  void lacksWhatTrainingNeverHad() {
    Row row = baseline(numeric("[]", "[1]"));

    assertThat(row.isMissing(CONTRACT.indexOf("never"))).isTrue();
    assertThat(row.isMissing(CONTRACT.indexOf("word"))).isTrue();
    assertThat(row.isMissing(CONTRACT.indexOf("age"))).isFalse();
  }

  @Test
  void isWithinTheBounds() {
    assertThat(number(baseline(numeric("[10, 50]", "[0.1, 0.1, 0.8]")), "age")).isEqualTo(30);
  }

  /** The most frequent of few values is their median, and has a bin of its own. */
  @Test
  void ofNumbersIsTheLargestEdgeThatHalfOfThemReach() {
    assertThat(middle(List.of(), List.of(1.0))).isEqualTo(0);
    assertThat(middle(List.of(1.0, 2.0), List.of(0.5, 0.3, 0.2))).isEqualTo(0);
    assertThat(middle(List.of(1.0, 2.0), List.of(0.4, 0.3, 0.3))).isEqualTo(1);
    assertThat(middle(List.of(1.0, 2.0), List.of(0.1, 0.1, 0.8))).isEqualTo(2);
  }

  private static double middle(List<Double> edges, List<Double> probabilities) {
    return Baseline.middle(new Sketch.Numeric(10, 0, edges, probabilities, 1, 1, 0, 9));
  }

  @Test
  void theBundledModelsHaveOne() {
    for (String version : List.of("breast-cancer/2", "diabetes/1", "digits/1", "loan-default/1")) {
      Contract contract = Contracts.ofModel(version).contract();
      Reference reference = Reference.find(Path.of("models", version)).orElseThrow();
      Row row = Baseline.of(contract, reference);

      for (int i = 0; i < contract.features().size(); i++) {
        assertThat(row.isMissing(i)).as(contract.names().get(i)).isFalse();
      }
      assertThat(reference.importance()).as(version).isNotNull();
    }
  }
}
