package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names for generated code. */
class UniqueNamesTest {
  private static final List<String> ENDINGS = List.of("Request", "Answer");

  @ParameterizedTest
  @CsvSource({
    "loan-default, LoanDefault",
    "digits, Digits",
    "a--b-, AB",
    "3d-net, Model3dNet",
    "v2-1, V21"
  })
  void areMadeOfModels(String model, String name) {
    assertThat(UniqueNames.ofModel(model)).isEqualTo(name);
  }

  @Test
  void differInMoreThanCase() {
    UniqueNames names = new UniqueNames();
    assertThat(names.take(UniqueNames.ofModel("a-b"), ENDINGS)).isEqualTo("AB");
    assertThat(names.take(UniqueNames.ofModel("ab"), ENDINGS)).isEqualTo("Ab_2");
    assertThat(names.take(UniqueNames.ofModel("a--b"), ENDINGS)).isEqualTo("AB_3");
  }

  @Test
  void differFromWhatIsThereAlready() {
    UniqueNames names = new UniqueNames();
    names.take("BatchRequest");
    assertThat(names.take("Batch", ENDINGS)).isEqualTo("Batch_2");
  }
}
