package io.evenkeel.cli;

import io.evenkeel.audit.log.LogReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Shows records for people. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    header = "Shows records of an audit log, one a line.",
    description = {"", "Doesn't verify them.", ""})
final class AuditShowCommand implements Callable<Integer> {
  private static final Set<String> FIRST = Set.of("seq", "at", "kind");
  private static final Set<String> LEFT_OUT = Set.of("prev", "hash", "values", "signature");

  @Parameters(paramLabel = "<folder>", description = "The log's folder, evenkeel.audit.path.")
  private Path folder;

  @Mixin private AuditFilter filter;

  @Option(names = "--limit", paramLabel = "100", description = "Show so many at most.")
  private int limit = 100;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    AtomicInteger shown = new AtomicInteger();
    LogReader.read(
        folder,
        null,
        (record, keys) -> {
          JsonNode json = record.json();
          if (filter.test(json)) {
            out.println(line(json));
            return shown.incrementAndGet() < limit;
          }
          return true;
        });
    if (shown.get() == limit) {
      out.println("… (--limit shows more)");
    }
    out.flush();
    return ExitCode.OK;
  }

  private static String line(JsonNode json) {
    return "%d  %s  %s  "
            .formatted(
                json.path("seq").asLong(0),
                json.path("at").asString(""),
                json.path("kind").asString(""))
        + json.propertyStream()
            .filter(
                member -> !FIRST.contains(member.getKey()) && !LEFT_OUT.contains(member.getKey()))
            .map(AuditShowCommand::member)
            .collect(Collectors.joining(" "));
  }

  private static String member(Map.Entry<String, JsonNode> member) {
    JsonNode value = member.getValue();
    return member.getKey() + "=" + (value.isString() ? value.stringValue() : value.toString());
  }
}
