package io.evenkeel.serving;

import io.evenkeel.contract.Row;
import io.evenkeel.contract.Violation;
import io.evenkeel.registry.ModelVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with a batch as a whole.
 *
 * @param rows all of its rows
 */
record BatchFindings(List<Row> rows) {
  private static final int MOST = 1024;

  /** All violations of all rows in one list, up to {@value #MOST}; the rest are counted. */
  PredictionOutcome.Invalid asInvalid(ModelVersion version) {
    List<Violation> listed = new ArrayList<>();
    int omitted = 0;
    for (Row row : rows) {
      int room = Math.min(row.violations().size(), MOST - listed.size());
      listed.addAll(row.violations().subList(0, room));
      omitted += row.violations().size() - room + row.omittedViolations();
    }
    return new PredictionOutcome.Invalid(version, listed, omitted);
  }
}
