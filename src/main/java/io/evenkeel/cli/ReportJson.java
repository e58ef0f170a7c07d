package io.evenkeel.cli;

import io.evenkeel.contract.Mistake;
import io.evenkeel.registry.CheckReport;
import io.evenkeel.registry.CheckReport.Stage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes reports for programs. */
final class ReportJson {
  private ReportJson() {}

  /** One object with a member {@code versions}. */
  static String of(List<CheckReport> reports) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("sound", reports.stream().allMatch(CheckReport::isSound));
    document.put("versions", reports.stream().map(ReportJson::version).toList());
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(document);
  }

  private static Map<String, Object> version(CheckReport report) {
    Map<String, Object> version = new LinkedHashMap<>();
    version.put("model", report.folder().model());
    version.put("version", report.folder().version());
    version.put("sound", report.isSound());
    version.put("stages", report.stages().stream().map(ReportJson::stage).toList());
    return version;
  }

  private static Map<String, Object> stage(Stage found) {
    Map<String, Object> stage = new LinkedHashMap<>();
    stage.put("stage", found.name());
    stage.put("verdict", found.skipped() ? "skipped" : found.isSound() ? "ok" : "mistake");
    stage.put("note", found.note());
    stage.put("mistakes", found.mistakes().stream().map(ReportJson::mistake).toList());
    stage.put("hints", found.hints().stream().map(ReportJson::mistake).toList());
    return stage;
  }

  private static Map<String, Object> mistake(Mistake found) {
    Map<String, Object> mistake = new LinkedHashMap<>();
    mistake.put("file", found.file());
    mistake.put("line", found.line());
    mistake.put("cause", found.cause());
    mistake.put("mend", found.mend());
    return mistake;
  }
}
