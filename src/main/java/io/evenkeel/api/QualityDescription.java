package io.evenkeel.api;

import io.evenkeel.monitoring.feedback.QualityReport;
import io.evenkeel.monitoring.feedback.QualityWatch;
import io.evenkeel.monitoring.quality.ConfidenceTally;
import io.evenkeel.monitoring.quality.Estimate;
import io.evenkeel.monitoring.quality.ExpectedAccuracy;
import io.evenkeel.monitoring.quality.Metric;
import io.evenkeel.monitoring.quality.Reliability;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.routing.Routing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How good a model's predictions are, as JSON values. Thread-safe. */
final class QualityDescription {
  private final ModelRegistry registry;
  private final QualityWatch watch;

  QualityDescription(ModelRegistry registry, QualityWatch watch) {
    this.registry = registry;
    this.watch = watch;
  }

  /**
   * The report of a model.
   *
   * @param version the only one to report; null for all
   * @throws RefusedRequest if there is no such model or version
   */
  Object of(String model, @Nullable String version) {
    List<ModelVersion> versions = registry.findVersions(model);
    if (versions == null) {
      throw new RefusedRequest(Answers.absent(new Routing.NoSuchModel(model)));
    }
    List<Object> described = new ArrayList<>();
    for (ModelVersion candidate : versions) {
      if (version == null || candidate.version().equals(version)) {
        described.add(describe(candidate.version(), watch.report(candidate)));
      }
    }
    if (version != null && described.isEmpty()) {
      throw new RefusedRequest(Answers.absent(new Routing.NoSuchVersion(model, version)));
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("model", model);
    report.put("at", watch.now().toString());
    report.put("versions", described);
    return report;
  }

  private static Map<String, Object> describe(String version, QualityReport report) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("version", version);
    if (report.confidence() != null) {
      described.put("confidence", confidence(report.confidence()));
    }
    described.put("outcomes", outcomes(report.outcomes()));
    Map<String, Object> figures = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      Estimate estimate = report.figures().get(metric);
      if (estimate != null) {
        figures.put(metric.word(), figure(estimate, report.outcomes().count()));
      }
    }
    described.put("figures", figures);
    if (report.reliability() != null) {
      described.put("calibration", calibration(report.reliability()));
    }
    if (report.expected() != null) {
      described.put("expectedAccuracy", expected(report.expected()));
    }
    return described;
  }

  private static Map<String, Object> confidence(ConfidenceTally.Report report) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("rows", report.rows());
    described.put("top", distribution(report.top()));
    described.put("margin", distribution(report.margin()));
    described.put("entropy", distribution(report.entropy()));
    described.put("floor", report.floor());
    described.put("belowFloor", report.lowShare());
    return described;
  }

  private static Map<String, Object> distribution(ConfidenceTally.Distribution found) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("mean", found.mean());
    described.put("p05", found.p05());
    described.put("p50", found.p50());
    described.put("p95", found.p95());
    return described;
  }

  private static Map<String, Object> outcomes(QualityReport.Outcomes found) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("count", found.count());
    described.put("needed", found.needed());
    if (found.from() != null && found.to() != null) {
      described.put("from", found.from().toString());
      described.put("to", found.to().toString());
    }
    return described;
  }

  private static Map<String, @Nullable Object> figure(Estimate estimate, int rows) {
    Map<String, @Nullable Object> described = new LinkedHashMap<>();
    described.put("value", estimate.value());
    described.put("low", finite(estimate.low()));
    described.put("high", finite(estimate.high()));
    described.put("n", rows);
    return described;
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? Double.valueOf(value) : null;
  }

  private static Map<String, Object> calibration(Reliability found) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("ece", found.error());
    described.put("eceByChance", found.errorByChance());
    described.put("curve", found.bins().stream().map(QualityDescription::bin).toList());
    return described;
  }

  private static Map<String, Object> bin(Reliability.Bin bin) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("from", bin.low());
    described.put("to", bin.high());
    described.put("n", bin.rows());
    described.put("confidence", bin.confidence());
    described.put("accuracy", bin.accuracy());
    return described;
  }

  private static Map<String, Object> expected(ExpectedAccuracy found) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("estimate", found.value());
    described.put("n", found.rows());
    described.put("calibratedOn", found.calibratedOn());
    described.put("note", found.note());
    return described;
  }
}
