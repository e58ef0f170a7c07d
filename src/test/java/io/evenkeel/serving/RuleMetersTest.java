package io.evenkeel.serving;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.admission.Endpoint;
import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Contracts;
import io.evenkeel.contract.Enforcement;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.RowReader;
import io.evenkeel.contract.RuleFlags;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.ScratchModels;
import io.evenkeel.serving.spi.Events;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

class RuleMetersTest {
  private static final Contract CONTRACT =
      Contracts.of(
              """
              unknownFields: warn
              features:
                - {name: age, type: number, nullable: true, minimum: 0, maximum: 99}
                - {name: low, type: number, required: false, minimum: 5, outOfRange: clamp}
                - {name: limit, type: number, default: 3, aliases: [cap]}
              """)
          .contract();
  private static final RuleFlags FLAGS =
      new RuleFlags(
          Map.of(
              new RuleFlags.Key("age", "minimum"), Enforcement.MONITORED,
              new RuleFlags.Key("age", "maximum"), Enforcement.WARNED));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RuleMeters meters = new RuleMeters(registry);
  private ModelRegistry models;
  private ModelVersion version;

  @BeforeEach
  void findAVersion(@TempDir Path root) {
    ScratchModels scratch = new ScratchModels(root);
    scratch.makeDoubling("m/1");
    models = scratch.found();
    version = requireNonNull(models.find("m", "1"));
  }

  @AfterEach
  void close() {
    models.close();
  }

  private static Row row(String instance) {
    RowReader reader = new RowReader(CONTRACT, FLAGS, JsonMapper.shared().tokenStreamFactory());
    try (JsonParser json = JsonMapper.shared().createParser(instance)) {
      json.nextToken();
      return reader.read(json);
    }
  }

  private void observe(String... instances) {
    List<Row> rows = Arrays.stream(instances).map(RuleMetersTest::row).toList();
    meters.observe(Events.of(version, CONTRACT, Endpoint.BATCH, rows, "served"));
  }

  private double count(String name, String... tags) {
    Counter found = registry.find(name).tags("model", "m", "version", "1").tags(tags).counter();
    return found == null ? 0 : found.count();
  }

  @Test
  void countsRows() {
    observe(
        "{\"age\": 1, \"low\": 6, \"limit\": 1}",
        "{\"age\": \"x\", \"low\": 6, \"limit\": 1}",
        "{}");
    assertThat(count("evenkeel.rows", "result", "valid")).isEqualTo(1);
    assertThat(count("evenkeel.rows", "result", "invalid")).isEqualTo(2);
    assertThat(registry.find("evenkeel.imputations").counters()).isEmpty();
    assertThat(registry.find("evenkeel.warnings").counters()).isEmpty();
  }

  @Test
  void countsWhatIsNotEnforced() {
    observe("{\"age\": -1}", "{\"age\": -2}", "{\"age\": 100}");
    assertThat(count("evenkeel.monitored.violations", "feature", "age", "rule", "minimum"))
        .isEqualTo(2);
    assertThat(count("evenkeel.monitored.violations", "feature", "age", "rule", "maximum"))
        .isEqualTo(1);
    assertThat(count("evenkeel.warnings", "feature", "age", "rule", "maximum")).isEqualTo(1);
  }

  @Test
  void countsWarnings() {
    observe("{\"age\": 1, \"low\": 4, \"cap\": 1, \"other\": 2, \"another\": 3}");
    assertThat(count("evenkeel.warnings", "feature", "low", "rule", "clamped")).isEqualTo(1);
    assertThat(count("evenkeel.warnings", "feature", "limit", "rule", "alias")).isEqualTo(1);
    assertThat(count("evenkeel.warnings", "feature", "", "rule", "unknownFeature")).isEqualTo(2);
  }

  @Test
  void countsWhatIsPutInTheirPlace() {
    observe("{\"age\": null}", "{\"age\": 1, \"low\": 7, \"limit\": 3}", "{\"age\": 2}");
    assertThat(count("evenkeel.imputations", "feature", "age", "kind", "imputed")).isEqualTo(1);
    assertThat(count("evenkeel.imputations", "feature", "low", "kind", "imputed")).isEqualTo(2);
    assertThat(count("evenkeel.imputations", "feature", "limit", "kind", "default")).isEqualTo(2);
  }
}
