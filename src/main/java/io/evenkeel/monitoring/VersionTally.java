package io.evenkeel.monitoring;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.Violation;
import io.evenkeel.contract.Warning;
import io.evenkeel.monitoring.Finding.Kind;
import io.evenkeel.monitoring.ValidationReport.Counts;
import io.evenkeel.monitoring.ValidationReport.Example;
import io.evenkeel.monitoring.ValidationReport.Ranked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What is found about one version's rows. Of a row each finding counts once, so that shares of rows
 * mean something. Thread-safe, without locks once a finding is known; bounded in memory: {@value
 * #MOST_FINDINGS} findings of 2.4 KB.
 */
final class VersionTally {
  private static final int MOST_FINDINGS = 512;
  private static final int STRIPES = 8;
  private static final Comparator<Ranked> RANK =
      Comparator.comparing(Ranked::jumped)
          .thenComparingDouble(ranked -> ranked.jumped() ? ranked.z() : 0)
          .thenComparing(ranked -> ranked.finding().kind(), Comparator.reverseOrder())
          .thenComparingLong(ranked -> ranked.rows().lastHour())
          .thenComparingLong(ranked -> ranked.rows().lastDay())
          .reversed()
          .thenComparing(ranked -> ranked.finding().feature())
          .thenComparing(ranked -> ranked.finding().rule());

  private final WindowedCount rows = new WindowedCount(STRIPES);
  private final Map<Finding, FindingTally> tallies = new ConcurrentHashMap<>();
  private final LongAdder untracked = new LongAdder();

  /** By feature; made once, because missing values may be in every row. */
  private final Finding[] imputed;

  private final Finding[] defaulted;

  VersionTally(Contract contract) {
    this.imputed = imputations(contract, "imputed");
    this.defaulted = imputations(contract, "default");
  }

  private static Finding[] imputations(Contract contract, String rule) {
    return contract.features().stream()
        .map(Feature::name)
        .map(name -> new Finding(Kind.IMPUTATION, name, rule))
        .toArray(Finding[]::new);
  }

  void count(List<Row> read, long millis) {
    long tick = WindowedCount.tick(millis);
    rows.add(tick, read.size());
    for (int i = 0; i < read.size(); i++) {
      Row row = read.get(i);
      if (!row.isValid() || !row.monitored().isEmpty() || !row.warnings().isEmpty()) {
        new RowFindings(tick, Instant.ofEpochMilli(millis)).count(row);
      }
      if (row.isValid() && !row.isComplete()) {
        countImputations(row, tick);
      }
    }
  }

  private void countImputations(Row row, long tick) {
    for (int i = 0; i < imputed.length; i++) {
      if (row.isMissing(i)) {
        count(imputed[i], tick);
      } else if (row.isDefaulted(i)) {
        count(defaulted[i], tick);
      }
    }
  }

  private @Nullable FindingTally count(Finding finding, long tick) {
    FindingTally tally = tallies.get(finding);
    if (tally == null) {
      if (tallies.size() >= MOST_FINDINGS) {
        untracked.increment();
        return null;
      }
      tally = tallies.computeIfAbsent(finding, absent -> new FindingTally());
    }
    tally.count(tick);
    return tally;
  }

  /** What was found about one row, each thing once. */
  private final class RowFindings {
    private final long tick;
    private final Instant at;
    private final Set<Finding> counted = new HashSet<>();

    RowFindings(long tick, Instant at) {
      this.tick = tick;
      this.at = at;
    }

    void count(Row row) {
      row.violations().forEach(violation -> count(Kind.VIOLATION, violation));
      row.monitored().forEach(violation -> count(Kind.MONITORED, violation));
      row.warnings().forEach(this::count);
    }

    private void count(Kind kind, Violation found) {
      count(
          new Finding(kind, found.feature(), found.rule()),
          new Example(at, found.pointer(), found.expected(), found.received()));
    }

    private void count(Warning found) {
      // A rule whose flag says so is monitored and warned of; that is one thing.
      if (!counted.contains(new Finding(Kind.MONITORED, found.feature(), found.rule()))) {
        count(
            new Finding(Kind.WARNING, found.feature(), found.rule()),
            new Example(at, found.pointer(), found.message(), null));
      }
    }

    private void count(Finding finding, Example example) {
      if (counted.add(finding)) {
        FindingTally tally = VersionTally.this.count(finding, tick);
        if (tally != null) {
          tally.keep(example);
        }
      }
    }
  }

  ValidationReport report(long millis) {
    long tick = WindowedCount.tick(millis);
    Counts all = counts(rows::sum, tick);
    List<Ranked> findings = new ArrayList<>();
    tallies.forEach((finding, tally) -> {
      Counts found = counts(tally::sum, tick);
      if (found.lastHour() + found.dayBefore() > 0) {
        RateJump jump =
            new RateJump(found.lastHour(), all.lastHour(), found.dayBefore(), all.dayBefore());
        findings.add(new Ranked(finding, found, jump.z(), jump.isJump(), tally.examples(tick)));
      }
    });
    findings.sort(RANK);
    return new ValidationReport(all, findings, untracked.sum());
  }

  /** The sum of so many buckets up to one. */
  private interface Sum {
    long of(long last, int buckets);
  }

  private static Counts counts(Sum sum, long tick) {
    return new Counts(
        sum.of(tick, WindowedCount.HOUR),
        sum.of(tick, WindowedCount.DAY),
        sum.of(tick - WindowedCount.HOUR, WindowedCount.DAY));
  }
}
