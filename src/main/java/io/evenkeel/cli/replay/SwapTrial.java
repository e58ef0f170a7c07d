package io.evenkeel.cli.replay;

import io.evenkeel.contract.Row;
import io.evenkeel.preprocess.Preprocessor;
import io.evenkeel.preprocess.TensorRows;
import io.evenkeel.registry.RowResult;
import io.evenkeel.registry.Workbench;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The proof of a cause: the candidate's graph is run on rows in which one feature's columns are
 * those of the live version. What goes away of the difference was made by that feature's
 * transforms; correlated features, interactions and shifts that are the same for every row don't
 * mislead it. Done with a sample of the rows that differ. Not thread-safe.
 */
final class SwapTrial {
  private static final int SAMPLE = 512;

  private final AnswerForm form;
  private final List<Pair> sample = new ArrayList<>();
  private final RandomGenerator random = new SplittableRandom(1);
  private long seen;

  private record Pair(Row candidate, Row live, Answer answer) {}

  SwapTrial(AnswerForm form) {
    this.form = form;
  }

  /** Takes note of a row whose answers differ. Each has the same chance to get into the sample. */
  void add(Row candidate, Row live, Answer answer) {
    seen++;
    Pair pair = new Pair(candidate, live, answer);
    if (sample.size() < SAMPLE) {
      sample.add(pair);
    } else {
      long place = random.nextLong(seen);
      if (place < SAMPLE) {
        sample.set((int) place, pair);
      }
    }
  }

  /**
   * The share of the squared difference that goes away, for each group of columns.
   *
   * @param groups by name, the columns to be swapped together
   */
  Map<String, Double> run(
      Workbench candidate, Workbench live, Map<String, List<ColumnTally.Match>> groups) {
    Map<String, Double> shares = new LinkedHashMap<>();
    if (sample.isEmpty()) {
      return shares;
    }
    TensorRows theirs = live.preprocessor().newBlock(sample.size());
    for (int i = 0; i < sample.size(); i++) {
      live.preprocessor().write(sample.get(i).live(), theirs, i);
    }
    double whole = squared(candidate.run(block(candidate.preprocessor())));
    groups.forEach((name, matches) -> {
      TensorRows swapped = block(candidate.preprocessor());
      for (ColumnTally.Match match : matches) {
        for (int i = 0; i < sample.size(); i++) {
          Elements.copy(theirs, match.live(), swapped, match.candidate(), i);
        }
      }
      double left = squared(candidate.run(swapped));
      shares.put(name, whole == 0 ? 0 : 1 - left / whole);
    });
    return shares;
  }

  private TensorRows block(Preprocessor preprocessor) {
    TensorRows block = preprocessor.newBlock(sample.size());
    for (int i = 0; i < sample.size(); i++) {
      preprocessor.write(sample.get(i).candidate(), block, i);
    }
    return block;
  }

  private double squared(List<RowResult> results) {
    double sum = 0;
    for (int i = 0; i < sample.size(); i++) {
      if (results.get(i) instanceof RowResult.Answered answered) {
        Answer ours = form.read(answered.prediction());
        for (double difference : form.differences(ours, sample.get(i).answer())) {
          sum += Double.isFinite(difference) ? difference * difference : 0;
        }
      }
    }
    return sum;
  }
}
