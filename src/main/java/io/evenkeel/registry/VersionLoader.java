package io.evenkeel.registry;

import io.evenkeel.admission.Executor;
import io.evenkeel.admission.Lane;
import io.evenkeel.admission.ServiceTimes;
import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.Mistake;
import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.RowReader;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.contract.YamlNode;
import io.evenkeel.inference.ModelSession;
import io.evenkeel.inference.OutputReader;
import io.evenkeel.inference.SessionSettings;
import io.evenkeel.preprocess.Preprocessor;
import io.evenkeel.preprocess.TensorRows;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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

  /** What a request costs beside its run, in nanoseconds of one processor. */
  private static final double NANOS_OF_HTTP = 30_000;

  private static final double HEADROOM = 2;

  /** Longer than this a run isn't to hold on to a thread that carries requests. */
  private static final long LONG_RUN_NANOS = 1_000_000;

  private final JsonMapper json;
  private final Lanes lanes;

  /**
   * @param json the mapper whose factory makes the parsers that requests are read with
   * @param lanes makes the lanes
   */
  public VersionLoader(JsonMapper json, Lanes lanes) {
    this.json = json;
    this.lanes = lanes;
  }

  /** Makes a version's lane. */
  @FunctionalInterface
  public interface Lanes {
    /** A lane of this name, for the given executors. */
    Lane<RowsTicket> open(String name, Lane.Parts<RowsTicket> parts);
  }

  /** Loads the version; afterwards it is READY or FAILED. */
  void load(ModelVersion version) {
    long start = System.nanoTime();
    try {
      Engine engine = open(version.folder());
      Servable servable = prove(version, engine);
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

  private Engine open(ModelFolder folder) {
    Manifest.verify(folder);
    Card.check(folder);
    ContractFile file = ContractFile.read(folder.read(ContractFile.NAME));
    SessionSettings settings =
        SessionSettings.choose(folder.size(), Runtime.getRuntime().availableProcessors());
    ModelSession session = ModelSession.open(folder.require(ModelFolder.GRAPH), settings);
    try {
      Preprocessor preprocessor = Preprocessor.compile(file, session.inputs());
      RowReader reader = new RowReader(file.contract(), json.tokenStreamFactory());
      OutputReader outputs = outputs(file, session);
      List<RunnerExecutor> executors =
          Stream.generate(() -> new RunnerExecutor(session.newRunner(outputs)))
              .limit(settings.slots())
              .toList();
      return new Engine(file.contract(), reader, preprocessor, session, executors);
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

  private Servable prove(ModelVersion version, Engine engine) {
    version.warming();
    try {
      List<TensorRows> examples =
          new GoldenReplay(engine, json).replay(version.folder().read(ModelFolder.GOLDEN));
      ServiceTimes times = WarmUp.run(engine, examples);
      String name = version.model() + "-" + version.version();
      List<RunnerExecutor> executors = engine.executors().subList(0, executors(engine, times));
      return new Servable(
          engine, lanes.open(name, new Lane.Parts<>(threaded(name, executors, times), times)));
    } catch (RuntimeException e) {
      engine.session().close();
      throw e;
    }
  }

  /** The executors, on threads of their own if their runs may be long. */
  private static List<? extends Executor<RowsTicket>> threaded(
      String name, List<RunnerExecutor> executors, ServiceTimes times) {
    long longest = times.upperNanos(times.largest(), System.nanoTime());
    return longest < LONG_RUN_NANOS
        ? executors
        : executors.stream()
            .map(executor -> new ThreadedExecutor("run-" + name, executor))
            .toList();
  }

  /**
   * How many executors keep up with the requests. All that the session can use, unless rows cost so
   * little that HTTP is the limit: then fewer, because requests that gather are cheaper to run
   * (measured on 2 cores with a forest of 0.9 µs a row: one executor answers a tenth more requests
   * than two).
   */
  private static int executors(Engine engine, ServiceTimes times) {
    double row = times.cheapestRowNanos(System.nanoTime());
    int processors = Runtime.getRuntime().availableProcessors();
    double busy = processors * row / (row + NANOS_OF_HTTP);
    return Math.clamp((int) Math.ceil(HEADROOM * busy), 1, engine.executors().size());
  }
}
