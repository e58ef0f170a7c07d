package io.evenkeel.monitoring.slo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The counts of requests at one moment, found by endpoint and model: each objective asks for its
 * own, and with many models going through all of them would take a scrape's time. Thread-safe.
 */
final class SeriesIndex {
  private final Map<String, List<RequestSeries>> byModel = new HashMap<>();
  private final Map<VersionTrack.Key, List<RequestSeries>> byVersion = new LinkedHashMap<>();

  SeriesIndex(List<RequestSeries> all) {
    for (RequestSeries series : all) {
      byModel
          .computeIfAbsent(key(series.endpoint(), series.model()), ignored -> new ArrayList<>())
          .add(series);
      byVersion
          .computeIfAbsent(VersionTrack.Key.of(series), ignored -> new ArrayList<>())
          .add(series);
    }
  }

  private static String key(String endpoint, String model) {
    return endpoint + ' ' + model;
  }

  /** Of all versions of a model. */
  List<RequestSeries> of(String endpoint, String model) {
    return byModel.getOrDefault(key(endpoint, model), List.of());
  }

  /** Of one version. */
  List<RequestSeries> of(VersionTrack.Key version) {
    return byVersion.getOrDefault(version, List.of());
  }

  /** One series of each version, which shows its histogram's bounds. */
  Iterable<RequestSeries> onePerVersion() {
    return byVersion.values().stream().map(List::getFirst).toList();
  }
}
