package io.evenkeel.contract;

import org.junit.jupiter.api.Test;

/** What mistakes in a contract's outputs are told. */
class BrokenOutputsTest {
  private static void assertRefused(String outputs, String cause, String mend) {
    String head = "schemaVersion: 1.0.0\nfeatures:\n  - {name: age, type: number}\n";
    Contracts.assertDocumentRefused(head + outputs, cause, mend);
  }

  @Test
  void refusesAnUnknownTask() {
    assertRefused(
        "outputs: {task: ranking} # <-\n",
        "`ranking` is no value of `task`",
        "use one of classification, regression, raw");
  }

  @Test
  void refusesOutputsWithoutTask() {
    assertRefused(
        "outputs: {value: y} # <-\n",
        "the key `task` is missing",
        "add `task: classification`, `regression` or `raw`");
  }

  @Test
  void refusesARegressionWithoutValue() {
    assertRefused(
        "outputs: {task: regression} # <-\n",
        "the key `value` is missing",
        "name the graph's output with the value");
  }

  @Test
  void refusesAClassificationWithoutProbabilities() {
    assertRefused(
        "outputs: {task: classification, labels: [a, b]} # <-\n",
        "the key `probabilities` is missing",
        "name the graph's output with a probability for each class");
  }

  @Test
  void refusesAClassificationWithOneLabel() {
    assertRefused(
        "outputs: {task: classification, probabilities: p, labels: [a]} # <-\n",
        "a classification needs at least two `labels`",
        "list the classes in the order of the columns");
  }

  @Test
  void refusesALabelThatStandsTwice() {
    assertRefused(
        "outputs: {task: classification, probabilities: p, labels: [a, b, a]} # <-\n",
        "the label `a` stands twice",
        "give each class its own name");
  }

  @Test
  void refusesAKeyOfAnotherTask() {
    assertRefused(
        """
        outputs:
          task: regression
          value: y
          activation: softmax # <-
        """,
        "the key `activation` is unknown here",
        "use one of [nonFinite, task, value]");
  }

  @Test
  void refusesAnUnknownActivation() {
    assertRefused(
        """
        outputs:
          task: classification
          probabilities: p
          labels: [a, b]
          activation: relu # <-
        """,
        "`relu` is no value of `activation`",
        "use one of none, softmax, sigmoid");
  }
}
