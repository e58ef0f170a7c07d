package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.registry.ScratchVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/**
 * On {@code breast-cancer}, whose reference is of 426 rows only. What is sent is drawn again and
 * again from the 143 rows that the model wasn't trained on.
 */
@ServingTest
@ContextConfiguration(initializers = BreastCancerDriftHttpTest.Models.class)
@DirtiesContext
class BreastCancerDriftHttpTest {
  private static final Logger LOG = LoggerFactory.getLogger(BreastCancerDriftHttpTest.class);

  private final Caller caller;
  private final List<Map<String, @Nullable Object>> heldOut = heldOut();

  BreastCancerDriftHttpTest(Caller caller) {
    this.caller = caller;
  }

  /** A copy for each run. */
  static final class Models extends CopiedModels {
    Models() {
      super("breast-cancer", Planted.values().length * RUNS);
    }

    @Override
    void change(ScratchVersion copy, int version) {}
  }

  /** A change of one feature. */
  enum Planted {
    HALF("0.5 sd", "mean_texture", 1, 0.5 * 4.26, 700),
    ONE("1 sd", "mean_texture", 1, 4.26, 120),
    UNIT("a tenth of the unit", "mean_radius", 0.1, 0, 20);

    final String words;
    final String feature;
    final double factor;
    final double shift;

    /** What the median of a few runs is below. */
    final int rows;

    Planted(String words, String feature, double factor, double shift, int rows) {
      this.words = words;
      this.feature = feature;
      this.factor = factor;
      this.shift = shift;
      this.rows = rows;
    }

    void change(Map<String, @Nullable Object> row) {
      if (row.get(feature) instanceof Double value) {
        row.put(feature, value * factor + shift);
      }
    }
  }

  private static List<Map<String, @Nullable Object>> heldOut() {
    try {
      List<String> lines =
          Files.readAllLines(Path.of("src/test/resources/drift/breast-cancer-held-out.csv"));
      String[] names = lines.getFirst().split(",", -1);
      List<Map<String, @Nullable Object>> rows = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        String[] values = line.split(",", -1);
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
          row.put(names[i], Double.valueOf(values[i]));
        }
        rows.add(row);
      }
      return rows;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private DriftRun run(int version) {
    Random random = new Random(version);
    return new DriftRun(
        caller,
        "breast-cancer",
        version,
        () -> new LinkedHashMap<>(heldOut.get(random.nextInt(heldOut.size()))));
  }

  @Test
  void theSameRowsRaiseNoAlarm() {
    DriftRun run = run(1);
    for (int sent = 0; sent < 3000; sent += 250) {
      JsonNode drift = run.send(250, row -> {});
      assertThat(drift.get("level").asString())
          .as("after %d rows: %s", sent, drift)
          .isEqualTo("calm");
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsWhatIsPlantedAndWhere(Planted planted) {
    int first = 2 + List.of(Planted.values()).indexOf(planted) * CopiedModels.RUNS;
    List<DriftRun.Found> runs =
        IntStream.range(first, first + CopiedModels.RUNS)
            .parallel()
            .mapToObj(version -> run(version).find(planted::change))
            .toList();
    List<Integer> delays = runs.stream().map(DriftRun.Found::rows).sorted().toList();
    LOG.info(
        "breast-cancer, {}: found after {}, first named {}",
        planted.words,
        delays,
        runs.stream().map(DriftRun.Found::cause).toList());

    assertThat(delays.get(delays.size() / 2))
        .as("median of %s", delays)
        .isLessThanOrEqualTo(planted.rows);
    assertThat(runs).extracting(DriftRun.Found::cause).containsOnly(planted.feature);
  }
}
