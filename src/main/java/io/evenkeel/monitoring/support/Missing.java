package io.evenkeel.monitoring.support;

import io.evenkeel.contract.Row;
import io.evenkeel.contract.RowInspection.Remarks;
import java.util.List;

/** Features that training always, or nearly always, had a value of. Immutable. */
final class Missing {
  private final int[] features;
  private final Remark[] remarks;

  /** Of each one its position in the contract, and what to say where it is missing. */
  record Wanted(int feature, Remark remark) {}

  Missing(List<Wanted> wanted) {
    this.features = wanted.stream().mapToInt(Wanted::feature).toArray();
    this.remarks = wanted.stream().map(Wanted::remark).toArray(Remark[]::new);
  }

  /** Looks at a row that isn't complete. */
  void inspect(Row row, Remarks to) {
    for (int i = 0; i < features.length; i++) {
      if (row.isMissing(features[i])) {
        remarks[i].addTo(to);
      }
    }
  }
}
