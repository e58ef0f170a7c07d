package io.evenkeel.cli;

import io.evenkeel.audit.Recorded;
import io.evenkeel.audit.log.LogReader;
import io.evenkeel.audit.log.RecordLine;
import io.evenkeel.keyring.KeyFile;
import io.evenkeel.keyring.Keyring;
import io.evenkeel.keyring.SealBrokenException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes records as lines of JSON. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    header = "Writes records of an audit log as lines of JSON.",
    description = {
      "",
      "Without --keys each line is as it stands in the log, so that it can be verified elsewhere. With "
          + "--keys, values that were kept are opened in their place; `\"erased\"` stands for those that "
          + "were erased, `\"sealed\"` for those that the keys don't open.",
      "",
    })
final class AuditExportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "<folder>", description = "The log's folder, evenkeel.audit.path.")
  private Path folder;

  @Mixin private AuditFilter filter;

  @Option(
      names = "--keys",
      paramLabel = "<file>",
      description = "The file of keys, evenkeel.keyring.file, to open values with.")
  private Path keys;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Keyring ring = keys == null ? null : new Keyring(new KeyFile(keys));
    LogReader.read(
        folder,
        ring,
        (record, dataKeys) -> {
          JsonNode json = record.json();
          if (filter.test(json)) {
            out.println(ring == null ? record.text() : opened(record, json, dataKeys));
          }
          return !out.checkError();
        });
    out.flush();
    return ExitCode.OK;
  }

  private static String opened(RecordLine record, JsonNode json, LogReader.Keys dataKeys) {
    if (json.has("values") && json instanceof ObjectNode object) {
      try {
        JsonNode values = Recorded.values(record, json, dataKeys);
        if (values == null) {
          object.put("values", "erased");
        } else {
          object.set("values", values);
        }
      } catch (SealBrokenException e) {
        object.put("values", "sealed");
      }
    }
    return json.toString();
  }
}
