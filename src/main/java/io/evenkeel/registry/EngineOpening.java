package io.evenkeel.registry;

import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.YamlNode;
import io.evenkeel.inference.ModelSession;
import io.evenkeel.inference.OutputReader;
import io.evenkeel.inference.SessionSettings;
import io.evenkeel.preprocess.Preprocessor;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Makes an engine of a model's folder, and finds what in it doesn't fit together. Thread-safe. */
final class EngineOpening {
  private final JsonMapper json;

  EngineOpening(JsonMapper json) {
    this.json = json;
  }

  /**
   * Opens the folder's graph. Whoever gets the engine closes it.
   *
   * @throws io.evenkeel.contract.UnusableModelException for what is wrong with the folder
   */
  Engine open(ModelFolder folder, SessionSettings settings) {
    Manifest.verify(folder);
    Card.check(folder);
    return openUnproved(folder, settings);
  }

  /** The same, without a look at the digests and the card. */
  Engine openUnproved(ModelFolder folder, SessionSettings settings) {
    byte[] source = folder.read(ContractFile.NAME);
    ContractFile file = ContractFile.read(source);
    file.checkAsOf(folder.version());
    ModelSession session = ModelSession.open(folder.require(ModelFolder.GRAPH), settings);
    try {
      Preprocessor preprocessor = Preprocessor.compile(file, session.inputs());
      RuleSwitch rules =
          new RuleSwitch(source, file.contract(), session.inputs(), json.tokenStreamFactory());
      OutputReader outputs = outputs(file, session);
      List<RunnerExecutor> executors =
          Stream.generate(() -> new RunnerExecutor(session.newRunner(outputs)))
              .limit(settings.slots())
              .toList();
      return new Engine(file.contract(), rules, preprocessor, session, executors);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static OutputReader outputs(ContractFile file, ModelSession session) {
    Mistakes mistakes = new Mistakes();
    YamlNode declared = file.document().find("outputs");
    OutputReader.Section section =
        new OutputReader.Section(ContractFile.NAME, declared == null ? 0 : declared.line());
    OutputReader outputs =
        OutputReader.compile(file.contract().outputs(), session.outputs(), mistakes, section);
    mistakes.throwIfAny();
    return Objects.requireNonNull(outputs, "without a mistake there is a reader");
  }
}
