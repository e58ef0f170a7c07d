package io.evenkeel.api;

import io.evenkeel.contract.Fairness;
import io.evenkeel.control.ControlStateException;
import io.evenkeel.monitoring.feedback.FeedbackUnavailableException;
import io.evenkeel.monitoring.feedback.QualityReport;
import io.evenkeel.monitoring.feedback.QualityWatch;
import io.evenkeel.monitoring.quality.ConfidenceTally;
import io.evenkeel.monitoring.quality.Estimate;
import io.evenkeel.monitoring.quality.ExpectedAccuracy;
import io.evenkeel.monitoring.quality.Metric;
import io.evenkeel.monitoring.quality.Reliability;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Servable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How good a model's predictions are, as JSON values. Thread-safe. */
final class QualityDescription {
  private static final Logger LOG = LoggerFactory.getLogger(QualityDescription.class);

  private final VersionReports reports;
  private final QualityWatch watch;

  QualityDescription(ModelRegistry registry, QualityWatch watch) {
    this.reports = new VersionReports(registry, watch::now);
    this.watch = watch;
  }

  /**
   * The report of a model.
   *
   * @param version the only one to report; null for all
   * @throws RefusedRequest if there is no such model or version
   */
  Object of(String model, @Nullable String version) {
    return reports.of(model, version, one -> describe(one, watch.report(one)));
  }

  /** What a version's card shows of it; null where there is nothing yet, or it can't be had now. */
  @Nullable LiveSection live(ModelVersion version) {
    if (version.servable() == null) {
      return null;
    }
    try {
      QualityReport report = watch.report(version);
      if (!LiveSection.hasContent(report)) {
        return null;
      }
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("at", watch.now().toString());
      putMeasured(version, report, members);
      return new LiveSection(members, report);
    } catch (FeedbackUnavailableException | ControlStateException e) {
      LOG.debug("A card goes without its live section: {}", e.getMessage());
      return null;
    }
  }

  private static Map<String, Object> describe(ModelVersion version, QualityReport report) {
    GroupSize size = GroupSize.of(version);
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("version", version.version());
    if (report.confidence() != null && size.shows(report.confidence().rows())) {
      described.put("confidence", confidence(report.confidence(), size));
    }
    putMeasured(version, report, described);
    if (report.reliability() != null) {
      described.put("calibration", calibration(report.reliability(), size));
    }
    if (report.expected() != null && size.shows(report.expected().rows())) {
      described.put("expectedAccuracy", expected(report.expected()));
    }
    if (size.isBound()) {
      described.put("minimumGroup", size.least());
    }
    return described;
  }

  private static void putMeasured(
      ModelVersion version, QualityReport report, Map<String, Object> described) {
    GroupSize size = GroupSize.of(version);
    described.put("outcomes", outcomes(report.outcomes()));
    Map<String, Object> figures = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      Estimate estimate = report.figures().get(metric);
      if (estimate != null && size.shows(report.outcomes().count())) {
        figures.put(metric.word(), figure(estimate, report.outcomes().count()));
      }
    }
    described.put("figures", figures);
    Servable servable = version.servable();
    Fairness fairness = servable == null ? null : servable.contract().fairness();
    if (fairness != null && report.groups() != null) {
      described.put("fairness", GroupDescription.of(fairness, report.groups(), size.least()));
    }
  }

  private static Map<String, Object> confidence(ConfidenceTally.Report report, GroupSize size) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("rows", report.rows());
    described.put("top", distribution(report.top()));
    described.put("margin", distribution(report.margin()));
    described.put("entropy", distribution(report.entropy()));
    described.put("floor", report.floor());
    if (size.showsShare(report.lowShare(), report.rows())) {
      described.put("belowFloor", report.lowShare());
    }
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

  static Map<String, @Nullable Object> figure(Estimate estimate, int rows) {
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

  private static Map<String, Object> calibration(Reliability found, GroupSize size) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("ece", found.error());
    described.put("eceByChance", found.errorByChance());
    described.put(
        "curve", merged(found.bins(), size).stream().map(QualityDescription::bin).toList());
    return described;
  }

  /** Bins that are too small go together with their neighbours. */
  private static List<Reliability.Bin> merged(List<Reliability.Bin> bins, GroupSize size) {
    List<Reliability.Bin> merged = new ArrayList<>();
    for (Reliability.Bin bin : bins) {
      if (!merged.isEmpty() && !size.shows(merged.getLast().rows())) {
        merged.add(merged.removeLast().and(bin));
      } else {
        merged.add(bin);
      }
    }
    if (merged.size() > 1 && !size.shows(merged.getLast().rows())) {
      Reliability.Bin last = merged.removeLast();
      merged.add(merged.removeLast().and(last));
    }
    merged.removeIf(bin -> !size.shows(bin.rows()));
    return merged;
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
