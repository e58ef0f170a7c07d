package io.evenkeel.registry;

import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.contract.YamlNode;
import io.evenkeel.inference.ModelSession;
import io.evenkeel.inference.OutputReader;
import io.evenkeel.inference.SessionSettings;
import io.evenkeel.preprocess.Preprocessor;
import io.evenkeel.registry.artifact.ArtifactPolicy;
import io.evenkeel.registry.artifact.Artifacts;
import io.evenkeel.registry.artifact.VersionFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
   * @param libraries bring operators; they can be trusted, and so can the graph
   * @throws UnusableModelException for what is wrong with the folder
   */
  Engine open(ModelFolder folder, SessionSettings settings, List<Path> libraries) {
    byte[] source = folder.read(ContractFile.NAME);
    ContractFile file = contract(folder, source);
    Path graph = folder.require(ModelFolder.GRAPH);
    return engine(source, file, ModelSession.open(graph, settings, libraries), settings);
  }

  /** The same for a folder whose files may be any, but whose graph is inspected first. */
  Engine openInspected(ModelFolder folder, ArtifactPolicy policy, SessionSettings settings) {
    byte[] source = folder.read(ContractFile.NAME);
    ContractFile file = contract(folder, source);
    VersionFiles files = VersionFiles.list(folder.path(), policy);
    return engine(source, file, graph(folder, files, policy, settings), settings);
  }

  private Engine engine(
      byte[] source, ContractFile file, ModelSession session, SessionSettings settings) {
    try {
      return fit(source, file, session, settings);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** The folder's contract, held against itself. */
  static ContractFile contract(ModelFolder folder, byte[] source) {
    ContractFile file = ContractFile.read(source);
    file.checkAsOf(folder.version());
    return file;
  }

  /**
   * The folder's graph, once it was inspected. Whoever gets the session closes it.
   *
   * @param files of the folder
   */
  static ModelSession graph(
      ModelFolder folder, VersionFiles files, ArtifactPolicy policy, SessionSettings settings) {
    Path graph = folder.require(ModelFolder.GRAPH);
    Artifacts.inspect(graph, files, policy);
    List<Path> libraries = files.libraries().stream().map(folder.path()::resolve).toList();
    return ModelSession.open(graph, settings, libraries);
  }

  /**
   * Holds contract and graph against each other. The engine owns the session from then on.
   *
   * @param source the contract's file
   * @param file the same, read
   * @throws UnusableModelException with every misfit of inputs and outputs; the session stays open
   */
  Engine fit(byte[] source, ContractFile file, ModelSession session, SessionSettings settings) {
    Preprocessor preprocessor = null;
    UnusableModelException misfits = null;
    try {
      preprocessor = Preprocessor.compile(file, session.inputs());
    } catch (UnusableModelException e) {
      misfits = e;
    }
    OutputReader outputs = outputs(file, session, misfits);
    RuleSwitch rules =
        new RuleSwitch(source, file.contract(), session.inputs(), json.tokenStreamFactory());
    List<RunnerExecutor> executors =
        Stream.generate(() -> new RunnerExecutor(session.newRunner(outputs)))
            .limit(settings.slots())
            .toList();
    return new Engine(
        file.contract(),
        rules,
        Objects.requireNonNull(preprocessor, "without a misfit there is a preprocessor"),
        session,
        executors);
  }

  /**
   * @param inputs what is wrong with the inputs, to be told beside what is wrong with the outputs
   */
  private static OutputReader outputs(
      ContractFile file, ModelSession session, @Nullable UnusableModelException inputs) {
    Mistakes mistakes = new Mistakes();
    if (inputs != null) {
      inputs
          .mistakes()
          .forEach(found -> mistakes.add(found.file(), found.line(), found.cause(), found.mend()));
    }
    YamlNode declared = file.document().find("outputs");
    OutputReader.Section section =
        new OutputReader.Section(ContractFile.NAME, declared == null ? 0 : declared.line());
    OutputReader outputs =
        OutputReader.compile(file.contract().outputs(), session.outputs(), mistakes, section);
    mistakes.throwIfAny();
    return Objects.requireNonNull(outputs, "without a mistake there is a reader");
  }
}
