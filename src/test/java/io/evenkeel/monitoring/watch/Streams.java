package io.evenkeel.monitoring.watch;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.Rows;
import io.evenkeel.monitoring.Reference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A version with one feature, {@code x}, which is normal by day and higher by night. */
final class Streams {
  static final double NIGHT = 1.5;
  private static final int BINS = 15;
  private static final int ROWS = 8000;
  static final Contract CONTRACT =
      ContractFile.read(
              """
              schemaVersion: 1.0.0
              features:
                - {name: x, type: number}
              outputs: {task: regression, value: value}
              """
                  .getBytes(StandardCharsets.UTF_8))
          .contract();

  private Streams() {}

  static DriftProperties properties(double inform) {
    return new DriftProperties(
        true,
        inform,
        1000 * inform,
        1_000_000,
        500,
        Duration.ofMinutes(1),
        Duration.ofMinutes(10),
        "");
  }

  static Row row(double x) {
    return Rows.read(CONTRACT, "{\"x\": " + x + "}");
  }

  /** Whether it is night at an hour of the day: from 22 to 6 o'clock. */
  static boolean isNight(int hour) {
    return hour < 6 || hour >= 22;
  }

  /** Without seasons; of the days only. */
  static Reference ofDays() {
    return Reference.read(days());
  }

  /** The same as a file. */
  static byte[] days() {
    return write(numeric(ROWS, drawn(0, ROWS, 1)), null);
  }

  /** Of whole days, a third of which is night. */
  static Reference ofWholeDays(boolean seasons) {
    double[] day = drawn(0, 2 * ROWS, 2);
    double[] night = drawn(NIGHT, ROWS, 3);
    double[] all = Arrays.copyOf(day, 3 * ROWS);
    System.arraycopy(night, 0, all, day.length, night.length);
    Map<String, Object> whole = numeric(3 * ROWS, all);
    if (!seasons) {
      return Reference.read(write(whole, null));
    }
    List<Integer> hours = new ArrayList<>();
    for (int hour = 0; hour < 7 * 24; hour++) {
      hours.add(isNight(hour % 24) ? 1 : 0);
    }
    double[] edges = edges(all);
    return Reference.read(
        write(
            whole,
            Map.of(
                "zone",
                "Europe/Vienna",
                "hours",
                hours,
                "parts",
                List.of(part("days", day, edges), part("nights", night, edges)))));
  }

  private static Map<String, Object> part(String name, double[] values, double[] edges) {
    return Map.of(
        "name",
        name,
        "rows",
        values.length,
        "features",
        Map.of("x", Map.of("probabilities", shares(values, edges))));
  }

  private static double[] drawn(double mean, int rows, long seed) {
    Random random = new Random(seed);
    double[] values = new double[rows];
    Arrays.setAll(values, i -> mean + random.nextGaussian());
    return values;
  }

  private static double[] edges(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] edges = new double[BINS - 1];
    Arrays.setAll(edges, i -> sorted[(i + 1) * sorted.length / BINS]);
    return edges;
  }

  private static List<Double> shares(double[] values, double[] edges) {
    double[] shares = new double[edges.length + 1];
    for (double value : values) {
      int found = Arrays.binarySearch(edges, value);
      shares[found >= 0 ? found + 1 : -found - 1] += 1.0 / values.length;
    }
    return Arrays.stream(shares).boxed().toList();
  }

  private static Map<String, Object> numeric(int rows, double[] values) {
    double[] edges = edges(values);
    Map<String, Object> sketch = new LinkedHashMap<>();
    sketch.put("kind", "numeric");
    sketch.put("rows", rows);
    sketch.put("missing", 0);
    sketch.put("edges", edges);
    sketch.put("probabilities", shares(values, edges));
    sketch.put("mean", Arrays.stream(values).average().orElseThrow());
    sketch.put("std", 1);
    sketch.put("min", Arrays.stream(values).min().orElseThrow());
    sketch.put("max", Arrays.stream(values).max().orElseThrow());
    return sketch;
  }

  private static byte[] write(Map<String, Object> x, @Nullable Map<String, Object> seasons) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schemaVersion", 1);
    document.put("rows", x.get("rows"));
    document.put("features", Map.of("x", x));
    if (seasons != null) {
      document.put("seasons", seasons);
    }
    return JsonMapper.shared().writeValueAsBytes(document);
  }
}
