package io.evenkeel.cli.replay;

import io.evenkeel.contract.Row;
import io.evenkeel.contract.Violation;
import io.evenkeel.contract.Warning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what rows broke and were warned of, by feature and rule. Not thread-safe. */
final class FindingTally {
  private static final int EXAMPLES = 3;

  private final Map<Key, Count> counts = new LinkedHashMap<>();

  private record Key(String feature, String rule) {}

  private static final class Count {
    private long findings;
    private final List<ReplayReport.Example> examples = new ArrayList<>();
  }

  /** Counts a row's violations. A sensitive feature's values are not among them. */
  void addViolations(long line, Row row) {
    for (Violation violation : row.violations()) {
      add(line, violation.feature(), violation.rule(), violation.expected(), violation.received());
    }
  }

  void addWarnings(long line, Row row) {
    for (Warning warning : row.warnings()) {
      add(line, warning.feature(), warning.rule(), warning.message(), null);
    }
  }

  private void add(
      long line, String feature, String rule, String expected, @Nullable String received) {
    Count count = counts.computeIfAbsent(new Key(feature, rule), key -> new Count());
    count.findings++;
    if (count.examples.size() < EXAMPLES) {
      count.examples.add(new ReplayReport.Example(line, expected, received));
    }
  }

  /** The most frequent first. */
  List<ReplayReport.Finding> findings() {
    return counts.entrySet().stream()
        .map(entry ->
            new ReplayReport.Finding(
                entry.getKey().feature(),
                entry.getKey().rule(),
                entry.getValue().findings,
                entry.getValue().examples))
        .sorted(Comparator.comparingLong(ReplayReport.Finding::count).reversed())
        .toList();
  }
}
