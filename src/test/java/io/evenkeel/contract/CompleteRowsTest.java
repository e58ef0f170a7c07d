package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A complete row has a value of its own for each feature. */
class CompleteRowsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 128, 130})
  void isCompleteOnlyIfTheLastFeatureIsThereToo(int features) {
    Contract contract =
        Contracts.of(
                "features:\n"
                    + IntStream.range(0, features)
                        .mapToObj(i -> "  - {name: f" + i + ", type: number, required: false}\n")
                        .collect(Collectors.joining()))
            .contract();
    assertThat(Rows.read(contract, instance(features)).isComplete()).isTrue();
    assertThat(Rows.read(contract, instance(features - 1)).isComplete()).isFalse();
  }

  private static String instance(int features) {
    return IntStream.range(0, features)
        .mapToObj(i -> "\"f" + i + "\": 1")
        .collect(Collectors.joining(", ", "{", "}"));
  }

  @Test
  void aNullOrADefaultIsNoValueOfItsOwn() {
    Contract contract =
        Contracts.of(
                """
                features:
                  - {name: a, type: number, nullable: true}
                  - {name: b, type: number, default: 3}
                """)
            .contract();
    assertThat(Rows.read(contract, "{\"a\": 1, \"b\": 3}").isComplete()).isTrue();
    assertThat(Rows.read(contract, "{\"a\": null, \"b\": 3}").isComplete()).isFalse();
    assertThat(Rows.read(contract, "{\"a\": 1}").isComplete()).isFalse();
  }
}
