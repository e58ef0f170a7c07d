package io.evenkeel.registry;

import io.evenkeel.admission.Executor.Health;
import io.evenkeel.contract.Mistakes;
import io.evenkeel.preprocess.TensorRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs rows in company, in each batch size: the graph has to take it, and each row's answer must be
 * the one it gets alone.
 */
final class Company {
  /** Other kernels run larger batches, and round otherwise. */
  private static final double TOLERANCE = 1e-4;

  private static final String MEND =
      "export the graph for inference (no dropout, no statistics over the batch), with a first"
          + " dimension that is open in every operator";

  private final Engine engine;
  private final List<TensorRows> examples;
  private final List<RowResult> alone = new ArrayList<>();

  /**
   * @param examples blocks of one row each, at least one
   */
  Company(Engine engine, List<TensorRows> examples) {
    this.engine = engine;
    this.examples = examples;
    examples.forEach(example -> alone.add(engine.run(example)[0]));
  }

  /** Notes each batch size that doesn't work. */
  void check(Mistakes mistakes) {
    for (int size : engine.session().buckets()) {
      String cause = problem(size);
      if (cause != null) {
        mistakes.add(ModelFolder.GRAPH, 0, cause, MEND);
      }
    }
  }

  private @Nullable String problem(int size) {
    List<RowResult[]> results = new ArrayList<>();
    List<TensorRows> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      rows.add(examples.get(i % examples.size()));
      results.add(new RowResult[1]);
    }
    if (engine.runTogether(rows, results) != Health.SOUND) {
      return "the graph fails on " + size + " rows at once, but not on each alone";
    }
    for (int i = 0; i < size; i++) {
      Optional<String> difference = difference(alone.get(i % alone.size()), results.get(i)[0]);
      if (difference.isPresent()) {
        return "among "
            + size
            + " rows an example gets another answer than alone: "
            + difference.get();
      }
    }
    return null;
  }

  private static Optional<String> difference(RowResult alone, RowResult inCompany) {
    if (alone instanceof RowResult.Answered expected
        && inCompany instanceof RowResult.Answered found) {
      JsonNode tree = JsonMapper.shared().valueToTree(PredictionTree.of(expected.prediction()));
      return new GoldenComparison(TOLERANCE).difference(tree, found.prediction());
    }
    return Optional.empty();
  }
}
