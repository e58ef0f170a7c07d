package io.evenkeel.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a contract asks of an instance that JSON Schema has no words for. Not thread-safe. */
final class FurtherChecks {
  private final List<Map<String, Object>> all = new ArrayList<>();

  /**
   * @param feature the one that a violation names; empty where it can be any
   * @param rule as violations name it
   * @param says the rule in words
   */
  void add(String feature, String rule, String says) {
    Map<String, Object> check = new LinkedHashMap<>();
    if (!feature.isEmpty()) {
      check.put("feature", feature);
    }
    check.put("rule", rule);
    check.put("says", says);
    if (!all.contains(check)) {
      all.add(check);
    }
  }

  List<Map<String, Object>> all() {
    return List.copyOf(all);
  }
}
