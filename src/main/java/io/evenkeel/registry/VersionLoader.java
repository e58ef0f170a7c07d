package io.evenkeel.registry;

import io.evenkeel.admission.Executor;
import io.evenkeel.admission.Lane;
import io.evenkeel.admission.ServiceTimes;
import io.evenkeel.contract.Mistake;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.inference.SessionSettings;
import io.evenkeel.preprocess.TensorRows;
import io.evenkeel.registry.artifact.Artifacts;
import io.evenkeel.registry.artifact.PrivateCopy;
import io.evenkeel.registry.artifact.VersionFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
  private final CardPolicy cards;
  private final EngineOpening opening;
  private final Artifacts artifacts;
  private final RowInspections inspections;

  /**
   * @param json the mapper whose factory makes the parsers that requests are read with
   * @param lanes makes the lanes
   * @param cards what becomes of a version with an incomplete model card
   * @param artifacts says which files can be trusted
   */
  public VersionLoader(JsonMapper json, Lanes lanes, CardPolicy cards, Artifacts artifacts) {
    this(json, lanes, cards, artifacts, RowInspections.NONE);
  }

  /**
   * The same.
   *
   * @param inspections make what looks at rows that keep their contract
   */
  public VersionLoader(
      JsonMapper json,
      Lanes lanes,
      CardPolicy cards,
      Artifacts artifacts,
      RowInspections inspections) {
    this.json = json;
    this.lanes = lanes;
    this.cards = cards;
    this.opening = new EngineOpening(json);
    this.artifacts = artifacts;
    this.inspections = inspections;
  }

  /** Makes a version's lane. */
  @FunctionalInterface
  public interface Lanes {
    /** A lane of this name, for the given executors. */
    Lane<RowsTicket> open(String name, Lane.Parts<RowsTicket> parts);
  }

  /**
   * Loads the version; afterwards it is READY or FAILED.
   *
   * @param pace whether others are to notice as little of it as possible
   * @param proved done with the parts that serve before the version is ready
   */
  void load(ModelVersion version, Pace pace, Consumer<Servable> proved) {
    long start = System.nanoTime();
    try {
      Servable servable = warmUp(version, prove(version, pace), pace);
      pace.run(() -> {
        proved.accept(servable);
        return servable;
      });
      Duration loadTime = Duration.ofNanos(System.nanoTime() - start);
      version.ready(servable, loadTime);
      LOG.info("Model {} is ready after {} ms", version, loadTime.toMillis());
      cards.remind(version);
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

  /**
   * Looks at what lies in a version's folder, without reading it.
   *
   * @throws UnusableModelException with everything that may not lie there
   */
  void requireAllowed(ModelFolder folder) {
    VersionFiles.list(folder.path(), artifacts.policy());
  }

  /** Doesn't even try to load it. */
  void refuse(ModelVersion version, UnusableModelException reason) {
    fail(version, reason.mistakes(), System.nanoTime());
  }

  private static void fail(ModelVersion version, List<Mistake> mistakes, long start) {
    version.failed(mistakes, Duration.ofNanos(System.nanoTime() - start));
    mistakes.forEach(mistake -> LOG.error("Model {} is not served. {}", version, mistake));
  }

  /**
   * An engine that reproduces its golden examples.
   *
   * @param examples preprocessed, at least one
   */
  private record Proven(Engine engine, List<TensorRows> examples) {}

  /** How a version is loaded. */
  enum Pace {
    /** As fast as it goes. */
    SWIFT,
    /** Requests go first. The graph itself is opened at full speed: it starts threads. */
    GENTLE;

    <T> T run(Supplier<T> step) {
      return this == SWIFT ? step.get() : Chores.run(step);
    }
  }

  private Proven prove(ModelVersion version, Pace pace) {
    Path path = version.folder().path();
    try (PrivateCopy copy =
        pace.run(() -> artifacts.take(path, version.toString(), ModelFolder.GRAPH))) {
      ModelFolder folder = version.folder().copiedTo(copy.path());
      cards.check(folder);
      SessionSettings settings =
          SessionSettings.choose(folder.size(), Runtime.getRuntime().availableProcessors());
      Proven proven = prove(version, copy, settings.withLoneRows(), pace);
      if (!settings.pairsLoneRows() || pace.run(() -> runsRowsAlone(proven))) {
        return proven;
      }
      proven.engine().close();
      return prove(version, copy, settings, pace);
    }
  }

  /** Whether a copy run beside a lone row would be felt, or would change nothing. */
  private static boolean runsRowsAlone(Proven proven) {
    return WarmUp.takesLong(proven.engine(), proven.examples())
        || new Company(proven.engine(), proven.examples()).changesNoBit();
  }

  private Proven prove(
      ModelVersion version, PrivateCopy copy, SessionSettings settings, Pace pace) {
    ModelFolder folder = version.folder().copiedTo(copy.path());
    Engine engine = opening.open(folder, settings, copy.libraries());
    try {
      version.warming();
      pace.run(() -> {
        letInspect(version, folder, engine);
        return engine;
      });
      byte[] golden = folder.read(ModelFolder.GOLDEN);
      return pace.run(() -> new Proven(engine, new GoldenReplay(engine, json).replay(golden)));
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  private void letInspect(ModelVersion version, ModelFolder folder, Engine engine) {
    if (folder.has(ModelFolder.REFERENCE)) {
      byte[] reference = folder.read(ModelFolder.REFERENCE);
      engine.rules().inspectBy(inspections.of(version.toString(), reference, engine.contract()));
    }
  }

  private Servable warmUp(ModelVersion version, Proven proven, Pace pace) {
    Engine engine = proven.engine();
    try {
      ServiceTimes times = pace.run(() -> WarmUp.run(engine, proven.examples()));
      String name = version.model() + "-" + version.version();
      return new Servable(
          engine, lanes.open(name, new Lane.Parts<>(executors(name, engine, times), times)));
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  /** The executors that are needed, on threads of their own if their runs may be long. */
  private static List<? extends Executor<RowsTicket>> executors(
      String name, Engine engine, ServiceTimes times) {
    List<RunnerExecutor> needed = engine.executors().subList(0, countNeeded(engine, times));
    long longest = times.upperNanos(times.largest(), System.nanoTime());
    return longest < LONG_RUN_NANOS
        ? needed
        : needed.stream().map(executor -> new ThreadedExecutor("run-" + name, executor)).toList();
  }

  /**
   * How many executors keep up with the requests. All that the session can use, unless rows cost so
   * little that HTTP is the limit: then fewer, because requests that gather are cheaper to run
   * (measured on 2 cores with a forest of 0.9 µs a row: one executor answers a tenth more requests
   * than two).
   */
  private static int countNeeded(Engine engine, ServiceTimes times) {
    double row = times.cheapestRowNanos(System.nanoTime());
    int processors = Runtime.getRuntime().availableProcessors();
    double busy = processors * row / (row + NANOS_OF_HTTP);
    return Math.clamp((int) Math.ceil(HEADROOM * busy), 1, engine.executors().size());
  }
}
