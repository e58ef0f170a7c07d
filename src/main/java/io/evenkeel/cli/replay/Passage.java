package io.evenkeel.cli.replay;

import io.evenkeel.preprocess.TensorRows;
import io.evenkeel.registry.RowResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one version made of a block of rows. Owns its array, which nobody changes. */
final class Passage {
  private final int[] positions;
  private final TensorRows tensors;
  private final List<RowResult> results;

  /**
   * @param positions for each row its place among the valid ones; -1 where it was refused
   * @param tensors the valid ones, preprocessed
   */
  Passage(int[] positions, TensorRows tensors, List<RowResult> results) {
    this.positions = positions;
    this.tensors = tensors;
    this.results = results;
  }

  TensorRows tensors() {
    return tensors;
  }

  int position(int row) {
    return positions[row];
  }

  /** Null where the row was refused. */
  @Nullable RowResult result(int row) {
    return positions[row] < 0 ? null : results.get(positions[row]);
  }
}
