package io.evenkeel.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.contract.Degradation.Mode;
import io.evenkeel.contract.Disclosure.Probabilities;
import io.evenkeel.contract.Row;
import io.evenkeel.inference.Prediction;
import io.evenkeel.registry.ScratchModels;
import io.evenkeel.routing.Routing;
import io.evenkeel.serving.PredictionOutcome.Item;
import io.evenkeel.serving.PredictionOutcome.Served;
import io.evenkeel.serving.PredictionOutcome.ServedBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/** What may be shown of an answer that stands in for another. */
class DisclosedDegradationTest {
  private static final int ALL = Probabilities.ALL;

  private static Row row(Routing.Routed to) throws IOException {
    try (var lines = Files.lines(Path.of("models/breast-cancer/1/golden.jsonl"))) {
      String line = lines.findFirst().orElseThrow();
      String instance = JsonMapper.shared().readTree(line).get("instance").toString();
      try (JsonParser json = JsonMapper.shared().createParser(instance)) {
        json.nextToken();
        return to.servable().reader().read(json);
      }
    }
  }

  private static void copy(ScratchModels models, String version, String probabilities) {
    models
        .copy("breast-cancer/" + version, "m/" + version)
        .replace(
            "contract.yaml",
            "\noutputs:\n",
            "\ndisclosure: {probabilities: " + probabilities + "}\noutputs:\n")
        .seal();
  }

  /** Version 2 falls back to version 1, and neither contract is undone by the other. */
  @Test
  void isWhatBothContractsAllow(@TempDir Path root) throws IOException {
    ScratchModels models = new ScratchModels(root);
    copy(models, "1", "{digits: 2}");
    copy(models, "2", "{top: 1, digits: 4}");
    try (TestWalk test = new TestWalk(models)) {
      Routing.Routed asked = test.to("2");
      Row row = row(asked);
      PredictionOutcome failed = new PredictionOutcome.Failed(asked.version());

      Served served = (Served) test.degrader.one(failed, asked, row, TestWalk.call());
      assertThat(served.version().version()).isEqualTo("1");
      assertThat(served.degraded()).extracting(Degraded::mode).isEqualTo(Mode.FALLBACK);
      assertThat(served.shown()).isEqualTo(new Probabilities(false, 1, 2));
      assertThat(((Prediction.Classification) served.prediction()).probabilities().size())
          .as("inside it stays whole")
          .isEqualTo(2);

      ServedBatch batch =
          (ServedBatch) test.degrader.many(failed, asked, List.of(row), TestWalk.call());
      assertThat(batch.shown((Item.Answered) batch.items().getFirst()))
          .isEqualTo(new Probabilities(false, 1, 2));

      Served own = (Served) test.walk.one(asked, row, TestWalk.call());
      assertThat(own.shown()).isEqualTo(new Probabilities(false, 1, 4));
      assertThat(((Served) test.walk.one(test.to("1"), row, TestWalk.call())).shown())
          .isEqualTo(new Probabilities(false, ALL, 2));
    }
  }
}
