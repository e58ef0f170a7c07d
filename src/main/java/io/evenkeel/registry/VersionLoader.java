package io.evenkeel.registry;

import io.evenkeel.admission.Lane;
import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.Mistake;
import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.RowReader;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.contract.YamlNode;
import io.evenkeel.inference.ModelSession;
import io.evenkeel.inference.OutputReader;
import io.evenkeel.inference.Runner;
import io.evenkeel.inference.SessionSettings;
import io.evenkeel.preprocess.Preprocessor;
import io.evenkeel.preprocess.TensorRows;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes a version from its folder to readiness: digests, contract, graph, golden examples, warm-up.
 * What fails stops this version alone. Thread-safe.
 */
public final class VersionLoader {
  private static final Logger LOG = LoggerFactory.getLogger(VersionLoader.class);

  private final JsonMapper json;
  private final BiFunction<String, Integer, Lane> lanes;

  /**
   * @param json the mapper whose factory makes the parsers that requests are read with
   * @param lanes makes the lane for a version's name and the number of runs its session can have in
   *     progress
   */
  public VersionLoader(JsonMapper json, BiFunction<String, Integer, Lane> lanes) {
    this.json = json;
    this.lanes = lanes;
  }

  /** Loads the version; afterwards it is READY or FAILED. */
  void load(ModelVersion version) {
    long start = System.nanoTime();
    try {
      Servable servable = open(version.folder());
      prove(version, servable);
      Duration loadTime = Duration.ofNanos(System.nanoTime() - start);
      version.ready(servable, loadTime);
      LOG.info("Model {} is ready after {} ms", version, loadTime.toMillis());
    } catch (UnusableModelException e) {
      fail(version, e.mistakes(), start);
    } catch (RuntimeException | LinkageError e) {
      LOG.error("Model {} could not be loaded because of a defect in Evenkeel", version, e);
      fail(
          version,
          List.of(
              new Mistake("", 0, "loading failed because of a defect in Evenkeel", "see the log")),
          start);
    }
  }

  private static void fail(ModelVersion version, List<Mistake> mistakes, long start) {
    version.failed(mistakes, Duration.ofNanos(System.nanoTime() - start));
    mistakes.forEach(mistake -> LOG.error("Model {} is not served. {}", version, mistake));
  }

  private Servable open(ModelFolder folder) {
    Manifest.verify(folder);
    Card.check(folder);
    ContractFile file = ContractFile.read(folder.read(ContractFile.NAME));
    SessionSettings settings =
        SessionSettings.choose(folder.size(), Runtime.getRuntime().availableProcessors());
    ModelSession session = ModelSession.open(folder.require(ModelFolder.GRAPH), settings);
    try {
      Preprocessor preprocessor = Preprocessor.compile(file, session.inputs());
      RowReader reader = new RowReader(file.contract(), json.tokenStreamFactory());
      return new Servable(
          file.contract(), reader, preprocessor, engine(folder, file, session, settings.slots()));
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private Servable.Engine engine(
      ModelFolder folder, ContractFile file, ModelSession session, int slots) {
    Mistakes mistakes = new Mistakes();
    OutputReader outputs =
        OutputReader.compile(
            file.contract().outputs(), session.outputs(), mistakes, ContractFile.NAME);
    refuseOutputs(mistakes, file);
    OutputReader compiled = Objects.requireNonNull(outputs, "without a mistake there is a reader");
    Lane lane = lanes.apply(folder.model() + "-" + folder.version(), slots);
    List<Runner> runners =
        Stream.generate(() -> session.newRunner(compiled)).limit(lane.mostRuns()).toList();
    return new Servable.Engine(session, lane, new RunnerPool(runners));
  }

  /** Ends the loading if the outputs don't fit the graph, with the line of their section. */
  private static void refuseOutputs(Mistakes mistakes, ContractFile file) {
    YamlNode section = file.document().find("outputs");
    int line = section == null ? 0 : section.line();
    Mistakes located = new Mistakes();
    mistakes
        .all()
        .forEach(mistake -> located.add(mistake.file(), line, mistake.cause(), mistake.mend()));
    located.throwIfAny();
  }

  private void prove(ModelVersion version, Servable servable) {
    version.warming();
    try {
      List<TensorRows> examples =
          new GoldenReplay(servable, json).replay(version.folder().read(ModelFolder.GOLDEN));
      WarmUp.run(servable, examples);
    } catch (RuntimeException e) {
      servable.close();
      throw e;
    }
  }
}
