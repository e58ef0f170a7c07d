package io.evenkeel.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.contract.Mistake;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.registry.CheckReport.Stage;
import io.evenkeel.registry.FolderCheck.Sealing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found beside what loading finds, and how far one mistake hides another. */
class FolderCheckTest {
  private static final String REGRESSION =
      """
      schemaVersion: 1.0.0
      description: A number
      features:
        - {name: x, type: number, example: 1}
      outputs: {task: regression, value: value}
      """;
  private static final String CARD = "card.yaml";
  private static final String CONTRACT = "contract.yaml";

  @TempDir private Path root;

  private final FolderCheck check = ScratchModels.newCheck();

  @Test
  void findsNothingInBundledVersions() {
    List<ModelFolder> folders = ModelFolder.find(Path.of("models"));

    assertThat(folders)
        .hasSize(5)
        .allSatisfy(folder -> {
          CheckReport report = check.check(folder, Sealing.VERIFY);
          assertThat(report.mistakes()).isEmpty();
          assertThat(report.hints()).isEmpty();
          assertThat(report.isSound()).isTrue();
        });
  }

  @Test
  void tellsMistakesOfAllStagesAtOnce() {
    ScratchVersion version =
        copy()
            .replace(CONTRACT, "type: category", "type: enum")
            .replace(CARD, "owner: Evenkeel maintainers", "owner: ''")
            .write("model.onnx", "garbage")
            .write("reference.json", "{\n  \"features\": {\n");
    CheckReport report = checked(version);

    assertThat(report.mistakes())
        .extracting(Mistake::file)
        .contains(CONTRACT, CARD, "model.onnx", "reference.json");
    assertThat(report.stages())
        .filteredOn(Stage::skipped)
        .extracting(Stage::name)
        .containsExactly("fit", "golden", "batches");
  }

  @Test
  void tellsMisfitsOfInputsAndOutputsTogether() {
    CheckReport report =
        checked(
            copy()
                .replace(CONTRACT, "tensor: X", "tensor: Y")
                .replace(CONTRACT, "value: value", "value: nothing"));

    assertThat(causes(stage(report, "fit"))).anyMatch(cause -> cause.contains("input `Y`"));
    assertThat(causes(stage(report, "fit"))).anyMatch(cause -> cause.contains("'nothing'"));
  }

  @Test
  void refusesWhatIsStillToBeFilledIn() {
    ScratchVersion version =
        copy()
            .replace(CARD, "owner: Evenkeel maintainers", "owner: 'TODO: say who answers for it'")
            .replace(CONTRACT, "\ndescription: ", "\ndescription: TODO\nx-description: ");
    CheckReport report = checked(version.replace(CONTRACT, "x-description", "# description"));

    assertThat(report.mistakes())
        .contains(
            new Mistake(CARD, 5, "`owner` is still to be filled in", "say who answers for it"),
            new Mistake(CONTRACT, 3, "`description` is still to be filled in", "write it"));
  }

  @Test
  void allowsWordsThatOnlyBeginLikeAPlaceholder() {
    CheckReport report =
        checked(copy().replace(CARD, "owner: Evenkeel maintainers", "owner: TODOROV Ltd").seal());

    assertThat(report.isSound()).as(report.mistakes().toString()).isTrue();
  }

  @Test
  void wantsEachNeededMemberOfACard() {
    CheckReport report = checked(copy().write(CARD, "summary: Guesses\nlimits: []\n"));

    assertThat(causes(stage(report, "card")))
        .contains("the member `owner` is missing", "`limits` is empty")
        .doesNotContain("the member `summary` is missing");
  }

  @Test
  void holdsTheReferenceAgainstTheFeatures() {
    CheckReport report =
        checked(
            copy()
                .replace(
                    "reference.json",
                    "\"age\": {\"kind\": \"numeric\"",
                    "\"age\": {\"kind\": \"categorical\", \"missing\": 0, \"categories\": {\"a\": 1}, \"other\": 0}, \"old\": {\"kind\": \"numeric\"")
                .replace("reference.json", "\"bmi\": {", "\"mass\": {"));

    assertThat(causes(stage(report, "reference")))
        .contains(
            "the sketch of `age` doesn't fit the feature's type",
            "the feature `bmi` has no sketch",
            "the contract has no feature `old`",
            "the contract has no feature `mass`");
  }

  @Test
  void hintsAtWhatIsNotNeededToServe() {
    CheckReport report =
        checked(
            new ScratchModels(root)
                .make(
                    "doubling/1",
                    "poison",
                    REGRESSION.replace(", example: 1", ""),
                    "{\"instance\": {\"x\": 4}, \"prediction\": {\"value\": 8}, \"from\": \"graph\"}\n"));

    assertThat(report.isSound()).as(report.mistakes().toString()).isTrue();
    assertThat(report.hints())
        .extracting(Mistake::file)
        .containsExactlyInAnyOrder("golden.jsonl", CONTRACT, CARD, "reference.json");
  }

