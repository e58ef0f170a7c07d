package io.evenkeel.rollout;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Bins whose edges are the deciles of the first values. A value that fills a decile by itself, as 1
 * does among confidences, gets a bin of its own. Not thread-safe.
 */
final class Bins {
  static final int FIRST = 200;
  private static final int DECILES = 10;

  private double[] first = new double[FIRST];
  private int seen;
  private double[] edges = {};

  boolean areKnown() {
    return seen == FIRST;
  }

  void add(double value) {
    if (seen < FIRST) {
      first[seen++] = value;
      if (seen == FIRST) {
        edges = edges(first);
      }
    }
  }

  private static double[] edges(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    TreeSet<Double> edges = new TreeSet<>();
    for (int i = 1; i < DECILES; i++) {
      double edge = sorted[i * FIRST / DECILES];
      if (!edges.add(edge)) {
        edges.add(Math.nextDown(edge));
      }
    }
    return edges.stream().mapToDouble(Double::doubleValue).toArray();
  }

  int count() {
    return edges.length + 1;
  }

  /** The bin i with {@code edges[i-1] < value <= edges[i]}. */
  int of(double value) {
    int found = Arrays.binarySearch(edges, value);
    return found >= 0 ? found : -(found + 1);
  }

  Map<String, Object> save() {
    Map<String, Object> saved = new LinkedHashMap<>();
    saved.put("first", areKnown() ? new double[0] : Arrays.copyOf(first, seen));
    saved.put("edges", edges.clone());
    saved.put("known", areKnown());
    return saved;
  }

  void load(JsonNode saved) {
    JsonNode values = saved.get("first");
    first = new double[FIRST];
    for (int i = 0; i < values.size(); i++) {
      first[i] = values.get(i).doubleValue();
    }
    edges = new double[saved.get("edges").size()];
    Json.copyDoubles(saved.get("edges"), edges);
    seen = saved.get("known").booleanValue() ? FIRST : values.size();
  }
}
