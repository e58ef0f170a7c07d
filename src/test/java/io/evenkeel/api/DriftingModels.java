package io.evenkeel.api;

import io.evenkeel.registry.ScratchModels;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The model {@code m}, which doubles {@code a} of two numbers and two categories; its reference is
 * of 20,000 rows whose numbers are of a normal distribution.
 */
final class DriftingModels extends ServedFolder {
  static final int ROWS = 20_000;
  private static final int BINS = 15;
  private static final String CONTRACT =
      """
      schemaVersion: 1.0.0
      features:
        - {name: a, type: number}
        - {name: b, type: number, nullable: true}
        - {name: c, type: string}
        - {name: d, type: number, sensitive: true}
      inputs:
        - {tensor: X, columns: [{feature: a}]}
      outputs: {task: regression, value: value}
      """;

  @Override
  List<String> fill(Path root) {
    ScratchModels models = new ScratchModels(root);
    models
        .make(
            "m/1",
            "poison",
            CONTRACT,
            "{\"instance\": {\"a\": 4, \"b\": 1, \"c\": \"x\", \"d\": 0},"
                + " \"prediction\": {\"value\": 8}}\n")
        .write("reference.json", reference())
        .seal();
    models.writeRoutes("default: m\nmodels:\n  m: {stable: '1'}\n");
    return List.of(
        "evenkeel.models.path=" + root,
        "evenkeel.drift.max-rows-per-second=1000000",
        "evenkeel.drift.window=500");
  }

  private static String reference() {
    Random random = new Random(11);
    double[] a = random.doubles(ROWS).map(ignored -> random.nextGaussian()).toArray();
    double[] d = random.doubles(ROWS).map(ignored -> random.nextGaussian()).toArray();
    double[] b = random.doubles(ROWS).map(ignored -> random.nextGaussian()).toArray();
    Map<String, Object> c = new LinkedHashMap<>();
    c.put("kind", "categorical");
    c.put("rows", ROWS);
    c.put("missing", 0.0);
    c.put("categories", Map.of("x", 0.7, "y", 0.3));
    c.put("other", 0.0);
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "schemaVersion",
                1,
                "rows",
                ROWS,
                "features",
                Map.of("a", numeric(a, 0), "b", numeric(b, 0.01), "c", c, "d", numeric(d, 0)),
                "outputs",
                Map.of("value", numeric(Arrays.stream(a).map(x -> 2 * x).toArray(), 0))));
  }

  private static Map<String, Object> numeric(double[] values, double missing) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    Map<String, Object> sketch = new LinkedHashMap<>();
    double mean = Arrays.stream(values).average().orElseThrow();
    sketch.put("kind", "numeric");
    sketch.put("rows", values.length);
    sketch.put("missing", missing);
    sketch.put(
        "edges",
        IntStream.range(1, BINS)
            .mapToObj(edge -> sorted[edge * sorted.length / BINS])
            .collect(Collectors.toList()));
    sketch.put(
        "probabilities",
        IntStream.range(0, BINS).mapToObj(bin -> 1.0 / BINS).collect(Collectors.toList()));
    sketch.put("mean", mean);
    sketch.put(
        "std",
        Math.sqrt(Arrays.stream(values).map(x -> (x - mean) * (x - mean)).average().orElse(0)));
    sketch.put("min", sorted[0]);
    sketch.put("max", sorted[sorted.length - 1]);
    return sketch;
  }
}
