package io.evenkeel.api;

import static io.evenkeel.api.OpenApiSchemas.listOf;
import static io.evenkeel.api.OpenApiSchemas.nullable;
import static io.evenkeel.api.OpenApiSchemas.object;
import static io.evenkeel.api.OpenApiSchemas.reference;
import static io.evenkeel.api.OpenApiSchemas.text;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The shapes of feedback, of the report on quality, and of statistics. */
final class OpenApiFeedback {
  private OpenApiFeedback() {}

  static void addTo(Components components) {
    components
        .addSchemas("Feedback", feedback())
        .addSchemas("FeedbackAnswer", answer())
        .addSchemas(
            "KnownOutcome", object("at", text(), "outcome", outcome("What was known before")))
        .addSchemas("FeedbackBatch", object("items", listOf("Feedback")))
        .addSchemas(
            "FeedbackItem",
            new Schema<>()
                .anyOf(
                    List.of(reference("FeedbackAnswer"), object("problem", reference("Problem")))))
        .addSchemas(
            "FeedbackBatchAnswer",
            object(
                "results",
                listOf("FeedbackItem"),
                "summary",
                object(
                    "items", new IntegerSchema(),
                    "joined", new IntegerSchema(),
                    "refused", new IntegerSchema())))
        .addSchemas(
            "Distribution",
            object(
                "mean", new NumberSchema(),
                "p05", new NumberSchema(),
                "p50", new NumberSchema(),
                "p95", new NumberSchema()))
        .addSchemas(
            "Confidence",
            object(
                    "rows",
                    new IntegerSchema(),
                    "top",
                    reference("Distribution"),
                    "margin",
                    reference("Distribution"),
                    "entropy",
                    reference("Distribution"),
                    "floor",
                    new NumberSchema())
                .addProperty("belowFloor", new NumberSchema()))
        .addSchemas(
            "Figure",
            object(
                "value",
                new NumberSchema(),
                "low",
                nullable(new NumberSchema()),
                "high",
                nullable(new NumberSchema()),
                "n",
                new IntegerSchema()))
        .addSchemas(
            "CalibrationBin",
            object(
                "from", new NumberSchema(),
                "to", new NumberSchema(),
                "n", new IntegerSchema(),
                "confidence", new NumberSchema(),
                "accuracy", new NumberSchema()))
        .addSchemas(
            "Calibration",
            object(
                "ece", new NumberSchema(),
                "eceByChance", new NumberSchema(),
                "curve", listOf("CalibrationBin")))
        .addSchemas(
            "ExpectedAccuracy",
            object(
                "estimate", new NumberSchema(),
                "n", new IntegerSchema(),
                "calibratedOn", new IntegerSchema(),
                "note", text()))
        .addSchemas("GroupOfRows", group())
        .addSchemas(
            "GroupDifference",
            object(
                "value", new NumberSchema(),
                "low", new NumberSchema(),
                "high", new NumberSchema(),
                "highest", text(),
                "lowest", text()))
        .addSchemas("Fairness", fairness())
        .addSchemas("LiveQuality", measured(object("at", text())))
        .addSchemas("Statistics", statistics())
        .addSchemas("VersionQuality", quality())
        .addSchemas(
            "QualityReport",
            object("model", text(), "at", text(), "versions", listOf("VersionQuality")));
  }

  /** A caller may leave out more than an answer does, so required members are few. */
  private static Schema<?> feedback() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("id", Map.of("type", "string", "description", "The answer's `id`"));
    properties.put(
        "index",
        Map.of(
            "type",
            "integer",
            "minimum",
            0,
            "maximum",
            Integer.MAX_VALUE,
            "description",
            "The place among a batch's `results`; left out of any other answer"));
    properties.put(
        "outcome",
        Map.of(
            "type",
            List.of("string", "number"),
            "description",
            "What came true: one of the model's labels, or a number"));
    properties.put(
        "at",
        Map.of(
            "type", List.of("string", "null"),
            "format", "date-time",
            "description", "Since when it is known; now, if left out"));
    return OpenApiSchemas.of(
        Map.of(
            "type",
            "object",
            "properties",
            properties,
            "required",
            List.of("id", "outcome"),
            "additionalProperties",
            false));
  }

  private static Schema<?> answer() {
    Schema<String> result = new StringSchema();
    result.setEnum(List.of("recorded", "unchanged", "replaced", "outdated"));
    return object("id", text(), "model", text(), "version", text(), "result", result)
        .addProperty("index", new IntegerSchema())
        .addProperty("known", reference("KnownOutcome"));
  }

  private static Schema<?> outcome(String description) {
    return OpenApiSchemas.of(
        Map.of("type", List.of("string", "number"), "description", description));
  }

  private static Schema<?> group() {
    return object(
            "group",
            text(),
            "rows",
            new IntegerSchema(),
            "outcomes",
            new IntegerSchema(),
            "figures",
            figures("By their words: selectionRate, accuracy, truePositiveRate, ..."))
        .addProperty("shares", figures("By label, how often it was predicted"));
  }

  private static Schema<?> statistics() {
    return object(
        "model", text(),
        "version", text(),
        "contract", text(),
        "since", text(),
        "at", text(),
        "validUntil", text(),
        "epsilon", new NumberSchema(),
        "noise",
            object(
                "mechanism", text(),
                "protects", text(),
                "sensitivity", new IntegerSchema(),
                "scale", new NumberSchema(),
                "standardDeviation", new NumberSchema()),
        "budget", object("budget", new NumberSchema(), "per", text(), "spent", new NumberSchema()),
        "counts",
            new Schema<>()
                .types(Set.of("object"))
                .description("By feature and output; with noise, so they may be negative")
                .additionalProperties(
                    new ArraySchema().items(object("bin", text(), "count", new IntegerSchema()))));
  }

  private static Schema<?> fairness() {
    return object(
            "attribute", text(),
            "groups", listOf("GroupOfRows"),
            "minimumGroup", new IntegerSchema(),
            "differences",
                new Schema<>()
                    .types(Set.of("object"))
                    .description("By what groups differ in, the two that are farthest apart")
                    .additionalProperties(reference("GroupDifference")))
        .addProperty("favourable", text().description("The label that is good for people"))
        .addProperty(
            "withheld",
            new ArraySchema().items(text()).description("The groups that have too few rows"));
  }

  private static Schema<?> figures(String description) {
    return new Schema<>()
        .types(Set.of("object"))
        .description(description)
        .additionalProperties(reference("Figure"));
  }

  private static Schema<?> measured(Schema<?> schema) {
    return schema
        .addProperty(
            "outcomes",
            object("count", new IntegerSchema(), "needed", new IntegerSchema())
                .addProperty("from", text())
                .addProperty("to", text()))
        .addProperty("figures", figures("By their words: accuracy, auc, f1, brier; or mae, rmse"))
        .addProperty("fairness", reference("Fairness"))
        .addRequiredItem("outcomes")
        .addRequiredItem("figures");
  }

  private static Schema<?> quality() {
    return measured(object("version", text()))
        .addProperty("confidence", reference("Confidence"))
        .addProperty("calibration", reference("Calibration"))
        .addProperty("expectedAccuracy", reference("ExpectedAccuracy"))
        .addProperty("minimumGroup", OpenApiValidation.minimumGroup());
  }
}
