package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DegradationSectionTest {
  private static final String CLASSES =
      """
      outputs: {task: classification, probabilities: p, labels: [a, b]%s}
      degradation:
        - default: {label: a, probabilities: {b: %s, a: %s}}
      """;

  private static Contract read(String sections) {
    String document = "schemaVersion: 1.0.0\nfeatures:\n  - {name: x, type: number}\n" + sections;
    return ContractFile.read(document.getBytes(StandardCharsets.UTF_8)).contract();
  }

  @Test
  void keepsTheOrderOfTheContract() {
    Contract contract =
        read(
            """
            outputs: {task: regression, value: y}
            degradation:
              - fallback: {version: 1.0}
              - cache: {maxAge: 90s, maxSize: 64KB}
              - default: {value: 12.5}
            """);
    Degradation.Cache cache = new Degradation.Cache(Duration.ofSeconds(90), 65_536);
    assertThat(contract.degradation())
        .containsExactly(
            new Degradation.Fallback("1.0"), cache, new Degradation.DefaultValue(12.5));
    assertThat(contract.cache()).isEqualTo(cache);
  }

  @Test
  void hasNoWayWhereNothingIsSaid() {
    Contract contract = read("outputs: {task: regression, value: y}\n");
    assertThat(contract.degradation()).isEmpty();
    assertThat(contract.cache()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "250ms, 1B, PT0.25S, 1",
    "5s, 3KB, PT5S, 3072",
    "10m, 16MB, PT10M, 16777216",
    "36h, 2GB, PT36H, 2147483648",
    "999999999d, 999999999GB, P999999999D, 1073741822926258176"
  })
  void readsAndWritesDurationsAndSizes(String age, String size, Duration maxAge, long maxBytes) {
    Contract contract =
        read(
            """
            outputs: {task: raw}
            degradation:
              - cache: {maxAge: %s, maxSize: %s}
            """
                .formatted(age, size));
    Degradation.Cache cache = new Degradation.Cache(maxAge, maxBytes);
    assertThat(contract.cache()).isEqualTo(cache);
    assertThat(List.of(cache.writtenAge(), cache.writtenSize())).containsExactly(age, size);
  }

  @Test
  void ordersADefaultsProbabilitiesByTheLabels() {
    assertThat(read(CLASSES.formatted("", "0.25", "0.75")).degradation())
        .containsExactly(new Degradation.DefaultClass(List.of("a", "b"), List.of(0.75, 0.25), 0));
  }

  @Test
  void letsADefaultNameAnImprobableClassWhereTheGraphMay() {
    assertThat(read(CLASSES.formatted(", label: l", "0.75", "0.25")).degradation()).hasSize(1);
  }

  @Test
  void letsSigmoidsAddUpToAnything() {
    assertThat(read(CLASSES.formatted(", activation: sigmoid", "0.9", "0.9")).degradation())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'{name: x, type: number}', true",
    "'{name: x, type: number, unit: cm, description: d, example: 3}', true",
    "'{name: y, type: number}', false",
    "'{name: x, type: integer}', false",
    "'{name: x, type: number, nullable: true}', false",
    "'{name: x, type: number, maximum: 9}', false",
    "'{name: x, type: category, values: [p]}', false"
  })
  void knowsWhichContractsReadTheSameRows(String feature, boolean same) {
    Contract contract = contractOf("{name: x, type: number}", "");
    assertThat(contractOf(feature, "").readsRowsAs(contract)).isEqualTo(same);
    assertThat(contract.readsRowsAs(contractOf(feature, ""))).isEqualTo(same);
  }

  @Test
  void readsOtherRowsByOtherRules() {
    String z = "{name: x, type: number}";
    assertThat(contractOf(z, "check: x < z").readsRowsAs(contractOf(z, "check: x <= z"))).isFalse();
    assertThat(contractOf(z, "check: x < z").readsRowsAs(contractOf(z, "check: x < z"))).isTrue();
  }

  @Test
  void comparesPatternsByWhatTheySay() {
    String word = "{name: x, type: string, pattern: '^a+$'}";
    assertThat(contractOf(word, "").readsRowsAs(contractOf(word, ""))).isTrue();
    assertThat(contractOf(word, "").readsRowsAs(contractOf(word.replace("a+", "b+"), "")))
        .isFalse();
  }

  private static Contract contractOf(String feature, String rule) {
    return Contracts.of(
            "features:\n  - "
                + feature
                + "\n  - {name: z, type: number}\nrules: ["
                + (rule.isEmpty() ? "" : "{" + rule + "}")
                + "]\n")
        .contract();
  }
}
