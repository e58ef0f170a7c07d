package io.evenkeel.preprocess;

import io.evenkeel.contract.Contracts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What transforms that don't fit each other, their feature or the tensor are told. */
class UnfitTransformsTest {
  private static final String UNSUITABLE = "see the table of transforms in docs/model-folder.md";

  private static void assertRefused(
      String feature, String transforms, ElementType target, String cause, String mend) {
    String sections = Tensors.sections("type: " + feature, transforms);
    Contracts.assertRefused(
        () -> Tensors.compile(Contracts.of(sections), target, 1), sections, cause, mend);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          number | [{clip: {min: 0}}, {impute: 0}] | `impute` doesn't come first | move it to the front
          number | [{impute: 0}, {impute: 1}] | `impute` doesn't come first | move it to the front
          number | [passthrough, {clip: {min: 0}}] | a transform follows one that makes columns | end with the one that makes columns
          number | [{bucketize: {edges: [1]}}, {clip: {min: 0}}] | a transform follows one that makes columns | end with the one that makes columns
          string | [{standardize: {mean: 1, scale: 2}}] | arithmetic needs a number | use oneHot, ordinal or hash for a text
          """)
  void keepsTheOrder(String feature, String transforms, String cause, String mend) {
    assertRefused(feature, transforms, ElementType.FLOAT, cause, mend);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          string              | [passthrough]                          | string
          number              | [{hash: {buckets: 3}}]                 | number
          string              | [{bucketize: {edges: [1]}}]            | string
          tensor, shape: [1]  | [{bucketize: {edges: [1]}}]            | tensor
          tensor, shape: [1]  | [{oneHot: {values: [1]}}]              | tensor
          date                | [{oneHot: {values: [2020-01-01]}}]     | date
          datetime            | [{ordinal: {values: [2020-01-01]}}]    | datetime
          number              | [{dateParts: {parts: [year]}}]         | number
          date                | [{clip: {min: 0}}, {dateParts: {parts: [year]}}] | date
          number              | [{clip: {min: 0}}, {oneHot: {values: [1]}}] | number
          number, nullable: true | [{impute: 0}, missingIndicator]     | number
          number, nullable: true | [{clip: {min: 0}}, missingIndicator] | number
          """)
  void suitTheFeature(String feature, String transforms, String type) {
    assertRefused(
        feature,
        transforms,
        ElementType.FLOAT,
        "these transforms don't suit a " + type,
        UNSUITABLE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          number, nullable: true   | []
          number, required: false  | [passthrough]
          number, required: false  | [{bucketize: {edges: [1]}}]
          string, nullable: true   | [{hash: {buckets: 1}}]
          category, required: false, values: [a] | [ordinal]
          date, required: false    | [{dateParts: {parts: [year]}}]
          tensor, shape: [1], required: false | []
          """)
  void saysWhatAMissingValueIs(String feature, String transforms) {
    assertRefused(
        feature,
        transforms,
        ElementType.FLOAT,
        "`x` can be missing",
        "begin with `impute`, for example `{impute: 0}`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          number                                  | [log1p]
          number, minimum: -1                     | [log1p]
          number, maximum: 5                      | [log1p]
          number, minimum: 0, outOfRange: warn    | [log1p]
          number, minimum: 0, nullable: true      | [{impute: -2}, log1p]
          number, minimum: 0                      | [{standardize: {mean: 5, scale: 1}}, log1p]
          number, minimum: 0                      | [{standardize: {mean: 0, scale: -1}}, log1p]
          number, minimum: 0, maximum: 5          | [{minMax: {min: 1, max: 0}}, log1p]
          number, minimum: 0, nullable: true      | [{impute: 9}, {standardize: {mean: 0, scale: -1}}, {clip: {max: 5}}, log1p]
          number                                  | [{clip: {max: 5}}, log1p]
          tensor, shape: [1]                      | [log1p]
          date                                    | [log1p]
          """)
  void keepsTheLogarithmDefined(String feature, String transforms) {
    assertRefused(
        feature,
        transforms,
        ElementType.FLOAT,
        "`log1p` could meet a value of -1 or below",
        "give the feature a `minimum`, or `clip` before it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          number, nullable: true | [{impute: nan}]                              | INT64
          number, nullable: true | [{impute: nan}]                              | BOOL
          number, nullable: true | [{impute: nan}, {bucketize: {edges: [1]}}]   | FLOAT
          date, nullable: true   | [{impute: nan}, {dateParts: {parts: [year]}}] | FLOAT
          """)
  void letsNoNanIntoWhatCannotHoldIt(String feature, String transforms, ElementType target) {
    assertRefused(
        feature,
        transforms,
        target,
        "`impute: nan` needs a tensor of floats, and no step after it but arithmetic",
        "impute a number, or use oneHot or missingIndicator without `impute`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          number                 | [passthrough]
          string                 | [{hash: {buckets: 1}}]
          category, values: [a]  | [oneHot]
          """)
  void putOnlyTextsIntoATensorOfStrings(String feature, String transforms) {
    assertRefused(
        feature,
        transforms,
        ElementType.STRING,
        "the tensor holds strings",
        "give it categories or strings, passed through");
  }
}
