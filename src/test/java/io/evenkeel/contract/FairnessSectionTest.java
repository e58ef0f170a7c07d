package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FairnessSectionTest {
  private static final String HEAD =
      """
      schemaVersion: 1.0.0
      features:
        - {name: region, type: category, values: [north, south], unknown: other}
        - {name: member, type: boolean, nullable: true}
        - {name: age, type: integer, minimum: 0}
        - {name: born, type: date, sensitive: true}
        - {name: note, type: string}
      outputs: {task: classification, probabilities: p, labels: [refused, granted]}
      """;
  private static final String ROW =
      "{\"region\": \"south\", \"member\": true, \"age\": 40, \"born\": \"1984-05-17\", \"note\": \"\"}";

  private static Contract read(String section) {
    return Contracts.ofDocument(HEAD + "fairness: " + section + "\n").contract();
  }

  private static Fairness fairness(Contract contract) {
    return Objects.requireNonNull(contract.fairness());
  }

  @Test
  void comparesNothingWhereNothingIsSaid() {
    Contract contract = Contracts.ofDocument(HEAD).contract();
    assertThat(contract.fairness()).isNull();
    assertThat(contract.groupOf(Rows.read(contract, ROW))).isNull();
  }

  @Test
  void takesTheSecondOfTwoLabelsForTheFavourableOne() {
    assertThat(fairness(read("{attribute: region}")).favourable()).isEqualTo("granted");
    assertThat(fairness(read("{attribute: region, favourable: refused}")).favourable())
        .isEqualTo("refused");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{attribute: region} | \"south\" | \"west\" | south | other | [north, south, other]",
        "{attribute: member} | true | null | true | missing | [false, true, missing]",
        "{attribute: age, bands: [18, 65]} | 18 | 17 | from 18 to below 65 | below 18 | [below 18, from 18 to below 65, from 65]",
        "{attribute: born, bands: [1960-01-01], keepSensitive: true} | \"1984-05-17\" | \"1959-12-31\" | from 1960-01-01 | below 1960-01-01 | [below 1960-01-01, from 1960-01-01]"
      })
  void tellsTheGroupOfARow(
      String section, String value, String other, String group, String otherGroup, String groups) {
    Contract contract = read(section);
    Fairness fairness = fairness(contract);
    assertThat(fairness.groups()).hasToString(groups);
    assertThat(contract.groupOf(row(contract, value))).isEqualTo(group);
    assertThat(contract.groupOf(row(contract, other))).isEqualTo(otherGroup);
  }

  private static Row row(Contract contract, String value) {
    String attribute = fairness(contract).attribute();
    return Rows.read(
        contract,
        ROW.replaceFirst(
            "\"" + attribute + "\": (\"[^\"]*\"|[^,}]*)", "\"" + attribute + "\": " + value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{attribute: ages} | there is no feature `ages` | did you mean `age`?",
        "{attribute: born, bands: [1960-01-01]} | `born` is sensitive, and its groups would be kept with predictions | add `keepSensitive: true` if that is permitted",
        "{attribute: age} | `age` doesn't say where its groups begin | add `bands`, for example `[18, 65]`",
        "{attribute: age, bands: [65, 18]} | the bands don't ascend | write them from the least to the greatest",
        "{attribute: age, bands: [young]} | `young` is no value of `age` | write an integer",
        "{attribute: region, bands: [1]} | `region` has groups already | leave `bands` out",
        "{attribute: note} | `note` has no groups | choose a category, a boolean, a string with `values`, or an ordered feature with `bands`",
        "{attribute: region, favourable: grantd} | there is no label `grantd` | did you mean `granted`?",
        "{attribute: age, bands: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]} | `age` makes 21 groups | choose one that makes at most 20"
      })
  void saysHowToMendWhatCannotBeCompared(String section, String cause, String mend) {
    assertThat(Contracts.mistakes(HEAD + "fairness: " + section + "\n"))
        .extracting(Mistake::cause, Mistake::mend)
        .contains(org.assertj.core.groups.Tuple.tuple(cause, mend));
  }

  @Test
  void comparesNoRawOutputs() {
    Contracts.assertRefused(
        "features: [{name: m, type: boolean}]\nfairness: {attribute: m} # <-\n",
        "raw outputs aren't compared",
        "declare the outputs as a classification or regression");
  }
}
