package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.contract.Disclosure.Probabilities;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisclosureSectionTest {
  private static final int ALL = Probabilities.ALL;
  private static final String HEAD =
      """
      schemaVersion: 1.0.0
      features:
        - {name: x, type: number}
        - {name: region, type: category, values: [north, south]}
      outputs: {task: classification, probabilities: p, labels: [a, b, c]}
      """;

  private static Disclosure read(String sections) {
    return Contracts.ofDocument(HEAD + sections).contract().disclosure();
  }

  private static void assertRefused(String section, String cause, String mend) {
    Contracts.assertDocumentRefused(HEAD + section + " # <-\n", cause, mend);
  }

  @Test
  void holdsNothingBackWhereNothingIsSaid() {
    assertThat(read("")).isEqualTo(new Disclosure(Probabilities.FULL, true, 1, null));
    assertThat(read("").probabilities().isFull()).isTrue();
  }

  @Test
  void readsEachFormOfProbabilities() {
    assertThat(read("disclosure: {probabilities: full}\n").probabilities())
        .isEqualTo(Probabilities.FULL);
    assertThat(read("disclosure: {probabilities: labelOnly}\n").probabilities())
        .isEqualTo(new Probabilities(true, ALL, ALL));
    assertThat(read("disclosure: {probabilities: {top: 2}}\n").probabilities())
        .isEqualTo(new Probabilities(false, 2, ALL));
    assertThat(read("disclosure: {probabilities: {digits: 1}}\n").probabilities())
        .isEqualTo(new Probabilities(false, ALL, 1));
    assertThat(read("disclosure: {probabilities: {top: 1, digits: 6}}\n").probabilities())
        .isEqualTo(new Probabilities(false, 1, 6));
  }

  /** Attributions add up to the probability with all its digits. */
  @ParameterizedTest
  @CsvSource({
    "full, true",
    "labelOnly, false",
    "{digits: 2}, false",
    "{top: 2}, false",
    "'labelOnly, explain: true', true",
    "'full, explain: false', false"
  })
  void explainsUnlessSomethingIsHeldBack(String keys, boolean explains) {
    assertThat(read("disclosure: {probabilities: " + keys + "}\n").explains()).isEqualTo(explains);
  }

  @Test
  void boundsGroupsWhereThereIsADisclosureOrGroupsAreCompared() {
    assertThat(read("disclosure: {probabilities: full}\n").minimumGroup()).isEqualTo(10);
    assertThat(read("disclosure: {minimumGroup: 3}\n").minimumGroup()).isEqualTo(3);
    assertThat(read("fairness: {attribute: region}\n").minimumGroup()).isEqualTo(10);
  }

  @Test
  void readsWhatStatisticsCostExactly() {
    Disclosure.Statistics found =
        Objects.requireNonNull(
            read("disclosure: {statistics: {epsilon: 0.1, budget: 1, per: 30d}}\n").statistics());
    assertThat(found)
        .isEqualTo(
            new Disclosure.Statistics(
                new BigDecimal("0.1"),
                new BigDecimal("1"),
                Duration.ofDays(30),
                Duration.ofDays(1)));
    assertThat(found.releases()).isEqualTo(10);
    assertThat(found.writtenPeriod()).isEqualTo("30d");
    assertThat(found.millionths()).isEqualTo(100_000);
    assertThat(read("disclosure: {statistics: {epsilon: 2, budget: 8, per: 6h}}\n").statistics())
        .extracting(Disclosure.Statistics::writtenEvery)
        .isEqualTo("6h");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "disclosure: {probabilities: all} | `all` is no value of `probabilities` | use one of full, labelOnly",
        "disclosure: {probabilities: {}} | neither `top` nor `digits` is there | write `{top: 3}` or `{digits: 2}`",
        "disclosure: {probabilities: {top: 0}} | `top: 0` is less than 1 | write a whole number from 1",
        "disclosure: {probabilities: {top: 3}} | `top: 3` holds nothing back of 3 labels | write a smaller number, or leave `top` out",
        "disclosure: {probabilities: {digits: 7}} | `digits: 7` is about all that a 32-bit float has | write at most 6, or leave `digits` out",
        "disclosure: {minimumGroup: -1} | `minimumGroup: -1` is less than 1 | write a whole number from 1",
        "disclosure: yes | `disclosure` doesn't say what is held back | add for example `probabilities: labelOnly`",
        "disclosure: {statistics: {epsilon: 2, budget: 1, per: 1d}} | the budget isn't enough for one release | make `budget` at least as large as `epsilon`",
        "disclosure: {statistics: {epsilon: 0.001, budget: 2, per: 1d}} | the budget is enough for 2000 releases | make it at most 1000 times `epsilon`",
        "disclosure: {statistics: {epsilon: 1, budget: 2, per: 1d, every: 2d}} | a release is shown for longer than the budget's period | make `every` at most as long as `per`",
        "disclosure: {statistics: {epsilon: 0.1234567, budget: 2, per: 1d}} | `epsilon: 0.1234567` has too many decimal places | write at most 6",
        "disclosure: {statistics: {epsilon: 0, budget: 2, per: 1d}} | `epsilon: 0` is out of all proportion | write a number from 0.001 to 100"
      })
  void saysHowToMendWhatCannotBe(String section, String cause, String mend) {
    assertRefused(section, cause, mend);
  }

  @Test
  void hasProbabilitiesOfClassificationsOnly() {
    Contracts.assertRefused(
        "features: [{name: x, type: number}]\ndisclosure: {probabilities: labelOnly} # <-\n",
        "only a classification has probabilities",
        "leave `probabilities` out, or declare the outputs as a classification");
  }

  @Test
  void allowsTogetherWhatBothAllow() {
    Probabilities some = new Probabilities(false, 2, 3);
    assertThat(some.and(new Probabilities(false, 4, 1))).isEqualTo(new Probabilities(false, 2, 1));
    assertThat(some.and(Probabilities.LABEL_ONLY).labelOnly()).isTrue();
    assertThat(some.and(Probabilities.FULL)).isEqualTo(some);
    assertThat(Probabilities.FULL.and(some)).isEqualTo(some);
    assertThat(some.written()).isEqualTo("{top: 2, digits: 3}");
  }
}
