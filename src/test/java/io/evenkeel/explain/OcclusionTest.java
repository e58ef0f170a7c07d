package io.evenkeel.explain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Row;
import io.evenkeel.inference.Prediction;
import io.evenkeel.monitoring.Reference;
import io.evenkeel.registry.RowResult;
import io.evenkeel.registry.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is measured while serving is what models/modelfolder.py measures after training. */
class OcclusionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"breast-cancer/1", "breast-cancer/2", "diabetes/1", "digits/1", "loan-default/1"})
  void isWhatTheTrainingScriptsMeasure(String version) throws IOException {
    Path folder = Path.of("models", version);
    JsonNode expected = json(Path.of("src/test/resources/occlusion.json")).get(version);
    List<String> golden = Files.readAllLines(folder.resolve("golden.jsonl"));
    assertThat(golden).hasSize(expected.get("rows").intValue());
    try (Workbench bench = Workbench.open(folder, JsonMapper.shared())) {
      Contract contract = bench.contract();
      Row baseline = Baseline.of(contract, Reference.find(folder).orElseThrow());
      double[] means = new double[contract.features().size()];
      for (String line : golden) {
        String instance = JsonMapper.shared().readTree(line).get("instance").toString();
        Occlusion occlusion = new Occlusion(bench.preprocessor(), baseline, row(bench, instance));
        double[] attributions =
            requireNonNull(occlusion.attributions(predictions(bench, occlusion), means.length));
        for (int i = 0; i < means.length; i++) {
          means[i] += Math.abs(attributions[i]) / golden.size();
        }
      }
      for (int i = 0; i < means.length; i++) {
        String name = contract.names().get(i);
        double mean = expected.get("features").get(name).get("mean").doubleValue();
        assertThat(means[i]).as(name).isCloseTo(mean, within(1e-5 * Math.max(1, mean)));
      }
    }
  }

  private static JsonNode json(Path file) throws IOException {
    return JsonMapper.shared().readTree(Files.readString(file));
  }

  private static Row row(Workbench bench, String instance) {
    try (JsonParser json = JsonMapper.shared().createParser(instance)) {
      json.nextToken();
      return bench.reader().read(json);
    }
  }

  private static List<Prediction> predictions(Workbench bench, Occlusion occlusion) {
    return bench.run(occlusion.block()).stream()
        .map(result -> ((RowResult.Answered) result).prediction())
        .toList();
  }
}
