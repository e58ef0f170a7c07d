package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DiffCommandTest {
  private static final String OLD =
      """
      schemaVersion: 1.0.0
      features:
        - {name: age, type: number, maximum: 120, unit: years}
        - {name: channel, type: category, values: [branch, web]}
      outputs: {task: regression, value: v}
      """;

  private static final String NARROWED =
      OLD.replace("120", "110").replace("branch, web", "branch, web, phone").replace("v}", "w}");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int diff(String old, String now, String... options) throws IOException {
    Path before = Files.createDirectory(folder.resolve("1"));
    Files.writeString(before.resolve("contract.yaml"), old);
    Path after = folder.resolve("new.yaml");
    Files.writeString(after, now);
    return run("diff", before.toString(), after.toString(), String.join(" ", options));
  }

  private int run(String... arguments) {
    CommandLine commands = CommandLineInterface.commandLine();
    commands.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] given =
        Arrays.stream(arguments).filter(text -> !text.isEmpty()).toArray(String[]::new);
    return commands.execute(given);
  }

  @Test
  void groupsChangesByWhatTheyMeanToClients() throws IOException {
    assertThat(diff(OLD, NARROWED)).isEqualTo(1);
    assertThat(out.toString().lines())
        .containsExactly(
            "Breaks clients (1)",
            "  age      range-narrowed  at most 110, was at most 120",
            "Clients notice, and go on working (1)",
            "  channel  values-widened  also [phone]",
            "Only the model (1)",
            "           output-changed  value from w, was v",
            "schemaVersion stays 1.0.0, but these changes need a major step: make it 2.0.0.");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void isContentWithAMajorStep() throws IOException {
    assertThat(diff(OLD, NARROWED.replace("1.0.0", "2.0.0"))).isZero();
    assertThat(out.toString())
        .contains("schemaVersion went from 1.0.0 to 2.0.0, as these changes need (a major step).");
  }

  @Test
  void saysThatAMinorStepIsMissingWithoutMakingItAFailure() throws IOException {
    assertThat(diff(OLD, OLD.replace("branch, web", "branch, web, phone"))).isZero();
    assertThat(out.toString()).contains("but these changes need a minor step: make it 1.1.0.");
  }

  @Test
  void saysThatNothingChanged() throws IOException {
    assertThat(diff(OLD, OLD)).isZero();
    assertThat(out.toString().strip()).isEqualTo("Nothing changed that a contract says.");
  }

  @Test
  void printsADocumentForMachines() throws IOException {
    assertThat(diff(OLD, NARROWED, "--json")).isEqualTo(1);
    JsonNode document = JsonMapper.shared().readTree(out.toString());
    assertThat(document.get("requiredBump").asString()).isEqualTo("major");
    assertThat(document.get("statedBump").asString()).isEqualTo("none");
    assertThat(document.get("breaksUnannounced").asBoolean()).isTrue();
    assertThat(document.at("/changes/0").toString())
        .isEqualTo(
            "{\"impact\":\"breaking\",\"kind\":\"range-narrowed\",\"feature\":\"age\","
                + "\"words\":\"at most 110, was at most 120\"}");
  }

  @Test
  void comparesBundledVersions() {
    assertThat(run("diff", "models/breast-cancer/1", "models/breast-cancer/2")).isZero();
    assertThat(out.toString())
        .contains("Only the model (31)", "schemaVersion stays 1.0.0, and needs no step.");
  }

  @Test
  void theDocumentationShowsWhatIsPrinted() throws IOException {
    String loans = Files.readString(Path.of("models/loan-default/1/contract.yaml"));
    String shorter =
        loans
            .replace("maximum: 84", "maximum: 60")
            .replace(
                "[rent, mortgage, own]\n    required",
                "[rent, mortgage, own, family]\n    required")
            .replace("{clip: {min: 1, max: 25}}", "{clip: {min: 1, max: 30}}");
    diff(loans, shorter);
    assertThat(Files.readString(Path.of("docs/compatibility.md")))
        .contains("```text\n" + out + "```");
  }

  @Test
  void saysInWhichContractAMistakeIs() throws IOException {
    assertThat(diff(OLD, OLD.replace("number", "nmber"))).isEqualTo(1);
    assertThat(err.toString()).contains("new.yaml:3: `nmber` is no value of `type`");
  }

  @Test
  void asksForAPlaceWhereAContractIs() {
    assertThat(run("diff", folder.toString(), "models/digits/1")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no contract that can be read at");
    assertThat(run("diff", "models/digits/1")).isEqualTo(2);
  }

  @Test
  void teaches() {
    assertThat(run("diff", "--help")).isZero();
    assertThat(out.toString()).contains("Examples:", "Exit codes:", "--json", "OLD", "NEW");
  }
}
