package io.evenkeel.monitoring.support;

import io.evenkeel.contract.Row;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is held against one feature's values beside the bounds of numbers. Made only where there is
 * something that it could find. Immutable; allocates nothing.
 */
sealed interface Check {
  /** What there is to say of a row; null where there is nothing. */
  @Nullable Remark find(Row row);

  /** Numbers in bins that training had seldom or never. */
  final class Bins implements Check {
    private final int slot;
    private final double[] edges;
    private final @Nullable Remark[] byBin;

    Bins(int slot, double[] edges, @Nullable Remark[] byBin) {
      this.slot = slot;
      this.edges = edges;
      this.byBin = byBin;
    }

    @Override
    public @Nullable Remark find(Row row) {
      double value = row.number(slot);
      if (Double.isNaN(value)) {
        return null;
      }
      int found = Arrays.binarySearch(edges, value);
      return byBin[found >= 0 ? found + 1 : -(found + 1)];
    }
  }

  /** Categories by their place among the allowed values, -1 for any other; booleans are 0 or 1. */
  final class Places implements Check {
    private final int slot;
    private final @Nullable Remark[] byPlace;
    private final @Nullable Remark other;

    Places(int slot, @Nullable Remark[] byPlace, @Nullable Remark other) {
      this.slot = slot;
      this.byPlace = byPlace;
      this.other = other;
    }

    @Override
    public @Nullable Remark find(Row row) {
      double value = row.number(slot);
      if (Double.isNaN(value)) {
        return null;
      }
      return value < 0 ? other : byPlace[(int) value];
    }
  }

  /**
   * Free texts.
   *
   * @param known what there is to say of the texts that the reference names
   * @param usual a text that there is nothing to say of, so that it can be told from an unknown one
   * @param other of all other texts
   */
  record Texts(int feature, Map<String, Remark> known, Remark usual, @Nullable Remark other)
      implements Check {
    @Override
    @SuppressWarnings("ReferenceEquality") // the mark itself
    public @Nullable Remark find(Row row) {
      String text = row.text(feature);
      if (text == null) {
        return null;
      }
      Remark found = known.get(text);
      return found == null ? other : found == usual ? null : found;
    }
  }

  /** A tensor whose elements' mean is outside of what training had. */
  record Mean(int slot, int size, double low, double high, Remark beyond) implements Check {
    @Override
    public @Nullable Remark find(Row row) {
      double sum = 0;
      for (int i = 0; i < size; i++) {
        sum += row.number(slot + i);
      }
      double mean = sum / size;
      return mean < low || mean > high ? beyond : null;
    }
  }
}
