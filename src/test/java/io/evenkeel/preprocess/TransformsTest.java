package io.evenkeel.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.Contracts;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each transform makes of a value, computed by hand. */
class TransformsTest {
  private static final String OPTIONAL = ", required: false, nullable: true";

  /** A feature's type, its transforms, a value (absent if empty), and the columns they make. */
  record Entry(String feature, String transforms, String value, List<Double> columns) {}

  static List<Entry> entries() {
    return """
    number   | [passthrough]                              | -2.5   | -2.5
    number   | []                                         | 7      | 7
    integer  | [passthrough]                              | 12.0   | 12
    boolean  | [passthrough]                              | true   | 1
    boolean  | [passthrough]                              | false  | 0
    date     | [passthrough]                              | "1970-01-03" | 2
    date     | [passthrough]                              | "1969-12-30" | -2
    datetime | [passthrough]                              | "1970-01-01T00:01:00.5Z" | 60.5
    number?  | [{impute: 3}]                              |        | 3
    number?  | [{impute: 3}]                              | null   | 3
    number?  | [{impute: 3}]                              | 4      | 4
    number?  | [{impute: nan}]                            |        | NaN
    boolean? | [{impute: true}]                           |        | 1
    boolean? | [{impute: false}]                          |        | 0
    date?    | [{impute: 1970-01-11}]                     |        | 10
    datetime? | [{impute: 1970-01-02}]                    |        | 86400
    number?  | [missingIndicator]                         |        | 1
    number?  | [missingIndicator]                         | null   | 1
    number?  | [missingIndicator]                         | 0      | 0
    number   | [{standardize: {mean: 3, scale: 4}}]       | 5      | 0.5
    number   | [{standardize: {mean: 3, scale: -4}}]      | 5      | -0.5
    number   | [{minMax: {min: 2, max: 10}}]              | 4      | 0.25
    number   | [{minMax: {min: 2, max: 10}}]              | 12     | 1.25
    number, minimum: 0 | [log1p]                          | 0      | 0
    number, minimum: 0 | [log1p]                          | 1.718281828459045 | 1
    number   | [{clip: {min: -1, max: 1}}]                | -3     | -1
    number   | [{clip: {min: -1, max: 1}}]                | 0.5    | 0.5
    number   | [{clip: {max: 1}}]                         | 3      | 1
    number   | [{clip: {min: 1}}]                         | -3     | 1
    number   | [{clip: {min: 0, max: 8}}, {standardize: {mean: 4, scale: 2}}, {minMax: {min: -2, max: 2}}] | 9 | 1
    number   | [{bucketize: {edges: [1, 3, 5]}}]          | 0.9    | 0
    number   | [{bucketize: {edges: [1, 3, 5]}}]          | 1      | 1
    number   | [{bucketize: {edges: [1, 3, 5]}}]          | 4      | 2
    number   | [{bucketize: {edges: [1, 3, 5]}}]          | 5      | 3
    number   | [{bucketize: {edges: [1, 3], output: oneHot}}] | 3  | 0 0 1
    number   | [{bucketize: {edges: [1, 3], output: oneHot}}] | -9 | 1 0 0
    number?  | [{impute: 2}, {bucketize: {edges: [1, 3], output: oneHot}}] | | 0 1 0
    number, minimum: 0 | [log1p, {bucketize: {edges: [0.5, 1]}}] | 1 | 1
    category, values: [a, b, c] | [oneHot]                | "b"    | 0 1 0
    category, values: [a, b, c] | [{oneHot: {values: [c, a]}}] | "a" | 0 1
    category, values: [a, b, c] | [{oneHot: {values: [c, a]}}] | "b" | 0 0
    category, values: [a, b, c] | [{oneHot: {values: [c, a], other: true}}] | "b" | 0 0 1
    category, values: [a, b], unknown: other | [oneHot]   | "z"    | 0 0
    category, values: [a, b], unknown: other | [{oneHot: {other: true}}] | "z" | 0 0 1
    category, values: [a, b], unknown: other | [{oneHot: {values: [a, z]}}] | "z" | 0 1
    category?, values: [a, b] | [{oneHot: {other: true}}] |        | 0 0 0
    category?, values: [a, b] | [{impute: b}, oneHot]     |        | 0 1
    category?, values: [a, b] | [{impute: none}, {oneHot: {other: true}}] | | 0 0 1
    string   | [{oneHot: {values: [x, y], other: true}}]  | "y"    | 0 1 0
    string   | [{oneHot: {values: [x, y], other: true}}]  | "q"    | 0 0 1
    boolean  | [oneHot]                                   | true   | 0 1
    boolean  | [{oneHot: {values: ['true', 'false']}}]    | true   | 1 0
    integer, values: [1, 2, 3] | [oneHot]                 | 2      | 0 1 0
    integer  | [{oneHot: {values: [10, 20], other: true}}] | 30    | 0 0 1
    number   | [{oneHot: {values: [0.5, 1]}}]             | 1.0    | 0 1
    category, values: [low, mid, high] | [ordinal]        | "high" | 2
    category, values: [low, mid], unknown: other | [ordinal] | "odd" | -1
    category, values: [low, mid], unknown: other | [{ordinal: {unknown: 9}}] | "odd" | 9
    category, values: [low, mid] | [{ordinal: {values: [mid, low]}}] | "low" | 1
    category?, values: [low, mid] | [{impute: mid}, ordinal] |     | 1
    boolean  | [ordinal]                                  | true   | 1
    string   | [{hash: {buckets: 16, output: index}}]     | "nurse" | 7
    string   | [{hash: {buckets: 16, seed: 7, output: index}}] | "nurse" | 8
    string   | [{hash: {buckets: 16, seed: 7, output: index}}] | ""  | 4
    string   | [{hash: {buckets: 4, seed: 7}}]            | "abcd" | 0 0 0 1
    string?  | [{impute: nurse}, {hash: {buckets: 16, output: index}}] | | 7
    category, values: [a, b] | [{hash: {buckets: 16, output: index}}] | "a" | 2
    tensor, shape: [3] | [passthrough]                    | [1, 2, 3] | 1 2 3
    tensor, shape: [3] | [{minMax: {min: 0, max: 2}}]     | [1, 2, 3] | 0.5 1 1.5
    tensor, shape: [3] | [{clip: {max: 2}}]               | [1, 2, 3] | 1 2 2
    tensor?, shape: [3] | [{impute: 4}, {minMax: {min: 0, max: 2}}] | | 2 2 2
    tensor?, shape: [3] | [missingIndicator]              |        | 1
    """
        .lines()
        .map(line -> line.split("\\|", -1))
        .map(cells -> entry(cells[0].strip(), cells[1].strip(), cells[2].strip(), cells[3]))
        .toList();
  }

