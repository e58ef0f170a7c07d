package io.evenkeel.registry;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.RowReader;
import io.evenkeel.inference.SessionSettings;
import io.evenkeel.preprocess.Preprocessor;
import io.evenkeel.preprocess.TensorRows;
import io.evenkeel.registry.artifact.ArtifactPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * A version's folder opened outside of a server: rows walk through it as they would there, but
 * without a lane, a deadline or a company of other requests. It hasn't proved itself: neither its
 * digests nor its golden examples were looked at. For one thread at a time.
 */
public final class Workbench implements AutoCloseable {
  /** Whoever tries a model out knows how large it is; links are allowed for the same reason. */
  private static final ArtifactPolicy ANY_SIZE = new ArtifactPolicy(Long.MAX_VALUE, true, Set.of());

  private final Engine engine;

  private Workbench(Engine engine) {
    this.engine = engine;
  }

  /**
   * Opens a folder.
   *
   * @param json the mapper whose factory makes the parsers that rows are read with
   * @throws io.evenkeel.contract.UnusableModelException if contract and graph can't be used
   */
  public static Workbench open(Path folder, JsonMapper json) {
    ModelFolder found = ModelFolder.of(folder);
    SessionSettings settings =
        SessionSettings.choose(found.size(), Runtime.getRuntime().availableProcessors());
    return new Workbench(new EngineOpening(json).openInspected(found, ANY_SIZE, settings));
  }

  public Contract contract() {
    return engine.contract();
  }

  public RowReader reader() {
    return engine.reader();
  }

  public Preprocessor preprocessor() {
    return engine.preprocessor();
  }

  /**
   * Runs any number of rows, in batches as large as the graph takes; a result for each, in order.
   */
  public List<RowResult> run(TensorRows rows) {
    return List.of(engine.run(rows));
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    engine.close();
  }
}
