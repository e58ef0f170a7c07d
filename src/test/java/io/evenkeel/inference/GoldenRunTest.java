package io.evenkeel.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.contract.Outputs;
import io.evenkeel.contract.Outputs.Activation;
import io.evenkeel.inference.Prediction.Classification;
import io.evenkeel.preprocess.TensorRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Holds runs against the answers of the libraries the models were trained with. */
class GoldenRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LINES = 20;

  @Test
  void reproducesTheBreastCancerModel() throws Exception {
    List<String> labels = List.of("malignant", "benign");
    Outputs outputs = TestGraphs.classification("probabilities", Activation.NONE, labels, null);
    try (ModelSession session = TestGraphs.openModel("breast-cancer/1")) {
      Runner runner = TestGraphs.runner(session, outputs);
      List<JsonNode> golden = golden("breast-cancer/1");
      runAll(runner, session, golden.stream().map(line -> leaves(line.get("instance"), 1)));
      for (int i = 0; i < golden.size(); i++) {
        assertAnswer((Classification) runner.prediction(i), golden.get(i).get("prediction"));
      }
    }
  }

  @Test
  void reproducesTheDigitsModelWithItsOwnLabels() throws Exception {
    List<String> labels = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
    Outputs outputs = TestGraphs.classification("probabilities", Activation.NONE, labels, "label");
    try (ModelSession session = TestGraphs.openModel("digits/1")) {
      Runner runner = TestGraphs.runner(session, outputs);
      List<JsonNode> golden = golden("digits/1");
      runAll(runner, session, golden.stream().map(line -> leaves(line.get("instance"), 16)));
      for (int i = 0; i < golden.size(); i++) {
        assertAnswer((Classification) runner.prediction(i), golden.get(i).get("prediction"));
      }
    }
  }

  @Test
  void reproducesTheDiabetesModel() throws Exception {
    try (ModelSession session = TestGraphs.openModel("diabetes/1")) {
      Runner runner = TestGraphs.runner(session, TestGraphs.regression());
      List<JsonNode> golden = golden("diabetes/1");
      runAll(runner, session, golden.stream().map(line -> patient(line.get("instance"))));
      for (int i = 0; i < golden.size(); i++) {
        double expected = golden.get(i).at("/prediction/value").doubleValue();
        assertThat(TestGraphs.value(runner, i)).isCloseTo(expected, within(1e-5 * expected));
      }
    }
  }

  @Test
  void readsMapsWithTexts() throws Exception {
    assertMaps("zipmap", List.of("setosa", "versicolor", "virginica"));
  }

  @Test
  void readsMapsWithNumbers() throws Exception {
    assertMaps("zipmap_int", List.of("0", "1", "2"));
  }

  private static void assertMaps(String graph, List<String> labels) throws Exception {
    Outputs outputs =
        TestGraphs.classification("output_probability", Activation.NONE, labels, "output_label");
    try (ModelSession session = TestGraphs.open(graph)) {
      Runner runner = TestGraphs.runner(session, outputs);
      Path file = Path.of("src/test/resources/graphs", graph + ".golden.json");
      List<JsonNode> golden = new ArrayList<>();
      JSON.readTree(Files.readString(file)).forEach(golden::add);
      runAll(runner, session, golden.stream().map(line -> leaves(line.get("row"), 1)));
      for (int i = 0; i < golden.size(); i++) {
        assertAnswer((Classification) runner.prediction(i), golden.get(i));
      }
    }
  }

  private static void assertAnswer(Classification answer, JsonNode expected) {
    assertThat(answer.label()).isEqualTo(expected.get("label").stringValue());
    for (int i = 0; i < answer.labels().size(); i++) {
      double probability = expected.get("probabilities").get(answer.labels().get(i)).doubleValue();
      assertThat(answer.probabilities().get(i)).isCloseTo(probability, within(1e-5));
    }
    assertThat(answer.confidence()).isEqualTo(answer.probabilities().get(answer.winner()));
  }

  private static void runAll(Runner runner, ModelSession session, Stream<List<Double>> rows) {
    float[][] floats = rows.map(GoldenRunTest::floats).toArray(float[][]::new);
    TensorRows block = TestGraphs.floats(session, floats);
    TestGraphs.run(runner, block);
  }

  private static float[] floats(List<Double> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }

  /** All numbers of a node in their order, divided by the scale. */
  private static List<Double> leaves(JsonNode node, double scale) {
    List<Double> leaves = new ArrayList<>();
    if (node.isContainer()) {
      node.forEach(child -> leaves.addAll(leaves(child, scale)));
    } else {
      leaves.add(node.doubleValue() / scale);
    }
    return leaves;
  }

  /** The contract's columns: the position of the sex first, then the other features in order. */
  private static List<Double> patient(JsonNode instance) {
    List<Double> columns = new ArrayList<>();
    columns.add(instance.get("sex").stringValue().equals("1") ? 0.0 : 1.0);
    instance
        .properties()
        .forEach(feature -> {
          if (!feature.getKey().equals("sex")) {
            columns.add(feature.getValue().doubleValue());
          }
        });
    return columns;
  }

  private static List<JsonNode> golden(String version) throws Exception {
    try (var lines = Files.lines(Path.of("models", version, "golden.jsonl"))) {
      return lines.limit(LINES).map(JSON::readTree).toList();
    }
  }
}
