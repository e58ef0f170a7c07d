package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Drafts folders from graphs that no bundled model has, and does what is asked for. */
class InitCommandTest {
  private static final Path DRAFT = Path.of("src/test/resources/draft");
  private static final Path GRAPHS = Path.of("src/test/resources/graphs");

  @TempDir private Path root;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "draft/wine.onnx --data wine.csv --label cultivar",
        "draft/wine.onnx",
        "draft/visits.onnx --data visits.csv --label outcome --label member --label came",
        "draft/visits.onnx",
        "graphs/zipmap.onnx",
        "graphs/zipmap_int.onnx",
        "graphs/types.onnx",
        "graphs/poison.onnx",
        "graphs/tag.onnx",
        "graphs/fixed_batch.onnx",
        "graphs/inference/batch_of_four.onnx",
      })
  void draftsWhatIsAcceptedAfterTheEditsItAsksFor(String what) throws Exception {
    Path folder = root.resolve("model/1");
    Invocation init = init(folder, what);

    assertThat(init.code()).as(init.err()).isZero();
    assertThat(Invocation.of("check", folder.toString()).code())
        .as("before the edits")
        .isEqualTo(1);
    assertThat(Edits.apply(init.out())).isPositive();

    Invocation check = Invocation.of("check", "--write-manifest", folder.toString());
    assertThat(check.code()).as(check.out()).isZero();
    assertThat(Invocation.of("check", folder.toString()).code()).isZero();
  }

  @Test
  void takesTypesBoundsGapsAndNamesFromTheData() throws Exception {
    Path folder = root.resolve("visits/1");
    init(folder, "draft/visits.onnx --data visits.csv --label outcome --label member --label came");

    assertThat(Files.readString(folder.resolve("contract.yaml")))
        .contains(
            """
            - name: Age_years  # in the data: Age (years)
              type: integer
              minimum: 0  # seen 18 to 89
              maximum: 500
              example: 79
            - name: spent
              type: number
              minimum: 0  # seen 0.46 to 430.97
              maximum: 2000
              nullable: true
              example: 64.38
            - name: city
              type: category
              values: [Bern, "Genève", "Zürich"]  # the values are those of the data
              example: "Bern"
            """
                .indent(2))
        .endsWith(
            """
            # `impute: nan` hands a missing value to the graph, as the training data had it.
            inputs:
              - tensor: age_years
                columns:
                  - feature: Age_years
              - tensor: spent
                columns:
                  - feature: spent
                    transforms: [{impute: nan}]
              - tensor: city
                columns:
                  - feature: city
            outputs:
              task: classification
              probabilities: probabilities
              label: label
              labels:  # in the order of the columns
                - returns
                - stays away
            """);
  }

  @Test
  void saysThatTheGraphAnsweredNothing() {
    Path folder = root.resolve("half/1");
    Invocation init = init(folder, "graphs/inference/half.onnx");

    assertThat(init.code()).isZero();
    assertThat(init.out())
        .contains(
            "golden.jsonl: there are no golden examples: add at least one line",
            "the graph answered none of the rows: the output 'total' has 1 rows for a batch of 2");
    assertThat(folder.resolve("golden.jsonl")).isEmptyFile();
  }

  @Test
  void namesNoClassThatNeitherGraphNorDataName() throws Exception {
    Path folder = root.resolve("wine/1");
    init(folder, "draft/wine.onnx");

    assertThat(Files.readString(folder.resolve("contract.yaml")))
        .contains("    - \"TODO: name class 0, the one of column 0 of probabilities\"\n");
    assertThat(Files.readString(folder.resolve("golden.jsonl"))).contains("\"probabilities\":[");
  }

  @Test
  void takesTheClassesFromTheOutcomesInTheData() throws Exception {
    Path folder = root.resolve("wine/1");
    Invocation init = init(folder, "draft/wine.onnx --data wine.csv --label cultivar");
    assertThat(init.out()).containsPattern("answers agree in 9\\d % of the rows with `cultivar`\n");

    JsonNode first =
        JsonMapper.shared().readTree(Files.readAllLines(folder.resolve("golden.jsonl")).getFirst());
    assertThat(first.at("/prediction/label").asString()).isEqualTo("class_0");
    assertThat(first.at("/from").asString()).isEqualTo("graph");
    assertThat(Files.readAllLines(folder.resolve("golden.jsonl"))).hasSize(50);
  }

  @Test
  void noticesLabelsInAnotherOrder() throws Exception {
    String csv =
        Files.readString(DRAFT.resolve("wine.csv"))
            .replace("class_0", "z")
            .replace("class_1", "a")
            .replace("class_2", "b");
    Path data = Files.writeString(root.resolve("renamed.csv"), csv);
    Invocation init =
        Invocation.of(
            "init",
            DRAFT.resolve("wine.onnx").toString(),
            "--data",
            data.toString(),
            "--label",
            "cultivar",
            "--out",
            root.resolve("wine/1").toString());

    assertThat(init.out()).contains("are columns and labels in the order of the training?");
  }

  @Test
  void makesATensorOfAnInputWithAShape() throws Exception {
    Path folder = root.resolve("digits/1");
    Path csv = Files.writeString(root.resolve("pixels.csv"), pixels());
    Invocation init =
        Invocation.of(
            "init",
            "models/digits/1/model.onnx",
            "--data",
            csv.toString(),
            "--label",
            "digit",
            "--out",
            folder.toString());

    assertThat(init.code()).as(init.err()).isZero();
    assertThat(Files.readString(folder.resolve("contract.yaml")))
        .contains(
            """
              - name: image
                type: tensor
                shape: [8, 8]
                elements: {type: integer, minimum: 0, maximum: 500}  # seen 0 to 129
            """);
    Edits.apply(init.out());
    assertThat(Invocation.of("check", "--write-manifest", folder.toString()).code()).isZero();
  }

  private static String pixels() {
    StringBuilder csv = new StringBuilder("digit");
    for (int i = 0; i < 64; i++) {
      csv.append(",p").append(i);
    }
    for (int row = 0; row < 4; row++) {
      csv.append('\n').append(row % 2);
      for (int i = 0; i < 64; i++) {
        csv.append(',').append(i == 0 ? 0 : i * 2 + row);
      }
    }
    return csv.append('\n').toString();
  }

  @Test
  void overwritesNothingUnlessForced() throws Exception {
    Path folder = root.resolve("tag/1");
    init(folder, "graphs/tag.onnx");
    Files.writeString(folder.resolve("card.yaml"), "owner: me\n");
    Files.delete(folder.resolve("golden.jsonl"));

    Invocation again = init(folder, "graphs/tag.onnx");
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("there is already model.onnx, contract.yaml, card.yaml");
    assertThat(folder.resolve("card.yaml")).hasContent("owner: me");
    assertThat(folder.resolve("golden.jsonl")).doesNotExist();

    assertThat(init(folder, "graphs/tag.onnx --force").code()).isZero();
    assertThat(Files.readString(folder.resolve("card.yaml"))).contains("TODO");
  }

  @Test
  void draftsBesideAGraphThatIsInItsPlace() throws Exception {
    Path folder = Files.createDirectories(root.resolve("tag/1"));
    Path graph = Files.copy(GRAPHS.resolve("tag.onnx"), folder.resolve("model.onnx"));

    Invocation init = Invocation.of("init", graph.toString(), "--out", folder.toString());
    assertThat(init.code()).as(init.err()).isZero();
    assertThat(graph).hasSameBinaryContentAs(GRAPHS.resolve("tag.onnx"));
  }

  @Test
  void copiesTheWeightsBesideTheGraph() throws Exception {
    Path graph = Files.copy(GRAPHS.resolve("tag.onnx"), root.resolve("net.onnx"));
    Files.writeString(root.resolve("net.onnx.data"), "weights");
    Files.writeString(root.resolve("other.data"), "not ours");
    Path folder = root.resolve("net/1");
    Invocation.of("init", graph.toString(), "--out", folder.toString());

    assertThat(folder.resolve("net.onnx.data")).hasContent("weights");
    assertThat(folder.resolve("other.data")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "draft/wine.onnx --data wine.csv; the graph takes 13 columns (X [13]), and the file has 14",
        "draft/wine.onnx --data wine.csv --label colour; there is no column `colour`",
        "draft/wine.onnx --data nowhere.csv; can't be read as CSV",
        "graphs/inference/unusable.onnx; 'open'",
        "graphs/nowhere.onnx; there is no such file",
      })
  void saysWhyItCannotDraft(String whatAndWhy) throws Exception {
    String[] parts = whatAndWhy.split("; ", 2);
    Path folder = root.resolve("model/1");
    Invocation init = init(folder, parts[0]);

    assertThat(init.code()).isEqualTo(1);
    assertThat(init.err()).contains(parts[1]).doesNotContain("Exception:", "\tat ");
    assertThat(folder).doesNotExist();
  }

  private static Invocation init(Path folder, String what) {
    List<String> arguments = new ArrayList<>(List.of("init", "--out", folder.toString()));
    for (String word : what.split(" ", -1)) {
      arguments.add(
          word.endsWith(".onnx")
              ? "src/test/resources/" + word
              : word.endsWith(".csv") ? DRAFT.resolve(word).toString() : word);
    }
    return Invocation.of(arguments.toArray(String[]::new));
  }
}
