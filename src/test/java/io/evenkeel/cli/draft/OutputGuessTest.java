package io.evenkeel.cli.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.cli.draft.OutputDraft.Task;
import io.evenkeel.inference.OutputTensor;
import io.evenkeel.inference.OutputTensor.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What outputs are taken for, by their names, types, sizes and values. */
class OutputGuessTest {
  private static final OutputTensor LABEL = output("label", Kind.INT64);
  private static final OutputTensor NAMED = output("label", Kind.STRING);
  private static final OutputTensor TWO = output("probabilities", Kind.FLOAT, 2);

  @Test
  void takesASingleNumberForARegression() {
    OutputDraft draft = guess(List.of(output("variable", Kind.FLOAT, 1)), List.of(), List.of());

    assertThat(draft.task()).isEqualTo(Task.REGRESSION);
    assertThat(draft.output()).isEqualTo("variable");
  }

  @Test
  void takesASingleNumberForAProbabilityWhereTheDataHaveTwoClasses() {
    OutputDraft draft =
        guess(
            List.of(output("dense", Kind.FLOAT, 1)),
            List.of(Map.of("dense", List.of(0.2f)), Map.of("dense", List.of(0.9f))),
            List.of("bad", "good"));

    assertThat(draft.task()).isEqualTo(Task.CLASSIFICATION);
    assertThat(draft.labels()).containsExactly("bad", "good");
    assertThat(draft.activation()).isEqualTo("none");
  }

  @Test
  void readsTheClassesOffTheLabels() {
    OutputDraft draft =
        guess(
            List.of(NAMED, TWO),
            List.of(
                Map.of("label", "cat", "probabilities", List.of(0.9f, 0.1f)),
                Map.of("label", "dog", "probabilities", List.of(0.3f, 0.7f))),
            List.of());

    assertThat(draft.labels()).containsExactly("cat", "dog");
    assertThat(draft.label()).isEqualTo("label");
    assertThat(draft.areLabelsKnown()).isTrue();
  }

  @Test
  void leavesAClassOpenThatNoRowShowed() {
    OutputDraft draft =
        guess(
            List.of(NAMED, TWO),
            List.of(Map.of("label", "cat", "probabilities", List.of(0.9f, 0.1f))),
            List.of());

    assertThat(draft.labels()).containsExactly("cat", "");
    assertThat(draft.areLabelsKnown()).isFalse();
  }

  @Test
  void takesNumbersThatAreNoPositionsForNames() {
    OutputDraft draft =
        guess(
            List.of(LABEL, TWO),
            List.of(
                Map.of("label", 1L, "probabilities", List.of(0.9f, 0.1f)),
                Map.of("label", 2L, "probabilities", List.of(0.3f, 0.7f))),
            List.of());

    assertThat(draft.labels()).containsExactly("1", "2");
    assertThat(draft.label()).isNull();
  }

  @Test
  void takesNoNamesFromLabelsThatFollowAnotherRule() {
    OutputDraft draft =
        guess(
            List.of(NAMED, TWO),
            List.of(
                Map.of("label", "cat", "probabilities", List.of(0.9f, 0.1f)),
                Map.of("label", "dog", "probabilities", List.of(0.6f, 0.4f))),
            List.of());

    assertThat(draft.labels()).containsExactly("", "");
  }

  @Test
  void takesScoresBeyondOneForLogits() {
    OutputDraft draft =
        guess(
            List.of(output("logits", Kind.FLOAT, 3)),
            List.of(Map.of("logits", List.of(4f, -1f, 0f))),
            List.of("a", "b", "c"));

    assertThat(draft.activation()).isEqualTo("softmax");
    assertThat(draft.doubts()).hasSize(1);
    assertThat(draft.lines()).anyMatch(line -> line.startsWith("  # Look: "));
  }

  @Test
  void readsTheClassesOffMaps() {
    OutputDraft draft =
        guess(
            List.of(NAMED, new OutputTensor("scores", Kind.MAPS, List.of(-1))),
            List.of(Map.of("label", "b", "scores", Map.of("b", 1f))),
            List.of());

    assertThat(draft.labels()).containsExactly("b");
    assertThat(draft.output()).isEqualTo("scores");
  }

  @Test
  void answersWithAllOutputsWhereTheirMeaningCannotBeTold() {
    OutputDraft draft =
        guess(
            List.of(output("boxes", Kind.FLOAT, 4), output("count", Kind.FLOAT, 1)),
            List.of(),
            List.of());

    assertThat(draft.task()).isEqualTo(Task.RAW);
    assertThat(draft.lines()).last().isEqualTo("  task: raw");
  }

  private static OutputDraft guess(
      List<OutputTensor> outputs, List<Map<String, Object>> answers, List<String> classes) {
    return new OutputGuess(outputs, answers, classes).guess();
  }

  private static OutputTensor output(String name, Kind kind, Integer... shape) {
    return new OutputTensor(name, kind, List.of(shape));
  }
}
