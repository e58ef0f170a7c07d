package io.evenkeel.registry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.contract.Enforcement;
import io.evenkeel.contract.Mistake;
import io.evenkeel.contract.RuleFlags;
import io.evenkeel.registry.LiveRules.Reload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class LiveRulesTest {
  private static final String HEAD = "rules:\n";
  private static final String AGE_LINE =
      "  - {model: loan-default, version: \"1\", feature: amount, rule: maximum, mode: monitored}\n";
  private static final RuleFlags.Key AMOUNT = new RuleFlags.Key("amount", "maximum");

  @TempDir private Path models;
  @TempDir private Path folder;
  private ModelRegistry registry;
  private LiveRules rules;

  @BeforeAll
  void load(@TempDir Path shared) {
    models = shared;
    ScratchModels scratch = new ScratchModels(shared);
    scratch.copy("loan-default/1", "loan-default/1");
    scratch
        .copy("loan-default/1", "loan-default/2")
        .replace("contract.yaml", "maximum: 75000", "maximum: 80000")
        .seal();
    scratch.copy("loan-default/1", "loan-default/3").write("golden.jsonl", "");
    scratch.makeDoubling("m/1");
    registry = scratch.loaded();
  }

  @AfterAll
  void close() {
    registry.close();
  }

  @BeforeEach
  void startAnew() throws IOException {
    Files.deleteIfExists(models.resolve("rules.yaml"));
    rules = new LiveRules(registry, models);
    rules.refresh();
  }

  private Servable servable(String model, String version) {
    return requireNonNull(requireNonNull(registry.find(model, version)).servable());
  }

  private Map<RuleFlags.Key, Enforcement> flags(String model, String version) {
    return servable(model, version).flags().flags();
  }

  private Reload refresh(String text) throws IOException {
    Files.writeString(models.resolve("rules.yaml"), text);
    return rules.refresh();
  }

  @Test
  void enforcesEverythingWithoutAFile() {
    assertThat(flags("loan-default", "1")).isEmpty();
    assertThat(rules.mistakes()).isEmpty();
    assertThat(rules.refresh()).isEqualTo(Reload.UNCHANGED);
  }

  @Test
  void switchesOneVersion() throws IOException {
    assertThat(refresh(HEAD + AGE_LINE)).isEqualTo(Reload.APPLIED);
    assertThat(flags("loan-default", "1")).isEqualTo(Map.of(AMOUNT, Enforcement.MONITORED));
    assertThat(flags("loan-default", "2")).isEmpty();
    assertThat(rules.refresh()).isEqualTo(Reload.UNCHANGED);
    Servable servable = servable("loan-default", "1");
    assertThat(servable.reader().flags()).isEqualTo(servable.flags());
    assertThat(servable.contract().features().getFirst().bounds().maximum()).isEqualTo(75000);
    assertThat(servable.contractInForce().features().getFirst().bounds().maximum())
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void switchesAllVersionsAndOneOfThemOtherwise() throws IOException {
    refresh(
        HEAD
            + "  - {model: loan-default, version: 2, feature: amount, rule: maximum, mode: enforced}\n"
            + "  - {model: loan-default, feature: amount, rule: maximum, mode: warned}\n"
            + "  - {model: loan-default, rule: unknownFeature, mode: off}\n");
    RuleFlags.Key unknown = new RuleFlags.Key("", "unknownFeature");
    assertThat(flags("loan-default", "1"))
        .isEqualTo(Map.of(AMOUNT, Enforcement.WARNED, unknown, Enforcement.OFF));
    assertThat(flags("loan-default", "2")).isEqualTo(Map.of(unknown, Enforcement.OFF));
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "\"off\"", "'off'", "false"})
  void takesOffAsYamlHasIt(String off) throws IOException {
    refresh(HEAD + AGE_LINE.replace("monitored", off));
    assertThat(flags("loan-default", "1")).isEqualTo(Map.of(AMOUNT, Enforcement.OFF));
  }

  @Test
  void enforcesEverythingAgainWhenTheFileIsGone() throws IOException {
    refresh(HEAD + AGE_LINE);
    Files.delete(models.resolve("rules.yaml"));
    assertThat(rules.refresh()).isEqualTo(Reload.APPLIED);
    assertThat(flags("loan-default", "1")).isEmpty();
  }

  @Test
  void followsALinkThatIsTurnedToAnotherFolder() throws IOException {
    Path first = Files.createDirectory(folder.resolve("first"));
    Path second = Files.createDirectory(folder.resolve("second"));
    Files.writeString(first.resolve("rules.yaml"), HEAD + AGE_LINE);
    Files.writeString(second.resolve("rules.yaml"), "rules: []\n");
    Path data = Files.createSymbolicLink(folder.resolve("data"), first);
    Files.createSymbolicLink(models.resolve("rules.yaml"), data.resolve("rules.yaml"));
    rules.refresh();
    assertThat(flags("loan-default", "1")).containsKey(AMOUNT);
    Path turned = Files.createSymbolicLink(folder.resolve("turned"), second);
    Files.move(turned, data, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    assertThat(rules.refresh()).isEqualTo(Reload.APPLIED);
    assertThat(flags("loan-default", "1")).isEmpty();
  }

  /** What is wrong with the line after the head, then words of the mistake. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "- {model: loan-defualt, feature: amount, rule: maximum, mode: off} | no model `loan-defualt`. Mend: did you mean `loan-default`",
        "- {model: loan-default, version: 9, feature: amount, rule: maximum, mode: off} | the model `loan-default` has no version `9`. Mend: use one of [1, 2, 3]",
        "- {model: loan-default, feature: amonut, rule: maximum, mode: off} | the model `loan-default` has no feature `amonut`. Mend: did you mean `amount`",
        "- {model: loan-default, feature: amount, rule: pattern, mode: off} | no rule `pattern` of `amount`",
        "- {model: loan-default, feature: amount, rule: pattern, mode: off} | use one it has: maximum, minimum, nullable, required",
        "- {model: loan-default, feature: amount, rule: maximun, mode: off} | did you mean `maximum`",
        "- {model: loan-default, feature: amount, rule: type, mode: off} | `type` is no rule that can be switched",
        "- {model: loan-default, feature: amount, rule: maximum, mode: ignored} | use one of enforced, warned, monitored, off",
        "- {model: loan-default, feature: amount, rule: maximum} | `mode` is missing",
        "- {model: loan-default, feature: amount, mode: off} | `rule` is missing",
        "- {model: loan-default, rule: maximum, mode: off} | `feature` is missing",
        "- {feature: amount, rule: maximum, mode: off} | `model` is missing",
        "- {model: loan-default, feature: amount, rule: unknownFeature, mode: off} | drop `feature`",
        "- {model: loan-default, feature: amount, rule: maximum, mode: off, note: x} | `note` is unknown here",
        "- {model: loan-default, feature: amount, rule: minimum, mode: off} | inputs can't take: contract.yaml:",
        "- {model: loan-default, feature: amount, rule: minimum, mode: off} | `log1p` could meet a value of -1 or below",
        "- {model: loan-default, feature: amount, rule: required, mode: monitored} | `amount` can be missing",
        "- {model: m, feature: x, rule: maximum, mode: off} | no rule `maximum` of `x`",
        "- loan-default | expected a rule",
      })
  void saysWhatIsWrongWithALine(String line, String words) throws IOException {
    assertThat(refresh(HEAD + line + "\n")).isEqualTo(Reload.REFUSED);
    assertThat(rules.mistakes()).extracting(Mistake::file).containsOnly("rules.yaml");
    assertThat(rules.mistakes()).extracting(Mistake::line).containsOnly(2);
    assertThat(rules.mistakes()).anySatisfy(found -> assertThat(found + "").contains(words));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                     | empty",
        "rules: {}              | expected a list",
        "rulez: []              | did you mean `rules`",
        "rules: [               | not valid YAML",
        "- model                | no mapping",
      })
  void saysWhatIsWrongWithTheFile(String text, String words) throws IOException {
    assertThat(refresh(text)).isEqualTo(Reload.REFUSED);
    assertThat(rules.mistakes()).anySatisfy(found -> assertThat(found + "").contains(words));
  }

  @Test
  void saysThatTheFileIsNoText() throws IOException {
    Files.write(models.resolve("rules.yaml"), new byte[] {(byte) 0xC3, '('});
    assertThat(rules.refresh()).isEqualTo(Reload.REFUSED);
    assertThat(rules.mistakes().getFirst().cause()).contains("UTF-8");
  }

  @Test
  void saysThatTheFileIsAFolder() throws IOException {
    Files.createDirectory(models.resolve("rules.yaml"));
    assertThat(rules.refresh()).isEqualTo(Reload.REFUSED);
    assertThat(rules.mistakes().getFirst().cause()).contains("can't be read");
  }

  @Test
  void refusesALineThatStandsTwice() throws IOException {
    assertThat(refresh(HEAD + AGE_LINE + AGE_LINE.replace("monitored", "off")))
        .isEqualTo(Reload.REFUSED);
    assertThat(rules.mistakes().getFirst().line()).isEqualTo(3);
    assertThat(rules.mistakes().getFirst().cause()).contains("line 2");
  }

  @Test
  void refusesOnlyTheLineThatTheModelCantBear() throws IOException {
    refresh(
        HEAD
            + AGE_LINE
            + "  - {model: loan-default, feature: income, rule: minimum, mode: monitored}\n");
    assertThat(rules.mistakes()).extracting(Mistake::line).containsOnly(3);
    assertThat(rules.mistakes()).hasSize(2);
  }

  @Test
  void changesNothingByAWrongFileAndSaysSoOnce(CapturedOutput output) throws IOException {
    refresh(HEAD + AGE_LINE);
    String wrong =
        HEAD
            + AGE_LINE.replace("monitored", "off")
            + "  - {model: nobody, feature: x, rule: maximum, mode: off}\n";
    assertThat(refresh(wrong)).isEqualTo(Reload.REFUSED);
    assertThat(rules.refresh()).isEqualTo(Reload.UNCHANGED);
    assertThat(flags("loan-default", "1")).isEqualTo(Map.of(AMOUNT, Enforcement.MONITORED));
    assertThat(output.getAll().split("no model `nobody`", -1)).hasSize(2);
    assertThat(refresh(HEAD + AGE_LINE)).isEqualTo(Reload.APPLIED);
    assertThat(rules.mistakes()).isEmpty();
  }

  @Test
  void saysInTheLogWhatChanges(CapturedOutput output) throws IOException {
    refresh(HEAD + AGE_LINE);
    refresh(HEAD + AGE_LINE.replace("monitored", "warned"));
    assertThat(output.getAll())
        .contains(
            "Rule maximum of feature amount in model loan-default 1 is monitored now; it was"
                + " enforced",
            "is warned now; it was monitored");
  }

  @Test
  void passesOverAVersionThatDoesNotServe() throws IOException {
    assertThat(refresh(HEAD + AGE_LINE.replace("\"1\"", "3"))).isEqualTo(Reload.APPLIED);
  }
}
