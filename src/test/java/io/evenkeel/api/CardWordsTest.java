package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardWordsTest {
  @ParameterizedTest
  @CsvSource({
    "intendedUse, Intended use, intended use",
    "outOfScope, Not to be used for, out of scope",
    "heldOutRows, Held out rows, held out rows",
    "rocAuc, ROC AUC, ROC AUC",
    "r2, R2, R2",
    "numpy, Numpy, numpy",
    "scikit-learn, scikit-learn, scikit-learn",
    "ÄÖ, ÄÖ, ÄÖ",
    "two words, two words, two words",
    "ABC, ABC, ABC",
    "'', '', ''"
  })
  void turnsCamelCaseIntoWordsAndLeavesTheRest(String name, String heading, String label) {
    assertThat(CardWords.heading(name)).isEqualTo(heading);
    assertThat(CardWords.label(name)).isEqualTo(label);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.9952 | 0.9952",
        "0.30000000000000004 | 0.3",
        "0.012345678 | 0.0123457",
        "43.28 | 43.28",
        "1.0 | 1",
        "-0.5 | -0.5",
        "1234567.89 | 1,234,568",
        "12345.6789 | 12,345.7",
        "0.00001 | 0.00001",
        "1.5e-9 | 1.5E-9",
        "1e20 | 1.0E20",
        "NaN | NaN",
        "-Infinity | -Infinity"
      })
  void shortensFractions(double number, String words) {
    assertThat(CardWords.number(number)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0 | 0", "1995 | 1995", "-9999 | -9999", "24000 | 24,000", "-1234567 | -1,234,567"})
  void groupsWholeNumbersThatAreNoYears(long number, String words) {
    assertThat(CardWords.number(number)).isEqualTo(words);
  }

  @Test
  void writesTheLeastNumberToo() {
    assertThat(CardWords.number(Long.MIN_VALUE)).isEqualTo("-9,223,372,036,854,775,808");
  }
}
