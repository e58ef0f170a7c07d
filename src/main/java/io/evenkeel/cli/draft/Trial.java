package io.evenkeel.cli.draft;

import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.Outputs;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.RowReader;
import io.evenkeel.contract.Violation;
import io.evenkeel.inference.InferenceException;
import io.evenkeel.inference.ModelSession;
import io.evenkeel.inference.OutputReader;
import io.evenkeel.inference.Prediction;
import io.evenkeel.inference.Runner;
import io.evenkeel.preprocess.Preprocessor;
import io.evenkeel.preprocess.TensorRows;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/** Sends rows through a drafted contract and the graph. For one thread; closes no session. */
final class Trial implements AutoCloseable {
  private final JsonMapper json = JsonMapper.shared();
  private final RowReader reader;
  private final Preprocessor preprocessor;
  private final Runner runner;
  private @Nullable String lastFailure;

  /**
   * @param contract the contract's text
   * @param outputs what the outputs are taken for, whatever the contract says
   * @throws io.evenkeel.contract.UnusableModelException if they don't fit the graph
   */
  Trial(String contract, @Nullable Outputs outputs, ModelSession session) {
    ContractFile file = ContractFile.read(contract.getBytes(StandardCharsets.UTF_8));
    this.reader = new RowReader(file.contract(), json.tokenStreamFactory());
    this.preprocessor = Preprocessor.compile(file, session.inputs());
    Mistakes mistakes = new Mistakes();
    OutputReader found =
        OutputReader.compile(
            outputs == null ? file.contract().outputs() : outputs,
            session.outputs(),
            mistakes,
            new OutputReader.Section(ContractFile.NAME, 0));
    mistakes.throwIfAny();
    this.runner = session.newRunner(Objects.requireNonNull(found));
  }

  /** The graph's answer; null if the row breaks the contract or the graph fails on it. */
  @Nullable Prediction tryRun(Map<String, @Nullable Object> instance) {
    try (JsonParser parser = json.createParser(json.writeValueAsBytes(instance))) {
      parser.nextToken();
      Row row = reader.read(parser);
      if (!row.isValid()) {
        Violation first = row.violations().getFirst();
        lastFailure = "it breaks the contract at " + first.pointer() + " (" + first.rule() + ")";
        return null;
      }
      TensorRows block = preprocessor.newBlock(1);
      preprocessor.write(row, block, 0);
      runner.put(0, block, 0);
      runner.run(1);
      return runner.prediction(0);
    } catch (InferenceException e) {
      lastFailure = e.getMessage();
      return null;
    }
  }

  /** Why the last row that wasn't answered wasn't; null if all were. */
  @Nullable String lastFailure() {
    return lastFailure;
  }

  @Override
  public void close() {
    runner.close();
  }
}
