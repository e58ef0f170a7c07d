package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Examples are held against the contract they stand in. */
class BrokenExamplesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          type: number, maximum: 5            | 6          | maximum   | at most 5
          type: integer                       | 6.5        | type      | an integer
          type: number                        | '6'        | type      | a number
          type: number                        | null       | nullable  | a number, not null
          type: 'category', values: [yes, no] | maybe      | values    | one of "yes", "no"
          type: date                          | 2026-02-30 | format    | a date as a string, for example "2026-11-24"
          type: string, pattern: ^a           | b          | pattern   | text that matches ^a
          type: tensor, shape: [2]            | [1]        | shape     | an array of 2 items
          """,
      quoteCharacter = '~')
  void refusesAnExampleThatBreaksTheContract(
      String type, String example, String rule, String expected) {
    Contracts.assertRefused(
        """
        features:
          - name: x
            %s
            example: %s # <-
        """
            .formatted(type.replaceAll(", (?=[a-z]+:)", "\n    "), example),
        "the example of `x` breaks the contract (" + rule + ")",
        "it should be " + expected);
  }

  @Test
  void readsYesAsATextLikeTheValues() {
    Feature feature =
        Contracts.of(
                """
                features:
                  - {name: smoker, type: category, values: [yes, no], example: yes}
                """)
            .contract()
            .features()
            .getFirst();
    assertThat(feature.documentation().example()).isEqualTo("yes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void readsTrueAndFalse(String written) {
    Feature feature =
        Contracts.of("features:\n  - {name: x, type: boolean, example: " + written + "}\n")
            .contract()
            .features()
            .getFirst();
    assertThat(feature.documentation().example()).isEqualTo(Boolean.valueOf(written));
  }
}
