package io.evenkeel.api;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Disclosure;
import io.evenkeel.contract.Disclosure.Probabilities;
import io.evenkeel.contract.Fairness;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a contract holds back and compares, in the words of {@code contract.yaml} and in others. */
final class DisclosureDescription {
  private DisclosureDescription() {}

  /** The members {@code disclosure} and {@code fairness}, each where it says something. */
  static Map<String, Object> of(Contract contract) {
    Map<String, Object> described = new LinkedHashMap<>();
    Map<String, Object> disclosure = describe(contract.disclosure());
    if (!disclosure.isEmpty()) {
      described.put("disclosure", disclosure);
    }
    if (contract.fairness() != null) {
      described.put("fairness", describe(contract.fairness()));
    }
    return described;
  }

  private static Map<String, Object> describe(Disclosure disclosure) {
    Map<String, Object> described = new LinkedHashMap<>();
    Probabilities shown = disclosure.probabilities();
    if (!shown.isFull()) {
      described.put("probabilities", shown.labelOnly() ? shown.written() : limits(shown));
    }
    if (!disclosure.explains()) {
      described.put("explain", false);
    }
    if (disclosure.minimumGroup() > 1) {
      described.put("minimumGroup", disclosure.minimumGroup());
    }
    Disclosure.Statistics statistics = disclosure.statistics();
    if (statistics != null) {
      Map<String, Object> costs = new LinkedHashMap<>();
      costs.put("epsilon", statistics.epsilon());
      costs.put("budget", statistics.budget());
      costs.put("per", statistics.writtenPeriod());
      costs.put("every", statistics.writtenEvery());
      described.put("statistics", costs);
    }
    return described;
  }

  private static Map<String, Object> limits(Probabilities shown) {
    Map<String, Object> limits = new LinkedHashMap<>();
    if (shown.top() != Probabilities.ALL) {
      limits.put("top", shown.top());
    }
    if (shown.isRounded()) {
      limits.put("digits", shown.digits());
    }
    return limits;
  }

  private static Map<String, Object> describe(Fairness fairness) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("attribute", fairness.attribute());
    if (!fairness.writtenBands().isEmpty()) {
      described.put("bands", fairness.writtenBands());
    }
    if (fairness.favourable() != null) {
      described.put("favourable", fairness.favourable());
    }
    return described;
  }

  /** For people: what stands beside a class. */
  static String words(Probabilities shown) {
    if (shown.labelOnly()) {
      return "";
    }
    String rounded = shown.isRounded() ? ", rounded to " + shown.digits() + " decimal places" : "";
    return shown.top() == Probabilities.ALL
        ? ", with a probability for each" + rounded
        : ", with the probabilities of the " + shown.top() + " most probable ones" + rounded;
  }
}
