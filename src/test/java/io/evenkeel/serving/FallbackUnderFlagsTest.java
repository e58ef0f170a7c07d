package io.evenkeel.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.admission.Shed;
import io.evenkeel.contract.Row;
import io.evenkeel.registry.LiveRules;
import io.evenkeel.registry.ScratchModels;
import io.evenkeel.routing.Routing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version never stands in for a row that its own rules in force would refuse. */
class FallbackUnderFlagsTest {
  private static final String ONE =
      "rules: [{model: m, version: 2, feature: x, rule: minimum, mode: monitored}]";
  private static final String BOTH =
      "rules: [{model: m, feature: x, rule: minimum, mode: monitored}]";

  @TempDir private Path root;
  private TestWalk test;
  private LiveRules rules;
  private Routing.Routed asked;

  @BeforeEach
  void load() {
    ScratchModels models = new ScratchModels(root);
    models
        .makeDoubling("m/1")
        .replace("contract.yaml", "type: number}", "type: number, minimum: 0}")
        .seal();
    models
        .makeDoubling("m/2", "  - fallback: {version: '1'}\n")
        .replace("contract.yaml", "type: number}", "type: number, minimum: 0}")
        .seal();
    test = new TestWalk(models);
    rules = new LiveRules(test.registry, root);
    asked = test.to("2");
  }

  @AfterEach
  void close() {
    test.close();
  }

  private void write(String text) throws IOException {
    Files.writeString(root.resolve("rules.yaml"), text);
    assertThat(rules.refresh()).isEqualTo(LiveRules.Reload.APPLIED);
  }

  private PredictionOutcome ending(Row row) {
    Shed shed = new Shed(Shed.Reason.QUEUE_FULL, Duration.ofSeconds(1));
    PredictionOutcome missed = new PredictionOutcome.Shed(asked.version(), shed, "");
    return test.degrader.one(missed, asked, row, TestWalk.call());
  }

  @Test
  void standsInWhereBothEnforceTheSame() throws IOException {
    assertThat(ending(test.row("2", 3))).isInstanceOf(PredictionOutcome.Served.class);
    write(BOTH);
    Row row = test.row("2", -3);
    assertThat(row.isValid()).isTrue();
    assertThat(ending(row)).isInstanceOf(PredictionOutcome.Served.class);
  }

  @Test
  void doesNotStandInForWhatItWouldRefuse() throws IOException {
    write(ONE);
    assertThat(ending(test.row("2", -3))).isInstanceOf(PredictionOutcome.Shed.class);
  }

  @Test
  void doesNotStandInForABatchOfSuch() throws IOException {
    write(ONE);
    List<Row> rows = test.rows("2", 1, -3);
    Shed shed = new Shed(Shed.Reason.QUEUE_FULL, Duration.ofSeconds(1));
    PredictionOutcome missed = new PredictionOutcome.Shed(asked.version(), shed, "");
    assertThat(test.degrader.many(missed, asked, rows, TestWalk.call())).isSameAs(missed);
  }

  @Test
  void mindsWhatTheRowWasReadBy() throws IOException {
    write(ONE);
    Row before = test.row("2", -3);
    write("rules: []");
    assertThat(ending(before)).isInstanceOf(PredictionOutcome.Shed.class);
  }
}
