package io.evenkeel.api;

import io.evenkeel.contract.YamlNode;
import io.evenkeel.explain.ImportanceWatch;
import io.evenkeel.monitoring.ValidationReport;
import io.evenkeel.monitoring.ValidationWatch;
import io.evenkeel.monitoring.watch.DriftReport;
import io.evenkeel.monitoring.watch.DriftWatch;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was found about a model's rows, as JSON values. Thread-safe. */
final class ReportDescription {
  private final VersionReports reports;
  private final ValidationWatch watch;
  private final DriftWatch drift;
  private final ImportanceWatch importance;

  ReportDescription(
      ModelRegistry registry, ValidationWatch watch, DriftWatch drift, ImportanceWatch importance) {
    this.reports = new VersionReports(registry, watch::now);
    this.watch = watch;
    this.drift = drift;
    this.importance = importance;
  }

  /**
   * The report of a model.
   *
   * @param version the only one to report; null for all
   * @throws RefusedRequest if there is no such model or version
   */
  Object of(String model, @Nullable String version) {
    return reports.of(model, version, this::describe);
  }

  /** How far the traffic of a model's versions is from their training data. */
  Object drift(String model, @Nullable String version) {
    return reports.of(model, version, this::describeDrift);
  }

  private Map<String, @Nullable Object> describeDrift(ModelVersion version) {
    Map<String, @Nullable Object> described = new LinkedHashMap<>();
    described.put("version", version.version());
    DriftReport report = drift.report(version);
    if (report == null) {
      described.put("level", "unknown");
      described.put(
          "says", "no row has come yet, or the version has no reference.json to hold rows against");
    } else {
      described.putAll(report.document());
    }
    ImportanceWatch.Standing standing = importance.standing(version);
    if (standing != null) {
      described.put("importance", ImportanceDescription.of(standing));
    }
    return described;
  }

  private Map<String, Object> describe(ModelVersion version) {
    ValidationReport report = watch.report(version);
    GroupSize size = GroupSize.of(version);
    List<ValidationReport.Ranked> shown =
        report.findings().stream().filter(found -> size.shows(most(found.rows()))).toList();
    ValidationReport.Counts all = report.rows();
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("version", version.version());
    described.put("rows", counts(all));
    described.put("findings", shown.stream().map(found -> finding(found, all, size)).toList());
    if (size.isBound()) {
      described.put("minimumGroup", size.least());
      described.put("withheld", report.findings().size() - shown.size());
    }
    if (report.untracked() > 0) {
      described.put("untracked", report.untracked());
    }
    return described;
  }

  private static long most(ValidationReport.Counts counts) {
    return Math.max(counts.lastDay(), counts.dayBefore());
  }

  /** Without the numbers that are too small to be told. */
  private static Map<String, Object> counts(ValidationReport.Counts counts, GroupSize size) {
    Map<String, Object> described = counts(counts);
    described.values().removeIf(count -> !size.shows((long) count));
    return described;
  }

  private static Map<String, Object> counts(ValidationReport.Counts counts) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("lastHour", counts.lastHour());
    described.put("lastDay", counts.lastDay());
    described.put("dayBefore", counts.dayBefore());
    return described;
  }

  private static Map<String, Object> finding(
      ValidationReport.Ranked ranked, ValidationReport.Counts all, GroupSize size) {
    Map<String, Object> described = new LinkedHashMap<>();
    if (!ranked.finding().feature().isEmpty()) {
      described.put("feature", ranked.finding().feature());
    }
    described.put("rule", ranked.finding().rule());
    described.put("kind", YamlNode.written(ranked.finding().kind()));
    described.put("jumped", ranked.jumped());
    described.put("z", Math.round(ranked.z() * 10) / 10.0);
    Map<String, Object> rows = counts(ranked.rows(), size);
    Map<String, @Nullable Object> rates = rates(ranked.rows(), all);
    rates.keySet().retainAll(rows.keySet());
    described.put("rows", rows);
    described.put("rates", rates);
    // An example is a group of one row.
    List<ValidationReport.Example> examples = size.isBound() ? List.of() : ranked.examples();
    described.put("examples", examples.stream().map(ReportDescription::example).toList());
    return described;
  }

  private static Map<String, @Nullable Object> rates(
      ValidationReport.Counts found, ValidationReport.Counts all) {
    Map<String, @Nullable Object> rates = new LinkedHashMap<>();
    rates.put("lastHour", rate(found.lastHour(), all.lastHour()));
    rates.put("lastDay", rate(found.lastDay(), all.lastDay()));
    rates.put("dayBefore", rate(found.dayBefore(), all.dayBefore()));
    return rates;
  }

  /** The share of the rows; null where there were none. */
  private static @Nullable Double rate(long found, long rows) {
    return rows == 0 ? null : Double.valueOf((double) found / rows);
  }

  private static Map<String, Object> example(ValidationReport.Example example) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("at", example.at().toString());
    described.put("pointer", example.pointer());
    described.put("expected", example.expected());
    if (example.received() != null) {
      described.put("received", example.received());
    }
    return described;
  }
}
