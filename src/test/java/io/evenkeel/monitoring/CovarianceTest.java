package io.evenkeel.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.UnusableModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CovarianceTest {
  private static final String SECTION =
      """
      {"rows": 9, "features": ["a", "b", "c"], "mean": [1, 2, 3], "std": [1, 1, 2],
       "shrinkage": 0.1, "correlation": [[0.5], [0.1, -0.2]],
       "shares": [0, 0.5, 1], "distances": [0.1, 2, 30]}\
      """;

  private static Reference read(String section) {
    String document =
        "{\"schemaVersion\": 1, \"rows\": 10, \"features\": {}, \"covariance\": " + section + "}";
    return Reference.read(document.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void isReadAsTheFileHasIt() {
    Covariance covariance = Objects.requireNonNull(read(SECTION).covariance());

    assertThat(covariance.features()).containsExactly("a", "b", "c");
    assertThat(covariance.rows()).isEqualTo(9);
    double[][] factor = covariance.factor();
    // By hand: L21 = 0.5, L22 = sqrt(0.75), L31 = 0.1, L32 = (-0.2 - 0.05) / L22.
    assertThat(factor[1]).containsExactly(new double[] {0.5, Math.sqrt(0.75)}, within(1e-15));
    assertThat(factor[2][1]).isCloseTo(-0.25 / Math.sqrt(0.75), within(1e-15));
  }

  @Test
  void needNotBeThere() {
    Reference reference =
        Reference.read(
            "{\"schemaVersion\": 1, \"rows\": 10, \"features\": {}}"
                .getBytes(StandardCharsets.UTF_8));

    assertThat(reference.covariance()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"c\"]|\"b\"]|`covariance/features` has something that is no name, or a name twice",
        "[1, 2, 3]|[1, 2]|`covariance/mean` isn't as long as features",
        "[1, 1, 2]|[1, 0, 2]|`covariance/std` has one that isn't above 0",
        "[[0.5], [|[[0.5, 0.5], [|`covariance/correlation/0` isn't a number from -1 to 1",
        "[[0.5], [|[[1.5], [|`covariance/correlation/0` isn't a number from -1 to 1",
        "[[0.5], [|[[|`covariance/correlation` isn't an array for each feature but the first",
        "[[0.5], [0.1, -0.2]]|[[0.9], [0.9, -0.9]]|`covariance/correlation` can't be",
        "0.1, -0.2|0.1, null|`covariance/correlation/1/1` is no number",
        "[0, 0.5, 1]|[0, 0.5, 0.5]|`covariance/shares` aren't two or more that ascend",
        "[0, 0.5, 1]|[0, 1]|`covariance/distances` aren't as many as shares",
        "[0.1, 2, 30]|[0.1, 200, 30]|`covariance/distances` are negative or don't ascend",
        "\"rows\"|\"lines\"|`covariance/lines` is no key that is known",
      })
  void saysWhatIsWrong(String right, String wrong, String cause) {
    assertThat(SECTION).contains(right);

    assertThatThrownBy(() -> read(SECTION.replace(right, wrong)))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining(cause);
  }

  @Test
  void refusesMoreFeaturesThanARequestHasTimeFor() {
    String names =
        String.join(", ", IntStream.range(0, 129).mapToObj(i -> "\"f" + i + "\"").toList());

    assertThatThrownBy(() -> read(SECTION.replace("\"a\", \"b\", \"c\"", names)))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("`covariance/features` has 129 names, not 2 to 128")
        .hasMessageContaining("keep the most important ones");
  }

  @Test
  void namesOnlyNumbersOfTheContract() throws IOException {
    Path folder = Path.of("models", "loan-default", "1");
    Contract contract =
        ContractFile.read(Files.readAllBytes(folder.resolve("contract.yaml"))).contract();
    String file = Files.readString(folder.resolve("reference.json"));
    Reference odd =
        Reference.read(
            file.replace("\"features\": [\"amount\",", "\"features\": [\"purpose\",")
                .getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> odd.checkAgainst(contract))
        .hasMessageContaining("`covariance` names `purpose`, which is no number");
  }
}
