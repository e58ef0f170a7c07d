package io.evenkeel.serving;

import io.micrometer.core.instrument.Counter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One version's counters of one kind, by feature and rule, kept at hand. There are no more of them
 * than the contract has features and rules. Thread-safe.
 */
final class RuleCounters {
  private final Registration registration;
  private final Map<Key, Counter> counters = new ConcurrentHashMap<>();

  private record Key(String feature, String rule) {}

  /** Makes a counter. */
  @FunctionalInterface
  interface Registration {
    Counter counter(String feature, String rule);
  }

  RuleCounters(Registration registration) {
    this.registration = registration;
  }

  /** Counts one. The feature is empty where none of the contract's is meant. */
  void increment(String feature, String rule) {
    Key key = new Key(feature, rule);
    Counter known = counters.get(key);
    // computeIfAbsent alone may lock although the counter is there.
    (known != null
            ? known
            : counters.computeIfAbsent(key, absent -> registration.counter(feature, rule)))
        .increment();
  }
}
