package io.evenkeel.monitoring.statistics;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Disclosure;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.inference.Prediction;
import io.evenkeel.monitoring.Reference;
import io.evenkeel.registry.ModelVersion;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One version's statistics. Thread-safe; whoever counts waits for nobody. */
final class VersionStatistics {
  private final ModelVersion version;
  private final Contract contract;
  private final Disclosure.Statistics costs;
  private final StatisticsStore store;
  private final RandomGenerator random;
  private final @Nullable TrafficTally tally;

  VersionStatistics(
      ModelVersion version,
      Contract contract,
      Disclosure.Statistics costs,
      StatisticsStore store,
      Instant now) {
    this.version = version;
    this.contract = contract;
    this.costs = costs;
    this.store = store;
    this.random = new SecureRandom();
    this.tally = tally(version, contract, now);
  }

  private static @Nullable TrafficTally tally(
      ModelVersion version, Contract contract, Instant now) {
    try {
      Reference reference = version.referenceFile().map(Reference::read).orElse(null);
      if (reference == null) {
        return null;
      }
      reference.checkAgainst(contract);
      return new TrafficTally(contract, reference, now);
    } catch (UnusableModelException e) {
      return null;
    }
  }

  /** Counts the rows of a request that were predicted for. */
  void count(List<Row> rows, List<? extends @Nullable Prediction> predictions) {
    TrafficTally counting = tally;
    for (int i = 0; counting != null && i < predictions.size(); i++) {
      Prediction prediction = predictions.get(i);
      if (prediction != null) {
        counting.add(rows.get(i), prediction);
      }
    }
  }

  /**
   * The last release while it is valid, else a new one if the budget allows it. It is kept, and
   * paid for, before anybody sees it.
   */
  synchronized StatisticsOutcome release(Instant now) {
    TrafficTally counting = tally;
    if (counting == null) {
      return new StatisticsOutcome.None(
          "the counts need bins: add a reference.json, which says what the training data looked"
              + " like");
    }
    Ledger ledger = store.ledger(version.model(), version.version());
    Instant last = ledger.last();
    if (last != null && last.plus(costs.every()).isAfter(now)) {
      String kept = store.release(version.model(), version.version());
      if (kept != null && isCurrent(kept)) {
        return new StatisticsOutcome.Released(kept);
      }
    }
    Instant enough = ledger.enoughFrom(costs, now);
    if (enough.isAfter(now)) {
      return new StatisticsOutcome.Spent(enough);
    }
    Ledger paid = ledger.with(costs, now);
    store.keep(version.model(), version.version(), paid);
    // What is taken and then can't be kept is lost, and not in a later release a second time.
    String json = JsonMapper.shared().writeValueAsString(document(counting, paid, now));
    store.keepRelease(version.model(), version.version(), json);
    return new StatisticsOutcome.Released(json);
  }

  private boolean isCurrent(String json) {
    JsonNode document = JsonMapper.shared().readTree(json);
    return contract.fingerprint().equals(document.path("contract").asString(""));
  }

  private Map<String, Object> document(TrafficTally counted, Ledger paid, Instant now) {
    // Each count has noise for epsilon / sensitivity: together a row's counts cost epsilon.
    DiscreteLaplace noise =
        new DiscreteLaplace(
            random, Math.multiplyExact(1_000_000L, counted.sensitivity()), costs.millionths());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("model", version.model());
    document.put("version", version.version());
    document.put("contract", contract.fingerprint());
    document.put("since", counted.since().toString());
    document.put("at", now.toString());
    document.put("validUntil", now.plus(costs.every()).toString());
    document.put("epsilon", costs.epsilon());
    Map<String, Object> mechanism = new LinkedHashMap<>();
    mechanism.put("mechanism", "discrete Laplace");
    mechanism.put("protects", "one row");
    mechanism.put("sensitivity", counted.sensitivity());
    mechanism.put("scale", noise.scale());
    mechanism.put("standardDeviation", noise.standardDeviation());
    document.put("noise", mechanism);
    Map<String, Object> budget = new LinkedHashMap<>();
    budget.put("budget", costs.budget());
    budget.put("per", costs.writtenPeriod());
    budget.put("spent", paid.spent(costs, now));
    document.put("budget", budget);
    document.put("counts", counted.release(noise, now));
    return document;
  }
}
