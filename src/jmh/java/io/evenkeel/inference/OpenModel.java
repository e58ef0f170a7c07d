package io.evenkeel.inference;

import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.Mistakes;
import io.evenkeel.preprocess.Preprocessor;
import io.evenkeel.preprocess.TensorRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The default model without a lane around it, as the server opens it. For one thread. */
@State(Scope.Benchmark)
public class OpenModel {
  private static final Path FOLDER = Path.of("models/breast-cancer/1");
  private static final ContractFile CONTRACT = ContractFile.read(file("contract.yaml"));

  private final ModelSession session =
      ModelSession.open(
          FOLDER.resolve("model.onnx"),
          SessionSettings.choose(file("model.onnx").length, 1).withLoneRows());
  private final Runner runner = session.newRunner(outputs());
  private final TensorRows row = Preprocessor.compile(CONTRACT, session.inputs()).newBlock(1);

  private static byte[] file(String name) {
    try {
      return Files.readAllBytes(FOLDER.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private OutputReader outputs() {
    Mistakes mistakes = new Mistakes();
    OutputReader outputs =
        OutputReader.compile(
            CONTRACT.contract().outputs(),
            session.outputs(),
            mistakes,
            new OutputReader.Section(ContractFile.NAME, 0));
    mistakes.throwIfAny();
    return Objects.requireNonNull(outputs, "there was no mistake");
  }

  final Prediction run() {
    runner.put(0, row, 0);
    runner.run(1);
    return runner.prediction(0);
  }

  @TearDown
  public final void close() {
    session.close();
  }
}
