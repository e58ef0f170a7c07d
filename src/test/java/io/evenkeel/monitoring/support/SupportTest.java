package io.evenkeel.monitoring.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Contracts;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.Rows;
import io.evenkeel.contract.Warning;
import io.evenkeel.monitoring.Reference;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupportTest {
  private static final Contract CONTRACT =
      Contracts.of(
              """
              features:
                - {name: n, type: number, required: false, nullable: true}
                - {name: clamped, type: number, maximum: 50, outOfRange: clamp, default: 1}
                - {name: secret, type: number, sensitive: true, default: 1}
                - {name: c, type: category, values: [x, y, z, w], unknown: other, default: x}
                - {name: b, type: boolean, default: true}
                - {name: s, type: string, maxLength: 9, default: one}
                - {name: d, type: date, default: "2020-06-01"}
                - {name: i, type: tensor, shape: [2], default: [1, 2]}
              """)
          .contract();
  private static final String NUMERIC =
      """
      {"kind": "numeric", "missing": 0.2, "edges": [2, 4, 6, 8],
       "probabilities": [0.5, 0, 0.0005, 0.4995, 0], "mean": 5, "std": 2, "min": 1, "max": 8}\
      """;
  private static final String PLAIN =
      """
      {"kind": "numeric", "missing": 0, "edges": [2], "probabilities": [0.5, 0.5],
       "mean": 5, "std": 2, "min": 0.5, "max": 9}\
      """;
  private static final String DATES =
      """
      {"kind": "numeric", "missing": 0, "edges": [18400], "probabilities": [0.5, 0.5],
       "mean": 18400, "std": 50, "min": 18262, "max": 18627}\
      """;
  private static final Support SUPPORT = Support.compile(CONTRACT, reference(100_000), 0.999);

  private static Reference reference(long rows) {
    String features =
        String.join(
            ", ",
            "\"n\": " + NUMERIC,
            "\"clamped\": " + PLAIN,
            "\"secret\": " + PLAIN,
            "\"c\": {\"kind\": \"categorical\", \"missing\": 0, \"other\": 0,"
                + " \"categories\": {\"x\": 0.6, \"y\": 0.3995, \"z\": 0.0005, \"w\": 0}}",
            "\"b\": {\"kind\": \"categorical\", \"missing\": 0, \"other\": 0,"
                + " \"categories\": {\"false\": 0, \"true\": 1}}",
            "\"s\": {\"kind\": \"categorical\", \"missing\": 0, \"other\": 0,"
                + " \"categories\": {\"one\": 0.9995, \"two\": 0.0005}}",
            "\"d\": " + DATES,
            "\"i\": {\"kind\": \"tensor\", \"missing\": 0, \"mean\": [1, 1], \"std\": [1, 1],"
                + " \"overall\": "
                + PLAIN
                + "}");
    String document =
        "{\"schemaVersion\": 1, \"rows\": " + rows + ", \"features\": {" + features + "}}";
    Reference reference = Reference.read(document.getBytes(StandardCharsets.UTF_8));
    reference.checkAgainst(CONTRACT);
    return reference;
  }

  private static List<Warning> warnings(String instance) {
    return Rows.read(CONTRACT, SUPPORT, instance, -1).warnings();
  }

  private static String found(String instance) {
    return warnings(instance).stream()
        .map(warning -> warning.feature() + " " + warning.rule())
        .collect(Collectors.joining(", "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "nothing",
      value = {
        "{\"n\": 1}|nothing",
        "{\"n\": 0.99}|n beyondReference",
        "{\"n\": 8}|nothing",
        "{\"n\": 8.01}|n beyondReference",
        "{\"n\": 3}|n unseenInReference",
        "{\"n\": 4}|n rareInReference",
        "{\"n\": 6}|nothing",
        "{\"n\": null}|nothing",
        "{\"n\": 1, \"c\": \"y\"}|nothing",
        "{\"n\": 1, \"c\": \"z\"}|c rareInReference",
        "{\"n\": 1, \"c\": \"w\"}|c unseenInReference",
        "{\"n\": 1, \"c\": \"?\"}|c unknownCategory",
        "{\"n\": 1, \"b\": false}|b unseenInReference",
        "{\"n\": 1, \"s\": \"two\"}|s rareInReference",
        "{\"n\": 1, \"s\": \"three\"}|s unseenInReference",
        "{\"n\": 1, \"clamped\": 60}|clamped clamped",
        "{\"n\": 1, \"clamped\": 9.5}|clamped beyondReference",
        "{\"n\": 1, \"d\": \"2019-12-31\"}|d beyondReference",
        "{\"n\": 1, \"d\": \"2031-01-01\"}|nothing",
        "{\"n\": 1, \"i\": [9, 8]}|nothing",
        "{\"n\": 1, \"i\": [9, 9.5]}|i beyondReference",
        "{\"n\": 0, \"s\": \"two\", \"b\": false}"
            + "|n beyondReference, b unseenInReference, s rareInReference",
      })
  void tellsWhatTrainingNeverOrSeldomHad(String instance, String expected) {
    assertThat(found(instance)).isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void saysWhatTrainingHadAndWhatThatMeans() {
    assertThat(warnings("{\"n\": 77.5}"))
        .containsExactly(
            new Warning(
                "/instance/n",
                "n",
                "beyondReference",
                "is outside of what the 100000 training rows have, 1 to 8: the model has to guess"
                    + " there"));
  }

  @ParameterizedTest
  @CsvSource({"0.25", "77.5"})
  void ofASensitiveFeatureSaysNeitherValueNorRange(String value) {
    assertThat(warnings("{\"n\": 1, \"secret\": " + value + "}"))
        .containsExactly(
            new Warning(
                "/instance/secret",
                "secret",
                "beyondReference",
                "is outside of what the 100000 training rows have: the model has to guess there"));
  }

  @Test
  void noMessageHoldsAValueOfTextEither() {
    assertThat(warnings("{\"n\": 1, \"s\": \"three\", \"c\": \"w\"}"))
        .extracting(Warning::message)
        .allSatisfy(message -> assertThat(message).doesNotContain("three").doesNotContain("\"w\""));
  }

  @Test
  void aMissingValueIsNoticedWhereTrainingHadOne() {
    Contract contract =
        Contracts.of("features:\n  - {name: a, type: number, nullable: true}").contract();

    assertThat(missing(contract, 0)).containsExactly("unseenInReference");
    assertThat(missing(contract, 0.0004)).containsExactly("rareInReference");
    assertThat(missing(contract, 0.01)).isEmpty();
  }

  private static List<String> missing(Contract contract, double share) {
    String sketch = PLAIN.replace("\"missing\": 0", "\"missing\": " + share);
    Support support = Support.compile(contract, ofFeatures("\"a\": " + sketch, 100_000), 0.999);
    return Rows.read(contract, support, "{\"a\": null}", -1).warnings().stream()
        .map(Warning::rule)
        .toList();
  }

  private static Reference ofFeatures(String sketches, int rows) {
    String document =
        "{\"schemaVersion\": 1, \"rows\": " + rows + ", \"features\": {" + sketches + "}}";
    return Reference.read(document.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aSmallReferenceHasWiderBounds() {
    Contract contract = Contracts.of("features:\n  - {name: a, type: number}").contract();
    // Of 99 rows: beyond an end with 2 / 100, so ln(0.02 / 0.005) = 1.39 deviations of 2 farther.
    Support support = Support.compile(contract, ofFeatures("\"a\": " + PLAIN, 99), 0.999);

    assertThat(Rows.read(contract, support, "{\"a\": 11.7}", -1).warnings()).isEmpty();
    assertThat(Rows.read(contract, support, "{\"a\": 11.8}", -1).warnings()).hasSize(1);
    assertThat(Rows.read(contract, support, "{\"a\": -2.2}", -1).warnings()).isEmpty();
    assertThat(Rows.read(contract, support, "{\"a\": -2.3}", -1).warnings()).hasSize(1);
  }

  @Test
  void withoutACovarianceThereIsNoScore() {
    assertThat(Rows.read(CONTRACT, SUPPORT, "{\"n\": 1}", -1).outlier()).isNaN();
  }

  /** References drawn anew, and new rows from where they came from: heavy tails, many features. */
  @ParameterizedTest
  @CsvSource({"300, 30", "5000, 40", "24000, 20"})
  void seldomWarnsOfRowsThatAreLikeTheTrainingRows(int rows, int features) {
    Random random = new Random(20261126);
    Contract contract =
        Contracts.of(
                IntStream.range(0, features)
                    .mapToObj(i -> "  - {name: f" + i + ", type: number}\n")
                    .collect(Collectors.joining("", "features:\n", "")))
            .contract();
    int warned = 0;
    int rounds = 4;
    int tried = 1500;
    for (int round = 0; round < rounds; round++) {
      String sketches =
          IntStream.range(0, features)
              .mapToObj(i -> "\"f" + i + "\": " + sketch(random, rows, i))
              .collect(Collectors.joining(", "));
      Support support = Support.compile(contract, ofFeatures(sketches, rows), 0.999);
      for (int i = 0; i < tried; i++) {
        String row =
            IntStream.range(0, features)
                .mapToObj(f -> "\"f" + f + "\": " + draw(random, f))
                .collect(Collectors.joining(", ", "{", "}"));
        Row read = Rows.read(contract, support, row, -1);
        warned += read.warnings().isEmpty() ? 0 : 1;
      }
    }

    assertThat(warned / (double) (rounds * tried)).as("share of warned rows").isLessThan(0.01);
  }

  private static double draw(Random random, int feature) {
    return switch (feature % 3) {
      case 0 -> random.nextGaussian();
      case 1 -> -Math.log(1 - random.nextDouble());
      default -> Math.floor(-2 * Math.log(1 - random.nextDouble()));
    };
  }

  private static String sketch(Random random, int rows, int feature) {
    double[] drawn =
        IntStream.range(0, rows).mapToDouble(i -> draw(random, feature)).sorted().toArray();
    double mean = Arrays.stream(drawn).average().orElseThrow();
    double square = Arrays.stream(drawn).map(x -> (x - mean) * (x - mean)).sum() / rows;
    double middle = drawn[rows / 2];
    long below = Arrays.stream(drawn).filter(x -> x < middle).count();
    return String.format(
        Locale.ROOT,
        "{\"kind\": \"numeric\", \"missing\": 0, \"edges\": [%s], \"probabilities\": [%s, %s],"
            + " \"mean\": %s, \"std\": %s, \"min\": %s, \"max\": %s}",
        middle,
        below / (double) rows,
        1 - below / (double) rows,
        mean,
        Math.sqrt(square),
        drawn[0],
        drawn[rows - 1]);
  }
}
