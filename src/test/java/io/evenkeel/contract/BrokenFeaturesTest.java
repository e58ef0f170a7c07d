package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What mistakes in a contract's features are told. */
class BrokenFeaturesTest {
  @Test
  void refusesAFeatureThatStandsTwice() {
    Contracts.assertRefused(
        """
        features:
          - {name: age, type: number}
          - {name: age, type: integer} # <-
        """,
        "the feature `age` stands twice",
        "keep one of them, or rename one");
  }

  @Test
  void refusesAnEmptyList() {
    Contracts.assertRefused("features: [] # <-\n", "there are no features", "list at least one");
  }

  @Test
  void refusesFeaturesThatAreNoList() {
    assertThat(Contracts.mistakes("schemaVersion: 1.0.0\nfeatures: 3\noutputs: {task: raw}\n"))
        .containsExactly(
            new Mistake(
                ContractFile.NAME,
                2,
                "expected a list",
                "write it as `[a, b]` or as lines that begin with `- `"));
  }

  @Test
  void refusesAFeatureThatIsOnlyAName() {
    assertThat(Contracts.mistakes("schemaVersion: 1.0.0\nfeatures: [a, b]\noutputs: {task: raw}\n"))
        .extracting(Mistake::cause)
        .containsExactly(
            "the key `name` is missing",
            "the key `type` is missing",
            "the key `name` is missing",
            "the key `type` is missing");
  }

  @Test
  void refusesANameThatBeginsWithADigit() {
    Contracts.assertRefused(
        """
        features:
          - {name: 2nd, type: number} # <-
        """,
        "`2nd` is no name for a feature",
        "use letters, digits, _, . and -, at most 128, not a digit first");
  }

  @Test
  void refusesAnUnknownTypeOnce() {
    Contracts.assertRefused(
        """
        features:
          - name: job
            type: text # <-
            maxLength: 3
        """,
        "`text` is no value of `type`",
        "use one of number, integer, boolean, category, string, date, datetime, tensor");
  }

  @Test
  void refusesAKeyOfAnotherType() {
    Contracts.assertRefused(
        """
        features:
          - name: age
            type: number
            maxLength: 3 # <-
        """,
        "the key `maxLength` is unknown here",
        "use one of [aliases, default, deprecated, description, example, exclusiveMaximum, exclusiveMinimum, maximum, minimum,"
            + " name, nullable, outOfRange, required, sensitive, type, unit]");
  }

  @Test
  void suggestsTheKeyThatWasMeant() {
    Contracts.assertRefused(
        """
        features:
          - name: age
            type: number
            minimun: 0 # <-
        """,
        "the key `minimun` is unknown here",
        "did you mean `minimum`?");
  }

  @Test
  void refusesAFlagThatIsNeitherTrueNorFalse() {
    Contracts.assertRefused(
        """
        features:
          - name: age
            type: number
            required: maybe # <-
        """,
        "`required` is neither true nor false",
        "write `true` or `false`");
  }

  @Test
  void refusesAPatternThatIsNoRegularExpression() {
    Contracts.assertRefused(
        """
        features:
          - name: job
            type: string
            pattern: '[a-z' # <-
        """,
        "this is no regular expression in RE2 syntax: missing closing ]",
        "correct it");
  }

  @Test
  void refusesLengthsThatNoTextHas() {
    Contracts.assertRefused(
        """
        features:
          - {name: job, type: string, minLength: 5, maxLength: 4} # <-
        """,
        "no text has a length between `minLength` and `maxLength`",
        "make 0 <= minLength <= maxLength");
  }

  @Test
  void refusesACategoryWithoutValues() {
    Contracts.assertRefused(
        """
        features:
          - {name: job, type: category} # <-
        """,
        "a category has no `values`",
        "list the allowed ones: `values: [a, b]`; for any text use `type: string`");
  }

  @Test
  void refusesAValueThatStandsTwice() {
    Contracts.assertRefused(
        """
        features:
          - name: job
            type: category
            values:
              - nurse
              - nurse # <-
        """,
        "the value `nurse` stands twice",
        "keep one of them");
  }

  @Test
  void refusesAListedIntegerThatIsNone() {
    Contracts.assertRefused(
        """
        features:
          - {name: stars, type: integer, values: [1, 2.5]} # <-
        """,
        "`2.5` is not a whole number",
        "write a whole number");
  }

  @Test
  void refusesATensorWithoutShape() {
    Contracts.assertRefused(
        """
        features:
          - {name: image, type: tensor} # <-
        """,
        "a tensor has no `shape`",
        "add for example `shape: [8, 8]`");
  }

  @Test
  void refusesATensorThatIsTooLarge() {
    Contracts.assertRefused(
        """
        features:
          - {name: image, type: tensor, shape: [100000, 100000]} # <-
        """,
        "a tensor can't have this size",
        "use sizes from 1, together at most 16777216");
  }

  @Test
  void refusesElementsThatAreNoNumbers() {
    Contracts.assertRefused(
        """
        features:
          - {name: image, type: tensor, shape: [2], elements: {type: string}} # <-
        """,
        "a tensor's elements are numbers or integers",
        "write `type: number` or `type: integer`");
  }
}
