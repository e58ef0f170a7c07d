package io.evenkeel.monitoring.statistics;

import io.evenkeel.contract.Disclosure;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What releases have spent of a version's budget, the oldest first. Immutable.
 *
 * @param entries those that may still count
 */
record Ledger(List<Entry> entries) {
  static final Ledger EMPTY = new Ledger(List.of());

  Ledger {
    entries = List.copyOf(entries);
  }

  /** One release. */
  record Entry(Instant at, BigDecimal epsilon) {}

  /** When the last release was; null before the first. */
  @Nullable Instant last() {
    return entries.isEmpty() ? null : entries.getLast().at();
  }

  /** What counts of it at a moment: what was spent in the period before. */
  BigDecimal spent(Disclosure.Statistics costs, Instant now) {
    return entries.stream()
        .filter(entry -> entry.at().plus(costs.per()).isAfter(now))
        .map(Entry::epsilon)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** From when on there is enough for a release; now, or later. */
  Instant enoughFrom(Disclosure.Statistics costs, Instant now) {
    BigDecimal spent = spent(costs, now);
    for (Entry entry : entries) {
      if (spent.add(costs.epsilon()).compareTo(costs.budget()) <= 0) {
        return now;
      }
      Instant renewed = entry.at().plus(costs.per());
      if (renewed.isAfter(now)) {
        spent = spent.subtract(entry.epsilon());
        now = renewed;
      }
    }
    return now;
  }

  /** With a release more, and without what doesn't count any more. */
  Ledger with(Disclosure.Statistics costs, Instant now) {
    List<Entry> kept = new ArrayList<>(entries);
    kept.removeIf(entry -> !entry.at().plus(costs.per()).isAfter(now));
    kept.add(new Entry(now, costs.epsilon()));
    return new Ledger(kept);
  }

  /** A text that {@link #read} reads. */
  String written() {
    StringBuilder text = new StringBuilder();
    for (Entry entry : entries) {
      text.append(entry.at()).append(' ').append(entry.epsilon().toPlainString()).append('\n');
    }
    return text.toString();
  }

  static Ledger read(String text) {
    return new Ledger(
        text.lines()
            .map(line -> line.split(" ", 2))
            .map(parts -> new Entry(Instant.parse(parts[0]), new BigDecimal(parts[1])))
            .toList());
  }
}
