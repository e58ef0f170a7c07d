package io.evenkeel.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.contract.Mistake;
import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.Outputs;
import io.evenkeel.contract.Outputs.Activation;
import io.evenkeel.contract.Outputs.NonFinite;
import io.evenkeel.inference.OutputTensor.Kind;
import io.evenkeel.preprocess.TensorRows;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutputReaderTest {
  private static final List<OutputTensor> GRAPH =
      List.of(
          new OutputTensor("label", Kind.INT64, List.of()),
          new OutputTensor("probabilities", Kind.FLOAT, List.of(3)),
          new OutputTensor("score", Kind.FLOAT, List.of(1)));

  @Test
  void listsTheOutputsOfTheGraphWhenAnUnknownOneIsNamed() {
    assertThat(mistakes(classification("probs", Activation.NONE, 3, "labels")))
        .containsExactly(
            new Mistake(
                "contract.yaml",
                1,
                "outputs.probabilities names 'probs', which isn't an output of the graph",
                "use one of label, probabilities, score"),
            new Mistake(
                "contract.yaml",
                1,
                "outputs.label names 'labels', which isn't an output of the graph",
                "use one of label, probabilities, score"));
  }

  @Test
  void refusesAnotherNumberOfColumnsThanLabels() {
    assertThat(mistakes(classification("probabilities", Activation.NONE, 2, null)))
        .extracting(Mistake::cause, Mistake::mend)
        .containsExactly(
            tuple(
                "the output 'probabilities' has 3 columns for 2 labels",
                "list 3 labels, or name another output"));
  }

  @Test
  void refusesOutputsOfTheWrongKindOrShape() {
    assertThat(mistakes(classification("label", Activation.NONE, 3, "probabilities")))
        .extracting(Mistake::cause)
        .containsExactly(
            "outputs.probabilities names 'label', which holds INT64",
            "outputs.label names 'probabilities', which holds FLOAT");
    assertThat(mistakes(classification("score", Activation.SOFTMAX, 2, null))).hasSize(1);
    assertThat(mistakes(new Outputs.Regression("probabilities", NonFinite.NULL))).hasSize(1);
  }

  @Test
  void acceptsASingleScoreForTwoLabels() {
    assertThat(mistakes(classification("score", Activation.SIGMOID, 2, null))).isEmpty();
  }

  @Test
  void refusesARawOutputThatCannotBeRead() {
    List<OutputTensor> graph = List.of(new OutputTensor("bytes", Kind.OTHER, List.of(-1)));
    Mistakes mistakes = new Mistakes();
    assertThat(
            OutputReader.compile(
                new Outputs.Raw(NonFinite.NULL),
                graph,
                mistakes,
                new OutputReader.Section("contract.yaml", 1)))
        .isNull();
    assertThat(mistakes.all()).hasSize(1);
  }

  @Test
  void takesTheScoreForTheProbabilityOfTheSecondLabel() {
    try (ModelSession session = TestGraphs.open("tag")) {
      Runner runner =
          TestGraphs.runner(session, classification("value", Activation.SIGMOID, 2, null));
      TestGraphs.run(
          runner, TestGraphs.floats(session, new float[] {0, 0, 0, 0}, new float[] {800, 0, 0, 0}));
      assertThat(probabilities(runner, 0)).containsExactly(0.5, 0.5);
      assertThat(probabilities(runner, 1)).containsExactly(0, 1);
      assertThat(((Prediction.Classification) runner.prediction(1)).label()).isEqualTo("b");
    }
  }

  @Test
  void turnsLargeScoresIntoProbabilitiesWithoutOverflow() {
    try (ModelSession session = TestGraphs.open("types")) {
      Runner runner =
          TestGraphs.runner(session, classification("d_out", Activation.SOFTMAX, 2, null));
      TensorRows rows = new TensorRows(session.inputs(), 1);
      rows.doubles(1)[0] = 1000;
      rows.doubles(1)[1] = 1000 + Math.log(3);
      TestGraphs.run(runner, rows);
      assertThat(probabilities(runner, 0))
          .containsExactly(new double[] {0.25, 0.75}, within(1e-12));
    }
  }

  @Test
  void rejectsAnInfiniteScoreThatTheActivationWouldHide() {
    try (ModelSession session = TestGraphs.open("nan")) {
      Runner runner =
          TestGraphs.runner(session, classification("value", Activation.SIGMOID, 2, null));
      TestGraphs.run(runner, TestGraphs.floats(session, new float[] {0}));
      assertThatExceptionOfType(InferenceException.class).isThrownBy(() -> runner.prediction(0));
    }
  }

  @Test
  void tellsNoLabelWhereNoProbabilityIsANumber() {
    try (ModelSession session = TestGraphs.open("nan")) {
      Outputs outputs =
          new Outputs.Classification(
              "value", Activation.SIGMOID, List.of("a", "b"), null, NonFinite.NULL);
      Runner runner = TestGraphs.runner(session, outputs);
      TestGraphs.run(runner, TestGraphs.floats(session, new float[] {-1}));
      Prediction.Classification answer = (Prediction.Classification) runner.prediction(0);
      assertThat(answer.label()).isNull();
      assertThat(answer.confidence()).isNaN();
    }
  }

  @Test
  void failsTheRowWhoseLabelTheContractDoesNotList() {
    try (ModelSession session = TestGraphs.open("types")) {
      Runner runner =
          TestGraphs.runner(session, classification("f_out", Activation.NONE, 2, "s_out"));
      TensorRows rows = new TensorRows(session.inputs(), 2);
      rows.texts(5)[0] = "c";
      rows.texts(5)[1] = "b";
      TestGraphs.run(runner, rows);
      assertThatExceptionOfType(InferenceException.class)
          .isThrownBy(() -> runner.prediction(0))
          .withMessage("the output 's_out' isn't one of the contract's labels");
      assertThat(((Prediction.Classification) runner.prediction(1)).label()).isEqualTo("b");
    }
  }

  private static double[] probabilities(Runner runner, int slot) {
    return ((Prediction.Classification) runner.prediction(slot)).probabilities().toArray();
  }

  private static Outputs classification(
      String probabilities, Activation activation, int labels, @Nullable String label) {
    return TestGraphs.classification(
        probabilities, activation, List.of("a", "b", "c").subList(0, labels), label);
  }

  private static List<Mistake> mistakes(Outputs outputs) {
    Mistakes mistakes = new Mistakes();
    OutputReader reader =
        OutputReader.compile(
            outputs, GRAPH, mistakes, new OutputReader.Section("contract.yaml", 1));
    assertThat(reader == null).isEqualTo(!mistakes.isEmpty());
    return mistakes.all();
  }
}