  private static Entry entry(String type, String transforms, String value, String columns) {
    String feature = "type: " + type.replace("?", "") + (type.contains("?") ? OPTIONAL : "");
    return new Entry(
        feature, transforms, value, Arrays.stream(Tensors.numbers(columns)).boxed().toList());
  }

  @ParameterizedTest
  @MethodSource("entries")
  void makesTheseColumns(Entry entry) {
    double[] columns =
        Tensors.written(entry.feature, entry.transforms, entry.value, entry.columns.size());
    assertThat(columns).containsExactly(entry.columns.toArray(Double[]::new));
  }

  @Test
  void putsColumnsSideBySideInTheContractsOrder() {
    ContractFile file =
        Contracts.of(
            """
            features:
              - {name: a, type: number}
              - {name: b, type: number, required: false}
              - {name: c, type: category, values: [u, v]}
            inputs:
              - tensor: X
                columns:
                  - feature: c
                    transforms: [oneHot]
                  - features: [b, a]
                    transforms: [{impute: 5}, {standardize: {mean: 1, scale: 2}}]
                  - {feature: b, transforms: [missingIndicator]}
                  - feature: a
            """);
    double[] columns = Tensors.block(file, "{\"a\": 7, \"c\": \"v\"}", 6).doubles(0);
    assertThat(columns).containsExactly(0, 1, 2, 3, 1, 7);
  }

  @Test
  void takesFeaturesAsTheyAreWithoutInputs() {
    ContractFile file =
        Contracts.of(
            """
            features:
              - {name: a, type: number}
              - {name: t, type: tensor, shape: [1, 2]}
              - {name: b, type: boolean}
            """);
    double[] columns =
        Tensors.block(file, "{\"b\": true, \"t\": [[2, 3]], \"a\": 1}", 4).doubles(0);
    assertThat(columns).containsExactly(1, 2, 3, 1);
  }
}
