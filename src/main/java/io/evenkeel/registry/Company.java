package io.evenkeel.registry;

import io.evenkeel.admission.Executor.Health;
import io.evenkeel.contract.Mistakes;
import io.evenkeel.inference.Prediction;
import io.evenkeel.preprocess.TensorRows;
import java.util.ArrayList;
import java.util.Arrays;
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

  /**
   * So many examples tell whether a lone row is rounded otherwise. Where it is, half of them do.
   */
  private static final int ENOUGH = 32;

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

  /**
   * Whether there are many examples, and each gets the same answer as alone, bit for bit, in
   * batches of each size.
   */
  boolean changesNoBit() {
    return examples.size() >= ENOUGH
        && engine.session().buckets().stream().allMatch(this::changesNoBit);
  }

  private boolean changesNoBit(int size) {
    for (int from = 0; from < examples.size(); from += size) {
      List<RowResult> results = together(from, size);
      if (results == null) {
        return false;
      }
      for (int i = 0; i < size; i++) {
        if (!isSame(alone(from + i), results.get(i))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isSame(RowResult alone, RowResult inCompany) {
    if (alone instanceof RowResult.Answered(Prediction expected)
        && inCompany instanceof RowResult.Answered(Prediction found)) {
      return switch (expected) {
        case Prediction.Classification one ->
            found instanceof Prediction.Classification other
                && one.winner() == other.winner()
                && Arrays.equals(one.probabilities().toArray(), other.probabilities().toArray());
        case Prediction.Regression one -> one.equals(found);
        case Prediction.Raw one -> one.equals(found);
      };
    }
    return false;
  }

  private RowResult alone(int example) {
    return alone.get(example % alone.size());
  }

  /** Runs examples from one on in one batch, again from the first on where there are no more. */
  private @Nullable List<RowResult> together(int from, int size) {
    List<RowResult[]> results = new ArrayList<>();
    List<TensorRows> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      rows.add(examples.get((from + i) % examples.size()));
      results.add(new RowResult[1]);
    }
    return engine.runTogether(rows, results) == Health.SOUND
        ? results.stream().map(result -> result[0]).toList()
        : null;
  }

  private @Nullable String problem(int size) {
    List<RowResult> results = together(0, size);
    if (results == null) {
      return "the graph fails on " + size + " rows at once, but not on each alone";
    }
    for (int i = 0; i < size; i++) {
      Optional<String> difference = difference(alone(i), results.get(i));
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
