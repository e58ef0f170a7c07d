package io.evenkeel.explain;

import static java.util.Objects.requireNonNull;

import io.evenkeel.contract.Row;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.ScratchModels;
import io.evenkeel.registry.ScratchVersion;
import io.evenkeel.registry.Servable;
import java.util.Locale;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/** A model that answers 2 a - 3 b + 0.5 c + 1, in double precision. */
final class LinearModel {
  static final double[] COEFFICIENTS = {2, -3, 0.5};
  private static final String CONTRACT =
      """
      schemaVersion: 1.0.0
      features:
        - {name: a, type: number}
        - {name: b, type: number, minimum: -1000}
        - {name: c, type: number, sensitive: true}
      outputs: {task: regression, value: value}
      """;
  private static final String GOLDEN =
      "{\"instance\": {\"a\": 1, \"b\": 1, \"c\": 2}, \"prediction\": {\"value\": 1}}\n";

  private LinearModel() {}

  /** The version without a reference. */
  static ScratchVersion make(ScratchModels models, String as) {
    return models.make(as, "linear", CONTRACT, GOLDEN);
  }

  /**
   * A reference by whose sketches the middle is known.
   *
   * @param more members of the document, beginning with a comma; or nothing
   */
  static String reference(double a, double b, double c, String more) {
    return "{\"schemaVersion\": 1, \"rows\": 1000, \"features\": {\"a\": "
        + sketch(a)
        + ", \"b\": "
        + sketch(b)
        + ", \"c\": "
        + sketch(c)
        + "}"
        + more
        + "}";
  }

  private static String sketch(double middle) {
    return String.format(
        Locale.ROOT,
        "{\"kind\": \"numeric\", \"missing\": 0, \"edges\": [%s], \"probabilities\": [0.4, 0.6],"
            + " \"mean\": 0, \"std\": 1, \"min\": %s, \"max\": %s}",
        middle,
        middle - 1,
        middle + 1);
  }

  static ModelVersion version(ModelRegistry registry, String model) {
    return requireNonNull(registry.find(model, "1"));
  }

  static Servable servable(ModelRegistry registry, String model) {
    return requireNonNull(version(registry, model).servable());
  }

  static Row row(Servable servable, double a, double b, double c) {
    String instance = String.format(Locale.ROOT, "{\"a\": %s, \"b\": %s, \"c\": %s}", a, b, c);
    return row(servable, instance);
  }

  static Row row(Servable servable, String instance) {
    try (JsonParser json = JsonMapper.shared().createParser(instance)) {
      json.nextToken();
      return servable.reader().read(json);
    }
  }
}
