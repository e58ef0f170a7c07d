package io.evenkeel.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.Outputs;
import io.evenkeel.contract.Outputs.Activation;
import io.evenkeel.contract.Outputs.NonFinite;
import io.evenkeel.preprocess.TensorRows;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opens the graphs the tests use, and makes what it takes to run them. */
final class TestGraphs {
  static final SessionSettings SETTINGS = new SessionSettings(1, 2, List.of(1, 2, 4, 8, 16, 32));

  private TestGraphs() {}

  /** One of the special graphs of {@code src/test/resources/graphs}. */
  static ModelSession open(String graph) {
    return ModelSession.open(Path.of("src/test/resources/graphs", graph + ".onnx"), SETTINGS);
  }

  /** A bundled model, such as {@code digits/1}. */
  static ModelSession openModel(String version) {
    return ModelSession.open(Path.of("models", version, "model.onnx"), SETTINGS);
  }

  static Outputs regression() {
    return new Outputs.Regression("value", NonFinite.REJECT);
  }

  static Outputs classification(
      String probabilities, Activation activation, List<String> labels, @Nullable String label) {
    return new Outputs.Classification(probabilities, activation, labels, label, NonFinite.REJECT);
  }

  static Runner runner(ModelSession session, Outputs outputs) {
    Mistakes mistakes = new Mistakes();
    OutputReader reader =
        OutputReader.compile(
            outputs, session.outputs(), mistakes, new OutputReader.Section("contract.yaml", 1));
    assertThat(mistakes.all()).isEmpty();
    return session.newRunner(Objects.requireNonNull(reader));
  }

  /** Rows for a graph whose only input is of floats. */
  static TensorRows floats(ModelSession session, float[]... rows) {
    TensorRows block = new TensorRows(session.inputs(), rows.length);
    int elements = session.inputs().getFirst().elements();
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, block.floats(0), row * elements, elements);
    }
    return block;
  }

  /** Runs all rows of a block together. */
  static void run(Runner runner, TensorRows rows) {
    for (int row = 0; row < rows.rows(); row++) {
      runner.put(row, rows, row);
    }
    runner.run(rows.rows());
  }

  static double value(Runner runner, int slot) {
    return ((Prediction.Regression) runner.prediction(slot)).value();
  }
}
