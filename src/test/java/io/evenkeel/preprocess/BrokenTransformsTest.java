package io.evenkeel.preprocess;

import io.evenkeel.contract.Contracts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What transforms that are wrong in themselves are told. */
class BrokenTransformsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          number  | [scale]                           | `scale` is no transform | use one of [bucketize, clip, dateParts, hash, impute, log1p, minMax, missingIndicator, oneHot, ordinal, passthrough, standardize]
          number  | [standardize]                     | `standardize` lacks its settings | see docs/model-folder.md for what `standardize` takes
          number  | [{log1p: 3}]                      | `log1p` takes no settings | write just `log1p`
          number  | [{clip: {min: 0}, log1p: 1}]      | a transform is one name with its settings | write it like `standardize: {mean: 1, scale: 2}`
          number  | [{standardize: {mean: 1}}]        | the key `scale` is missing | add `scale: <number>`
          number  | [{standardize: {mean: 1, scale: 0}}] | `scale` is 0 | divide by the standard deviation, or leave a constant feature out
          number  | [{standardize: {mean: 1, std: 2, scale: 2}}] | the key `std` is unknown here | use one of [mean, scale]
          number  | [{standardize: {mean: x, scale: 2}}] | `x` is not a finite number | write a finite number
          number  | [{minMax: {min: 1, max: 1}}]      | `min` and `max` are equal | give the ends of the training data's range
          number  | [{clip: {}}]                      | this clips nothing sensibly | give `min`, `max` or both, the smaller one as `min`
          number  | [{clip: {min: 2, max: 1}}]        | this clips nothing sensibly | give `min`, `max` or both, the smaller one as `min`
          number  | [{bucketize: {edges: []}}]        | there are no `edges` | list at least one
          number  | [{bucketize: {edges: [1, 3, 3]}}] | the edges don't ascend | sort them, each once
          number  | [{bucketize: {edges: [1], output: hot}}] | `hot` is no value of `output` | use one of index, oneHot
          string  | [{hash: {seed: 1}}]               | `buckets` is missing or below 1 | say how many buckets training used
          string  | [{oneHot: {values: [a, a]}}]      | the value `a` stands twice | keep one of them
          string  | [{oneHot: {values: []}}]          | there are no `values` | list at least one
          string  | [oneHot]                          | `x` has no values of its own | list `values` here
          string  | [{oneHot: {values: [a], other: yes}}]       | `other` is neither true nor false | write `true` or `false`
          integer | [{oneHot: {values: [1, two]}}]    | `two` is not a finite number | write a finite number
          integer | [{ordinal: {values: [1, 1.0]}}]   | the value `1.0` stands twice | keep one of them
          boolean | [{ordinal: {values: [yes, true]}}] | `yes` is neither true nor false | write `true` or `false`
          date    | [{dateParts: {parts: [hour]}}]    | a date has no hour | use a datetime, or another part
          date    | [{dateParts: {parts: [hourSin]}}] | a date has no hour | use a datetime, or another part
          date    | [{dateParts: {parts: [week]}}]    | `week` is no part of a date | see the list of parts in docs/model-folder.md
          date    | [{dateParts: {parts: []}}]        | there are no `parts` | list at least one, for example `parts: [year]`
          date    | [{dateParts: {parts: [daysSince]}}] | `daysSince` needs a `reference` | add for example `reference: 2020-01-01`
          date    | [{dateParts: {parts: [year], reference: 1.1.2020}}] | `1.1.2020` is no date | write it like 2020-01-01
          date    | [{impute: 0}, passthrough]        | `0` is no date | write it like 2020-01-01
          boolean | [{impute: 1}, passthrough]        | `1` is neither true nor false | impute `true` or `false`
          number  | [{impute: none}, passthrough]     | `none` is not a finite number | write a finite number
          """)
  void saysWhatIsWrong(String type, String transforms, String cause, String mend) {
    String sections = Tensors.sections("type: " + type, transforms);
    Contracts.assertRefused(
        () -> Tensors.compile(Contracts.of(sections), ElementType.FLOAT, 1), sections, cause, mend);
  }
}
