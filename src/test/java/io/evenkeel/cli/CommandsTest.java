package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CommandsTest {
  private static final String LOANS = "models/loan-default/1";

  @TempDir Path folder;

  /** What a command left behind. */
  private record Result(int exit, String out, String error) {}

  private static Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter error = new StringWriter();
    CommandLine commands =
        CommandLineInterface.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(error));
    int exit = commands.execute(arguments);
    return new Result(exit, out.toString(), error.toString());
  }

  @Test
  void generatedRowsGoThroughAReplay() throws IOException {
    Path rows = folder.resolve("rows.jsonl");

    Result generated =
        run("generate", LOANS, "--rows", "400", "--invalid", "10%", "--out", rows.toString());
    Result replayed = run("replay", LOANS, rows.toString(), "--against", LOANS);

    assertThat(generated).isEqualTo(new Result(0, "", ""));
    try (Stream<String> lines = Files.lines(rows)) {
      assertThat(lines.filter(line -> line.contains("\"breaks\"")).count()).isBetween(15L, 65L);
    }
    assertThat(replayed.exit()).isZero();
    assertThat(replayed.error()).isEmpty();
    assertThat(replayed.out())
        .contains("400 rows of rows.jsonl", "The predictions are the same.", "PASSED");
  }

  @Test
  void writesRowsToTheStandardOutput() {
    Result first = run("generate", LOANS, "--rows", "3", "--seed", "5");

    assertThat(first.out().lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("{\"instance\": {"));
    assertThat(run("generate", LOANS, "--rows", "3", "--seed", "5")).isEqualTo(first);
  }

  @Test
  void printsTheReportAsJson() throws IOException {
    Result result = run("replay", LOANS, LOANS + "/golden.jsonl", "--json");

    JsonNode report = JsonMapper.shared().readTree(result.out());
    assertThat(result.exit()).isZero();
    assertThat(report.path("baseline").asString()).isEqualTo("RECORDED");
    assertThat(report.path("differences").path("differing").asInt(-1)).isZero();
    assertThat(report.path("candidate").path("latency").path("runAlone").path("p50").asDouble())
        .isPositive();
  }

  @Test
  void writesAPageThatNeedsNothingElseAndTrustsNoData() throws IOException {
    Path data = folder.resolve("data.jsonl");
    Path page = folder.resolve("report.html");
    String golden = Files.readAllLines(Path.of(LOANS, "golden.jsonl")).getFirst();
    String hostile = golden.replace("hairdresser", "<script>alert(1)</script>");
    Files.writeString(data, golden + "\n" + hostile + "\n");

    Result result = run("replay", LOANS, data.toString(), "--out", page.toString());

    assertThat(result.exit()).as("a row that was answered before is refused").isEqualTo(1);
    assertThat(Files.readString(page))
        .contains("<svg", "job_title", "&lt;script&gt;alert(1)")
        .doesNotContain("<script", "http:", "https:", "src=", "@import", "url(");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generate models/loan-default/1 --invalid 120%",
        "generate models/loan-default/1 --invalid 60% --boundary 60%",
        "generate models/loan-default/1 --drift income",
        "generate models/loan-default/1 --drift incom=+1sd",
        "generate models/loan-default/1 --drift purpose=+1sd",
        "generate models/loan-default/1 --drift purpose:boat=+0.1",
        "generate models/loan-default/1 --drift amount:missing=+0.1",
        "replay models/loan-default/1 no-such-file.jsonl",
        "replay models/loan-default/1",
        "replay models/loan-default/1 README.csv --max-disagreement x",
      })
  void aCommandLineThatIsNotRightExitsWithTwo(String arguments) {
    Result result = run(arguments.split(" ", -1));

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.error()).isNotBlank().doesNotContain("\tat ");
  }

  @Test
  void aFolderThatIsNoneExitsWithOneAndSaysHowToMendIt() {
    Result result = run("generate", "models");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.error()).contains("contract.yaml", "Mend: ").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"generate", "replay"})
  void helpTeaches(String command) {
    Result result = run(command, "--help");

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .contains("Usage: evenkeel " + command, "Example", "models/loan-default");
  }
}
