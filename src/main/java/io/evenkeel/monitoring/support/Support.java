package io.evenkeel.monitoring.support;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.RowInspection;
import io.evenkeel.monitoring.Covariance;
import io.evenkeel.monitoring.Reference;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Holds rows against what their version was trained on: where a value, or the row as a whole, is
 * unlike all or nearly all of the training rows, the model can't know better than to extrapolate,
 * and the caller is told. Of rows that are like the training rows about 1 in 100 is warned of at
 * most, see {@link SupportCompiler} and {@link Rarity}.
 *
 * <p>Immutable and thread-safe; precomputed, so that a row without remarks costs no allocation.
 */
final class Support implements RowInspection {
  private static final double PERCENT = 100;

  /** Numbers: where they are in a row, and their range. */
  private final int[] slots;

  private final double[] low;
  private final double[] high;
  private final Remark[] beyond;

  private final Check[] checks;
  private final Missing missing;
  private final @Nullable Distances distances;
  private final float outlier;

  /** A number's range, and what to say of a value outside. */
  record Span(int slot, double low, double high, Remark beyond) {}

  Support(
      List<Span> spans,
      List<Check> checks,
      Missing missing,
      @Nullable Distances distances,
      double outlier) {
    this.slots = spans.stream().mapToInt(Span::slot).toArray();
    this.low = spans.stream().mapToDouble(Span::low).toArray();
    this.high = spans.stream().mapToDouble(Span::high).toArray();
    this.beyond = spans.stream().map(Span::beyond).toArray(Remark[]::new);
    this.checks = checks.toArray(Check[]::new);
    this.missing = missing;
    this.distances = distances;
    this.outlier = (float) outlier;
  }

  /**
   * What is held against the rows of a version.
   *
   * @param reference fits the contract
   * @param outlier from this share on a row is warned of as an outlier
   */
  static Support compile(Contract contract, Reference reference, double outlier) {
    SupportCompiler parts = new SupportCompiler(contract, reference);
    Covariance covariance = reference.covariance();
    return new Support(
        parts.spans(),
        parts.checks(),
        parts.missing(),
        covariance == null ? null : new Distances(contract, covariance),
        outlier);
  }

  @Override
  public float inspect(Row row, Remarks remarks) {
    for (int i = 0; i < slots.length; i++) {
      double value = row.number(slots[i]);
      // A missing one is no number, and so neither.
      if (value < low[i] || value > high[i]) {
        beyond[i].addTo(remarks);
      }
    }
    for (Check check : checks) {
      Remark found = check.find(row);
      if (found != null) {
        found.addTo(remarks);
      }
    }
    if (!row.isComplete()) {
      missing.inspect(row, remarks);
    }
    return distances == null ? Float.NaN : distance(distances.share(row), remarks);
  }

  private float distance(float share, Remarks remarks) {
    if (share >= outlier) {
      remarks.remark(Remark.OUTLIER, message(share));
    }
    return share;
  }

  private static String message(float share) {
    String rows =
        share >= 1
            ? "all training rows"
            : String.format(Locale.ROOT, "%.2f %% of the training rows", share * PERCENT);
    return "its numbers, taken together, lie farther out than those of "
        + rows
        + ": the model has seen next to nothing like it";
  }
}
