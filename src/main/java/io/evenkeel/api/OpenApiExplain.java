package io.evenkeel.api;

import static io.evenkeel.api.OpenApiSchemas.head;
import static io.evenkeel.api.OpenApiSchemas.listOf;
import static io.evenkeel.api.OpenApiSchemas.nullable;
import static io.evenkeel.api.OpenApiSchemas.object;
import static io.evenkeel.api.OpenApiSchemas.reference;
import static io.evenkeel.api.OpenApiSchemas.text;

import io.evenkeel.explain.ExplainRequest;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Map;

/** The shapes of requests to explain a prediction, and of their answers. */
final class OpenApiExplain {
  /** What may be asked of an explanation. */
  static final Map<String, Object> OPTIONS =
      Map.of(
          "type",
          "object",
          "additionalProperties",
          false,
          "properties",
          Map.of(
              "permutations",
              Map.of(
                  "type", "integer",
                  "minimum", ExplainRequest.FEWEST_PERMUTATIONS,
                  "maximum", ExplainRequest.MOST_PERMUTATIONS,
                  "default", ExplainRequest.USUAL_PERMUTATIONS,
                  "description", "How many at most; they come in pairs"),
              "seed",
              Map.of(
                  "type", "integer",
                  "format", "int64",
                  "description", "Which ones are drawn; without it the row decides")));

  private OpenApiExplain() {}

  static void addTo(Components components) {
    components
        .addSchemas(
            "Attribution",
            object(
                    "feature", text(),
                    "attribution", new NumberSchema(),
                    "standardError", nullable(new NumberSchema()))
                .addProperty("value", new Schema<>().description("As the model got it; or null"))
                .addProperty("baseline", new Schema<>().description("The baseline's value"))
                .addProperty(
                    "sensitive",
                    new BooleanSchema().description("True, or left out; then there is no value")))
        .addSchemas(
            "ExplainedNumber",
            object("value", new NumberSchema(), "baseline", new NumberSchema())
                .addProperty("label", text().description("Whose probability it is")))
        .addSchemas("Explanation", explanation());
  }

  private static Schema<?> explanation() {
    Schema<?> explanation = OpenApiSchemas.of(OpenApiSchemas.object(head(null)));
    Schema<?> further =
        object(
            "prediction", reference("AnyPrediction"),
            "baseline", reference("AnyPrediction"),
            "explained", reference("ExplainedNumber"),
            "attributions", listOf("Attribution"),
            "method", text(),
            "permutations", new IntegerSchema(),
            "seed", new IntegerSchema().format("int64"),
            "partial",
                new BooleanSchema().description("Whether time or room ran out before the rest"),
            "warnings", listOf("Warning"));
    further
        .getProperties()
        .forEach((name, schema) -> {
          explanation.addProperty(name, schema);
          explanation.addRequiredItem(name);
        });
    return explanation;
  }
}
