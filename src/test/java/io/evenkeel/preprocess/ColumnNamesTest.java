package io.evenkeel.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.contract.Contracts;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnNamesTest {
  @Test
  void eachElementSaysWhatItHolds() {
    List<InputTensor> inputs = List.of(new InputTensor("X", ElementType.FLOAT, List.of(18)));
    Preprocessor preprocessor =
        Preprocessor.compile(
            Contracts.of(
                """
                features:
                  - {name: age, type: number, nullable: true, minimum: 0}
                  - {name: kind, type: category, values: [a, b], unknown: other}
                  - {name: job, type: string}
                  - {name: day, type: date}
                  - {name: pixels, type: tensor, shape: [2]}
                inputs:
                  - tensor: X
                    columns:
                      - {feature: age, transforms: [{impute: 1}, log1p]}
                      - {feature: age, transforms: [missingIndicator]}
                      - {feature: age, transforms: [{impute: 1}, {bucketize: {edges: [1, 2.5], output: oneHot}}]}
                      - {feature: age, transforms: [{impute: 1}, {bucketize: {edges: [1]}}]}
                      - {feature: kind, transforms: [{oneHot: {other: true}}]}
                      - {feature: kind, transforms: [ordinal]}
                      - {feature: job, transforms: [{hash: {buckets: 2}}]}
                      - {feature: job, transforms: [{hash: {buckets: 2, output: index}}]}
                      - {feature: day, transforms: [{dateParts: {parts: [year, monthSin]}}]}
                      - {feature: pixels}
                      - {feature: age, transforms: [{impute: 1}]}
                """),
            inputs);

    assertThat(preprocessor.columnNames(0))
        .extracting(ColumnName::name)
        .containsExactly(
            "age",
            "age=missing",
            "age<1.0",
            "age<2.5",
            "age>=2.5",
            "age.bucket",
            "kind=a",
            "kind=b",
            "kind=(other)",
            "kind.ordinal",
            "job#0",
            "job#1",
            "job#",
            "day.year",
            "day.monthSin",
            "pixels[0]",
            "pixels[1]",
            "age");
    assertThat(preprocessor.columnNames(0).getLast().feature().name()).isEqualTo("age");
  }
}
