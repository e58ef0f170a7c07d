package io.evenkeel.registry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.contract.Mistake;
import io.evenkeel.registry.ModelVersion.State;
import io.evenkeel.registry.artifact.Manifest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Breaks a copy of a bundled version in one way at a time: it must fail, and say where, why and how
 * to mend it.
 */
class CorruptFolderTest {
  private static final String CONTRACT = "contract.yaml";
  private static final String GOLDEN = ModelFolder.GOLDEN;
  private static final String GRAPH = ModelFolder.GRAPH;
  private static final int SOME_LINE = -1;

  @TempDir private Path root;

  @ParameterizedTest(name = "{0}")
  @MethodSource({"brokenFiles", "brokenContracts", "misfits", "brokenExamples", "brokenGraphs"})
  void failsAndSaysWhy(
      String name, Consumer<ScratchVersion> damage, String file, int line, String cause) {
    ScratchModels models = new ScratchModels(root);
    damage.accept(models.copy("diabetes/1", "diabetes/1"));
    try (ModelRegistry registry = models.loaded()) {
      ModelVersion version = requireNonNull(registry.find("diabetes", "1"));
      assertThat(version.state()).isEqualTo(State.FAILED);
      assertThat(version.servable()).isNull();
      assertThat(version.mistakes()).isNotEmpty().allSatisfy(CorruptFolderTest::requireTellable);
      Mistake first = version.mistakes().getFirst();
      assertThat(first.file()).as(first.toString()).isEqualTo(file);
      assertThat(first.cause()).as(first.toString()).contains(cause);
      if (line == SOME_LINE) {
        assertThat(first.line()).as(first.toString()).isPositive();
      } else {
        assertThat(first.line()).as(first.toString()).isEqualTo(line);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"brokenFiles", "brokenContracts", "misfits", "brokenExamples", "brokenGraphs"})
  void checkFindsWhatLoadingFinds(
      String name, Consumer<ScratchVersion> damage, String file, int line, String cause) {
    ScratchModels models = new ScratchModels(root);
    ScratchVersion damaged = models.copy("diabetes/1", "diabetes/1");
    damage.accept(damaged);
    CheckReport report =
        ScratchModels.newCheck()
            .check(ModelFolder.of(damaged.folder()), FolderCheck.Sealing.VERIFY);

    try (ModelRegistry registry = models.loaded()) {
      ModelVersion version = requireNonNull(registry.find("diabetes", "1"));
      assertThat(report.mistakes()).containsAll(version.mistakes());
    }
    assertThat(report.mistakes()).allSatisfy(CorruptFolderTest::requireTellable);
    assertThat(report.isSound()).isFalse();
  }

  private static void requireTellable(Mistake mistake) {
    assertThat(mistake.mend()).isNotBlank();
    assertThat(mistake.cause())
        .isNotBlank()
        .doesNotContain("Exception", "defect in Evenkeel", "java.", "/tmp");
  }

  static Stream<Arguments> brokenFiles() {
    return Stream.of(
        broken("a changed file", v -> v.write("card.yaml", "a: b\n"), "card.yaml", 0, "SHA-256"),
        broken("no manifest", v -> v.delete(Manifest.NAME), Manifest.NAME, 0, "missing"),
        broken(
            "a manifest that is cut",
            v -> v.write(Manifest.NAME, "{\"files\": {\n"),
            Manifest.NAME,
            SOME_LINE,
            "not valid JSON"),
        broken(
            "a manifest without files",
            v -> v.write(Manifest.NAME, "[]"),
            Manifest.NAME,
            0,
            "files"),
        broken("an empty manifest", v -> v.write(Manifest.NAME, ""), Manifest.NAME, 0, ""),
        broken(
            "an unlisted file",
            v -> v.write("notes.txt", "hello"),
            Manifest.NAME,
            0,
            "`notes.txt` is not listed"),
        broken("a missing file", v -> v.delete("card.yaml"), "card.yaml", 0, "missing"),
        broken("no contract", v -> v.delete(CONTRACT).seal(), CONTRACT, 0, "missing"),
        broken("no examples", v -> v.delete(GOLDEN).seal(), GOLDEN, 0, "missing"),
        broken("no graph", v -> v.delete(GRAPH).seal(), GRAPH, 0, "missing"),
        sealed("a broken card", "card.yaml", "a: [b", SOME_LINE, "not valid YAML"));
  }

  static Stream<Arguments> brokenContracts() {
    return Stream.of(
        sealed("an empty contract", CONTRACT, "", 0, "empty"),
        sealed("a contract that is a list", CONTRACT, "- a\n", 1, "mapping"),
        sealed("a contract that is no YAML", CONTRACT, "a: b\n\tc: d\n", 2, "not valid YAML"),
        sealed("a contract of zeros", CONTRACT, "\0\0\0", 0, "not valid YAML"),
        edited("an unknown key", CONTRACT, "outputs:", "output:", SOME_LINE, "output"),
        edited(
            "a key twice", CONTRACT, "outputs:", "features: []\noutputs:", SOME_LINE, "features"),
        edited("an unknown type", CONTRACT, "type: category", "type: enum", SOME_LINE, "enum"),
        edited(
            "a fallback to itself",
            CONTRACT,
            "outputs:",
            "degradation: [{fallback: {version: '1'}}]\noutputs:",
            SOME_LINE,
            "falls back to itself"),
        edited("a feature twice", CONTRACT, "name: bmi", "name: age", SOME_LINE, "age"),
        edited("bounds that cross", CONTRACT, "minimum: 18", "minimum: 180", SOME_LINE, ""),
        edited(
            "an example out of range", CONTRACT, "example: 50.0", "example: 5.0", SOME_LINE, ""));
  }

  static Stream<Arguments> misfits() {
    return Stream.of(
        edited("an unknown tensor", CONTRACT, "tensor: X", "tensor: Y", SOME_LINE, "Y"),
        edited(
            "a missing column",
            CONTRACT,
            "features: [age, bmi,",
            "features: [age,",
            SOME_LINE,
            "column"),
        edited(
            "a column too many",
            CONTRACT,
            "features: [age, bmi,",
            "features: [age, age, bmi,",
            SOME_LINE,
            "column"),
        edited("an unknown output", CONTRACT, "value: ", "value: no_such_", SOME_LINE, "no_such_"),
        edited(
            "another task",
            CONTRACT,
            "task: regression\n  value: ",
            "task: classification\n  labels: [a, b, c]\n  probabilities: ",
            SOME_LINE,
            ""),
        broken("too few labels", v -> labels(v, "[malignant]"), CONTRACT, SOME_LINE, "label"),
        broken(
            "too many labels",
            v -> labels(v, "[malignant, benign, unsure]"),
            CONTRACT,
            SOME_LINE,
            "label"));
  }

  static Stream<Arguments> brokenExamples() {
    return Stream.of(
        edited("another answer", GOLDEN, "\"value\": 87.0", "\"value\": 88.0", 1, "not reproduced"),
        edited(
            "a text for an answer",
            GOLDEN,
            "\"value\": 87",
            "\"value\": \"87\", \"x\": 87",
            1,
            "not reproduced"),
        edited("another member", GOLDEN, "\"value\": 87", "\"label\": 87", 1, "not reproduced"),
        edited(
            "an instance out of range",
            GOLDEN,
            "\"age\": 49.0",
            "\"age\": 490.0",
            1,
            "/instance/age"),
        edited(
            "no instance",
            GOLDEN,
            "{\"instance\": {\"age\": 49.0",
            "{\"row\": {\"age\": 49.0",
            1,
            "/instance"),
        edited(
            "no prediction",
            GOLDEN,
            "\"prediction\": {\"value\": 87",
            "\"p\": {\"value\": 87",
            1,
            "prediction"),
        sealed("examples that are cut", GOLDEN, "{\"instance\":\n", 1, "not valid JSON"),
        sealed("no example", GOLDEN, "\n\n", 0, "no golden examples"),
        sealed("an empty file of examples", GOLDEN, "", 0, "no golden examples"));
  }

  static Stream<Arguments> brokenGraphs() {
    return Stream.of(
        broken(
            "a cut graph",
            v -> v.write(GRAPH, Arrays.copyOf(v.read(GRAPH), v.read(GRAPH).length / 2)).seal(),
            GRAPH,
            0,
            "can't be loaded"),
        sealed("garbage for a graph", GRAPH, "garbage", 0, "can't be loaded"),
        sealed("an empty graph", GRAPH, "", 0, ""));
  }

  private static Arguments broken(
      String name, Consumer<ScratchVersion> damage, String file, int line, String cause) {
    return Arguments.of(name, damage, file, line, cause);
  }

  /** A file with another content, and a manifest that agrees. */
  private static Arguments sealed(String name, String file, String text, int line, String cause) {
    return broken(name, version -> version.write(file, text).seal(), file, line, cause);
  }

  /** A file with one text replaced, and a manifest that agrees. */
  private static Arguments edited(
      String name, String file, String found, String replacement, int line, String cause) {
    return broken(
        name, version -> version.replace(file, found, replacement).seal(), file, line, cause);
  }

  /** Makes a classifier of two classes of the version, with other labels. */
  private static ScratchVersion labels(ScratchVersion version, String labels) {
    for (String file : new String[] {CONTRACT, GOLDEN, GRAPH}) {
      version.write(file, new ScratchVersion(Path.of("models/breast-cancer/1")).read(file));
    }
    return version.replace(CONTRACT, "[malignant, benign]", labels).seal();
  }
}