  @Test
  void findsAnAnswerThatDependsOnItsCompany() {
    CheckReport report =
        checked(
            new ScratchModels(root)
                .make(
                    "mingling/1",
                    "mingling",
                    REGRESSION,
                    """
                    {"instance": {"x": 1}, "prediction": {"value": 0}}
                    {"instance": {"x": 2}, "prediction": {"value": 0}}
                    """));

    assertThat(causes(stage(report, "batches")))
        .isNotEmpty()
        .allMatch(cause -> cause.contains("another answer than alone"));
  }

  @Test
  void findsAGraphThatTakesOneRowOnly() {
    CheckReport report =
        checked(
            new ScratchModels(root)
                .make(
                    "single/1",
                    "single",
                    REGRESSION,
                    "{\"instance\": {\"x\": 1}, \"prediction\": {\"value\": 1}}\n"));

    assertThat(stage(report, "golden").isSound()).isTrue();
    assertThat(causes(stage(report, "batches")))
        .hasSize(5)
        .first()
        .asString()
        .contains("fails on 2 rows at once");
  }

  @Test
  void writesTheManifestOnlyIfAllElseIsWell() {
    ScratchVersion version = copy().delete("manifest.json");
    ModelFolder folder = ModelFolder.of(version.folder());
    version.replace(CARD, "owner: Evenkeel maintainers", "owner: TODO");

    assertThat(check.check(folder, Sealing.WRITE).isSound()).isFalse();
    assertThat(version.folder().resolve("manifest.json")).doesNotExist();

    version.replace(CARD, "owner: TODO", "owner: Us");
    assertThat(check.check(folder, Sealing.WRITE).isSound()).isTrue();
    assertThat(check.check(folder, Sealing.VERIFY).isSound()).isTrue();
  }

  @Test
  void refusesAFolderThatAServerWouldPassOver() {
    ScratchVersion version = new ScratchModels(root).copy("diabetes/1", "Diabetes/first");

    assertThat(causes(stage(checked(version), "folder")))
        .singleElement()
        .asString()
        .contains("`Diabetes/first`");
  }

  @Test
  void findsVersionsBelowAModelAndBelowAllModels() throws Exception {
    ScratchModels models = new ScratchModels(root);
    models.copy("breast-cancer/1", "b/1");
    models.copy("breast-cancer/2", "b/2");
    models.copy("diabetes/1", "d/1");
    Path empty = Files.createDirectory(root.resolve("empty"));

    assertThat(ModelFolder.find(root.resolve("b/2"))).hasSize(1);
    assertThat(ModelFolder.find(root.resolve("b")))
        .extracting(ModelFolder::version)
        .containsExactly("1", "2");
    assertThat(ModelFolder.find(root))
        .extracting(ModelFolder::model)
        .containsExactly("b", "b", "d");
    assertThatThrownBy(() -> ModelFolder.find(empty))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("no model's version");
    assertThatThrownBy(() -> ModelFolder.find(root.resolve("nowhere")))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("no such folder");
  }

  @Test
  void takesProbabilitiesAsAListInTheOrderOfTheLabels() {
    ScratchVersion version = new ScratchModels(root).copy("breast-cancer/1", "b/1");
    String line =
        new String(version.read("golden.jsonl"), StandardCharsets.UTF_8)
            .lines()
            .findFirst()
            .orElseThrow();
    String listed =
        line.replaceFirst("\"label\": \"\\w+\", ", "")
            .replaceFirst("\\{\"malignant\": ([^,]+), \"benign\": ([^}]+)}", "[$1, $2]");
    String swapped = listed.replaceFirst("\\[([^,]+), ([^]]+)]", "[$2, $1]");

    assertThat(checked(version.write("golden.jsonl", listed).seal()).isSound()).isTrue();
    assertThat(causes(stage(checked(version.write("golden.jsonl", swapped).seal()), "golden")))
        .singleElement()
        .asString()
        .contains("probabilities/0 should be");
  }

  private ScratchVersion copy() {
    return new ScratchModels(root).copy("diabetes/1", "diabetes/1");
  }

  private CheckReport checked(ScratchVersion version) {
    return check.check(ModelFolder.of(version.folder()), Sealing.VERIFY);
  }

  private static Stage stage(CheckReport report, String name) {
    return report.stages().stream()
        .filter(stage -> stage.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> causes(Stage stage) {
    return stage.mistakes().stream().map(Mistake::cause).toList();
  }
}
