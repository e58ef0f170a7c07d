package io.evenkeel.contract;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rules that can't hold are told. */
class BrokenRulesTest {
  private static final String FEATURES =
      """
      features:
        - {name: open_accounts, type: integer}
        - {name: total_accounts, type: number}
        - {name: has_partner, type: boolean}
        - {name: partner_income, type: number, required: false}
        - {name: grade, type: category, values: [A, B]}
        - {name: born_on, type: date}
        - {name: seen_at, type: datetime}
        - {name: image, type: tensor, shape: [2]}
      rules:
      """;

  private static void assertRefused(String rule, String cause, String mend) {
    Contracts.assertRefused(FEATURES + rule, cause, mend);
  }

  @Test
  void suggestsTheFeatureThatWasMeant() {
    assertRefused(
        "  - check: open_acounts <= total_accounts # <-\n",
        "there is no feature `open_acounts`",
        "did you mean `open_accounts`?");
  }

  @Test
  void refusesAFeatureThatIsNotThere() {
    assertRefused(
        "  - {require: spouse, when: has_partner = true} # <-\n",
        "there is no feature `spouse`",
        "use a feature of this contract");
  }

  @ParameterizedTest
  @CsvSource({
    "open_accounts, born_on",
    "born_on, seen_at",
    "grade, grade",
    "has_partner, open_accounts",
    "image, image"
  })
  void refusesToCompareDifferentKinds(String left, String right) {
    assertRefused(
        "  - check: " + left + " < " + right + " # <-\n",
        "`" + left + "` and `" + right + "` can't be compared",
        "compare two numbers, two dates or two date-times");
  }

  @ParameterizedTest
  @ValueSource(strings = {"open_accounts", "open_accounts<=total_accounts", "born_on == born_on"})
  void refusesAComparisonInAnotherForm(String check) {
    assertRefused(
        "  - check: " + check + " # <-\n",
        "`" + check + "` is no comparison of two features",
        "write it like `check: a <= b`, with <=, <, >=, >, = or !=");
  }

  @Test
  void refusesARuleOfNoKind() {
    assertRefused(
        "  - when: has_partner = true # <-\n",
        "this is no rule",
        "begin it with `check:` or `require:`");
  }

  @Test
  void refusesARequirementWithoutCondition() {
    assertRefused(
        "  - require: partner_income # <-\n",
        "`require` stands without `when`",
        "write it like `when: has_partner = true`");
  }

  @Test
  void refusesAConditionInAnotherForm() {
    assertRefused(
        "  - {require: partner_income, when: has_partner} # <-\n",
        "`has_partner` is no condition",
        "write it like `when: has_partner = true`");
  }

  @Test
  void refusesToRequireWhatIsAlwaysRequired() {
    assertRefused(
        "  - {require: grade, when: has_partner = true} # <-\n",
        "`grade` is always required",
        "say `required: false` at the feature, or drop the rule");
  }

  @ParameterizedTest
  @CsvSource({"grade, C, '[A, B]'", "has_partner, yes, '[true, false]'"})
  void refusesAConditionThatNeverHolds(String feature, String value, String allowed) {
    assertRefused(
        "  - {require: partner_income, when: %s = %s} # <-\n".formatted(feature, value),
        "`" + feature + "` is never `" + value + "`",
        "use one of " + allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "open_accounts, two, an integer",
    "open_accounts, 2.5, an integer",
    "total_accounts, 1e999, a number",
    "born_on, 2026-02-30, 'a date as a string, for example \"2026-11-24\"'"
  })
  void refusesAConditionOfAnotherType(String feature, String value, String expected) {
    assertRefused(
        "  - {require: partner_income, when: %s = %s} # <-\n".formatted(feature, value),
        "`" + feature + "` is never `" + value + "`",
        "write " + expected);
  }

  @Test
  void refusesAConditionOnATensor() {
    assertRefused(
        "  - {require: partner_income, when: image = 1} # <-\n",
        "a tensor has no single value",
        "name another feature");
  }
}
