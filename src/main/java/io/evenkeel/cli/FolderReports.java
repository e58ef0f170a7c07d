package io.evenkeel.cli;

import io.evenkeel.registry.CheckReport;
import io.evenkeel.registry.ModelFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

/** Looks at each version that a path means, and tells what was found as it is found. */
final class FolderReports {
  private FolderReports() {}

  /**
   * @param verdict what a sound folder can be, in words
   * @param json whether all is told as one document in the end
   * @return the command's exit code
   */
  static int tell(
      CommandSpec spec,
      Path path,
      String verdict,
      boolean json,
      Function<ModelFolder, CheckReport> look) {
    PrintWriter out = spec.commandLine().getOut();
    ReportText text = new ReportText(out, spec.commandLine().getColorScheme().ansi(), verdict);
    List<CheckReport> reports = new ArrayList<>();
    for (ModelFolder found : ModelFolder.find(path)) {
      CheckReport report = look.apply(found);
      reports.add(report);
      if (!json) {
        text.write(report);
      }
    }
    if (json) {
      out.println(ReportJson.of(reports));
    } else {
      text.summarize(reports);
    }
    out.flush();
    return reports.stream().allMatch(CheckReport::isSound) ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
