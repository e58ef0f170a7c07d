package io.evenkeel.monitoring.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Contracts;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.Rows;
import io.evenkeel.inference.Precision;
import io.evenkeel.inference.Prediction;
import io.evenkeel.monitoring.Reference;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrafficTallyTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Contract CONTRACT =
      Contracts.ofDocument(
              """
              schemaVersion: 1.0.0
              features:
                - {name: size, type: number}
                - {name: secret, type: number, sensitive: true}
              outputs: {task: regression, value: v}
              """)
          .contract();
  private static final String SKETCH =
      "{\"kind\": \"numeric\", \"rows\": 100, \"missing\": 0, \"edges\": [10], \"probabilities\":"
          + " [0.5, 0.5], \"mean\": 10, \"std\": 1, \"min\": 0, \"max\": 20}";
  private static final Reference REFERENCE =
      Reference.read(
          ("{\"schemaVersion\": 1, \"rows\": 100, \"features\": {\"size\": SKETCH, \"secret\": SKETCH},"
                  + " \"outputs\": {\"value\": SKETCH}}")
              .replace("SKETCH", SKETCH)
              .getBytes(StandardCharsets.UTF_8));

  private static void add(TrafficTally tally, double size, double value) {
    Row row = Rows.read(CONTRACT, "{\"size\": " + size + ", \"secret\": 1}");
    tally.add(row, new Prediction.Regression(value, Precision.DOUBLE));
  }

  /** Noise of next to nothing: the scale is a thousandth. */
  private static Map<String, Object> exact(TrafficTally tally) {
    return tally.release(new DiscreteLaplace(new SplittableRandom(1), 1, 1000), NOW);
  }

  private static List<Long> counts(@Nullable Object stream) {
    return ((List<?>) Objects.requireNonNull(stream))
        .stream().map(bin -> (Long) ((Map<?, ?>) bin).get("count")).toList();
  }

  @Test
  void countsEachRowOnceInEachStreamAndInOneRelease() {
    TrafficTally tally = new TrafficTally(CONTRACT, REFERENCE, NOW.minusSeconds(60));
    assertThat(tally.since()).isEqualTo(NOW.minusSeconds(60));
    add(tally, 5, 12);
    add(tally, 5, 3);
    add(tally, 15, 12);

    Map<String, Object> first = exact(tally);
    assertThat(first).containsOnlyKeys("size", "value");
    assertThat(counts(first.get("size"))).startsWith(2L, 1L);
    assertThat(counts(first.get("value"))).startsWith(1L, 2L);
    assertThat(tally.since()).isEqualTo(NOW);
    assertThat(counts(exact(tally).get("size"))).containsOnly(0L);
  }

  /** The sensitive feature isn't counted, and so costs nothing. */
  @Test
  void statesHowMuchARowChanges() {
    assertThat(new TrafficTally(CONTRACT, REFERENCE, NOW).sensitivity()).isEqualTo(2);
  }

  @Test
  void addsNoiseToEachCount() {
    TrafficTally tally = new TrafficTally(CONTRACT, REFERENCE, NOW);
    DiscreteLaplace noise = new DiscreteLaplace(new SplittableRandom(20_260_401), 100, 1);
    double sum = 0;
    int counts = 0;
    for (int i = 0; i < 2000; i++) {
      for (long count : counts(tally.release(noise, NOW).get("size"))) {
        sum += (double) count * count;
        counts++;
      }
    }
    double deviation = noise.standardDeviation();
    assertThat(Math.sqrt(sum / counts)).isCloseTo(deviation, within(0.1 * deviation));
  }
}
