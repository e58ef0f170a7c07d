package io.evenkeel.explain;

import io.evenkeel.contract.Row;
import io.evenkeel.inference.Prediction;
import io.evenkeel.preprocess.Preprocessor;
import io.evenkeel.preprocess.TensorRows;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one row's answer when one feature after the other is replaced by its baseline
 * (Zeiler and Fergus, 2014, for images). It takes a run of few rows, and so tells of much traffic
 * what Shapley values tell of one prediction; features that stand in for each other may both seem
 * to matter little. {@code models/modelfolder.py} measures the same on the training's held-out
 * rows. For one thread.
 */
final class Occlusion {
  private final BitSet differing;
  private final TensorRows block;

  /**
   * @param baseline by the same contract as the row
   */
  Occlusion(Preprocessor preprocessor, Row baseline, Row row) {
    TensorRows pair = preprocessor.newBlock(2);
    preprocessor.write(baseline, pair, 0);
    preprocessor.write(row, pair, 1);
    this.differing = preprocessor.differing(pair);
    this.block = preprocessor.newBlock(1 + differing.cardinality());
    BitSet ofRow = (BitSet) differing.clone();
    preprocessor.mix(pair, ofRow, block, 0);
    int next = 1;
    for (int feature : differing.stream().toArray()) {
      ofRow.clear(feature);
      preprocessor.mix(pair, ofRow, block, next++);
      ofRow.set(feature);
    }
  }

  /** The rows to run: the whole one, and for each feature that differs from its baseline one. */
  TensorRows block() {
    return block;
  }

  /**
   * The attributions of all features.
   *
   * @param predictions for the block's rows
   * @return null where an output has no number to explain
   */
  double @Nullable [] attributions(List<Prediction> predictions, int features) {
    Aim aim = Aim.of(predictions.getFirst());
    if (aim == null) {
      return null;
    }
    double whole = aim.value(predictions.getFirst());
    double[] attributions = new double[features];
    int next = 1;
    for (int feature : differing.stream().toArray()) {
      attributions[feature] = whole - aim.value(predictions.get(next++));
      if (!Double.isFinite(attributions[feature])) {
        return null;
      }
    }
    return attributions;
  }
}
