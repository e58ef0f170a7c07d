package io.evenkeel.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.evenkeel.contract.Contracts;
import io.evenkeel.contract.Mistake;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an {@code inputs} section that doesn't fit the contract or the graph is told. */
class BrokenInputsTest {
  private static final String FEATURES =
      """
      features:
        - {name: a, type: number}
        - {name: b, type: number}
      """;
  private static final List<InputTensor> GRAPH =
      List.of(
          new InputTensor("X", ElementType.FLOAT, List.of(2)),
          new InputTensor("Y", ElementType.FLOAT, List.of()));

  private static void assertRefused(String inputs, String cause, String mend) {
    String sections = FEATURES + inputs;
    Contracts.assertRefused(
        () -> Preprocessor.compile(Contracts.of(sections), GRAPH), sections, cause, mend);
  }

  @Test
  void refusesAnInputThatTheGraphLacks() {
    assertRefused(
        """
        inputs:
          - {tensor: X, columns: [{features: [a, b]}]}
          - {tensor: Y, columns: [{feature: a}]}
          - {tensor: Z, columns: [{feature: a}]} # <-
        """,
        "the graph has no input `Z`",
        "use one of [X, Y]");
  }

  @Test
  void refusesAnInputThatNothingFills() {
    assertRefused(
        """
        inputs:
          - {tensor: X, columns: [{features: [a, b]}]} # <-
        """,
        "nothing fills the graph's input `Y`",
        "add `- tensor: Y` with its columns");
  }

  @Test
  void refusesAnInputThatIsFilledTwice() {
    assertRefused(
        """
        inputs:
          - {tensor: X, columns: [{features: [a, b]}]}
          - {tensor: Y, columns: [{feature: a}]}
          - {tensor: X, columns: [{features: [a, b]}]} # <-
        """,
        "the input `X` is filled twice",
        "put all its columns into one entry");
  }

  @Test
  void refusesAnotherWidth() {
    assertRefused(
        """
        inputs:
          - {tensor: Y, columns: [{feature: a}]}
          - {tensor: X, columns: [{features: [a, b, a]}]} # <-
        """,
        "the contract gives 3 columns, and the graph's input `X` has 2",
        "list each column of the training data once, in its order");
  }

  @Test
  void refusesAWidthBeyondAnyTensor() {
    String sections =
        """
        features:
          - {name: a, type: string}
        inputs:
          - tensor: Y # <-
            columns:
              - {feature: a, transforms: [{hash: {buckets: 2147483647}}]}
              - {feature: a, transforms: [{hash: {buckets: 2147483647}}]}
        """;
    Contracts.assertRefused(
        () -> Preprocessor.compile(Contracts.of(sections), GRAPH.subList(1, 2)),
        sections,
        "the contract gives 4294967294 columns, and the graph's input `Y` has 1",
        "list each column of the training data once, in its order");
  }

  @Test
  void refusesAFeatureThatIsNotThere() {
    assertRefused(
        """
        inputs:
          - {tensor: X, columns: [{features: [a, b]}]}
          - {tensor: Y, columns: [{feature: c}]} # <-
        """,
        "there is no feature `c`",
        "use a feature of this contract");
  }

  @Test
  void refusesColumnsWithoutFeature() {
    assertRefused(
        """
        inputs:
          - {tensor: X, columns: [{features: [a, b]}]}
          - {tensor: Y, columns: [{transforms: [log1p]}]} # <-
        """,
        "no feature is named",
        "add `feature: <name>` or `features: [..]`");
  }

  @Test
  void refusesAnEntryWithoutTensor() {
    assertRefused(
        """
        inputs:
          - {tensor: X, columns: [{features: [a, b]}]}
          - {tensor: Y, columns: [{feature: a}]}
          - {columns: [{feature: a}]} # <-
        """,
        "the key `tensor` is missing",
        "name the graph's input that is filled, one of [X, Y]");
  }

  @Test
  void refusesAnUnknownKey() {
    assertRefused(
        """
        inputs:
          - {tensor: X, columns: [{features: [a, b]}]}
          - {tensor: Y, columns: [{feature: a, transform: [log1p]}]} # <-
        """,
        "the key `transform` is unknown here",
        "did you mean `transforms`?");
  }

  @Test
  void refusesToGuessWhichInputIsMeant() {
    assertRefusedAsAWhole(
        GRAPH, "the graph has the inputs [X, Y] and the contract doesn't say what fills them");
  }

  @Test
  void refusesAnotherWidthWithoutInputs() {
    assertRefusedAsAWhole(
        GRAPH.subList(1, 2), "the contract gives 2 columns, and the graph's input `Y` has 1");
  }

  private static void assertRefusedAsAWhole(List<InputTensor> graph, String cause) {
    assertThat(Contracts.mistakes(() -> Preprocessor.compile(Contracts.of(FEATURES), graph)))
        .extracting(Mistake::line, Mistake::cause)
        .containsExactly(tuple(1, cause));
  }
}
