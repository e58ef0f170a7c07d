package io.evenkeel.api;

import io.evenkeel.explain.ImportanceReport;
import io.evenkeel.explain.ImportanceWatch;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which features matter to a version's answers, as JSON values. */
final class ImportanceDescription {
  private ImportanceDescription() {}

  static Map<String, @Nullable Object> of(ImportanceWatch.Standing standing) {
    Map<String, @Nullable Object> described = new LinkedHashMap<>();
    ImportanceReport last = standing.last();
    described.put("says", says(standing));
    described.put("rows", last == null ? 0 : last.rows());
    described.put("rowsSince", standing.rowsSince());
    if (last != null) {
      described.put("bound", orNull(last.bound()));
      described.put(
          "features",
          last.features().stream()
              .sorted(Comparator.comparingDouble(feature -> -feature.lately().mean()))
              .map(feature -> feature(feature, last))
              .toList());
    }
    return described;
  }

  private static String says(ImportanceWatch.Standing standing) {
    ImportanceReport last = standing.last();
    if (last == null) {
      return "not enough rows yet";
    }
    if (Double.isNaN(last.bound())) {
      return "the reference doesn't say how much features mattered in training";
    }
    List<String> shifted =
        last.features().stream()
            .filter(last::hasShifted)
            .sorted(Comparator.comparingDouble(feature -> -Math.abs(feature.statistic())))
            .map(feature ->
                "`" + feature.name() + "` " + (feature.statistic() > 0 ? "more" : "less"))
            .toList();
    return shifted.isEmpty()
        ? "features matter as they did in training, as far as can be told"
        : "it isn't as in training what matters: " + String.join(", ", shifted);
  }

  private static Map<String, @Nullable Object> feature(
      ImportanceReport.OfFeature feature, ImportanceReport report) {
    Map<String, @Nullable Object> described = new LinkedHashMap<>();
    described.put("feature", feature.name());
    described.put("mean", feature.lately().mean());
    if (feature.reference() != null) {
      described.put("reference", feature.reference().mean());
      described.put("z", orNull(feature.statistic()));
      described.put("shifted", report.hasShifted(feature));
    }
    return described;
  }

  /** JSON has no infinity. */
  private static @Nullable Double orNull(double number) {
    return Double.isFinite(number) ? number : null;
  }
}
