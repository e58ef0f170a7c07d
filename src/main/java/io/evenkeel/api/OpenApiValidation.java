package io.evenkeel.api;

import static io.evenkeel.api.OpenApiSchemas.head;
import static io.evenkeel.api.OpenApiSchemas.listOf;
import static io.evenkeel.api.OpenApiSchemas.nullable;
import static io.evenkeel.api.OpenApiSchemas.object;
import static io.evenkeel.api.OpenApiSchemas.reference;
import static io.evenkeel.api.OpenApiSchemas.text;

import io.evenkeel.contract.Enforcement;
import io.evenkeel.contract.YamlNode;
import io.evenkeel.monitoring.Finding;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.Arrays;
import java.util.Map;

/**
 * The shapes of answers about contracts: verdicts on rows, and the report on the traffic's rows.
 */
final class OpenApiValidation {
  private OpenApiValidation() {}

  static void addTo(Components components) {
    components
        .addSchemas(
            "Column",
            object("name", text(), "feature", text())
                .addProperty(
                    "value", new Schema<>().description("A number, a flag or a text; or null"))
                .addProperty("sensitive", yes("True, or left out; then there is no value")))
        .addSchemas("Tensor", object("name", text(), "columns", listOf("Column")))
        .addSchemas("Verdict", verdict())
        .addSchemas(
            "RuleFlag",
            object("rule", text(), "mode", choice(Enforcement.values()))
                .addProperty("feature", text()))
        .addSchemas(
            "WindowCounts",
            windows(new IntegerSchema()).description("A number below minimumGroup is left out"))
        .addSchemas("WindowRates", windows(nullable(new NumberSchema())))
        .addSchemas(
            "FindingExample",
            object("at", text(), "pointer", text(), "expected", text())
                .addProperty("received", text()))
        .addSchemas("Finding", finding())
        .addSchemas(
            "VersionReport",
            object(
                    "version", text(),
                    "rows", reference("WindowCounts"),
                    "findings", listOf("Finding"))
                .addProperty("untracked", new IntegerSchema())
                .addProperty("minimumGroup", minimumGroup())
                .addProperty(
                    "withheld",
                    new IntegerSchema().description("How many findings have fewer rows")))
        .addSchemas(
            "ValidationReport",
            object("model", text(), "at", text(), "versions", listOf("VersionReport")))
        .addSchemas(
            "VersionDrift",
            object("version", text(), "level", text(), "says", text()).additionalProperties(true))
        .addSchemas(
            "Drift", object("model", text(), "at", text(), "versions", listOf("VersionDrift")));
  }

  private static Schema<?> windows(Schema<?> each) {
    return object()
        .addProperty("lastHour", each)
        .addProperty("lastDay", each)
        .addProperty("dayBefore", each);
  }

  /** By the contract's {@code disclosure}. */
  static Schema<?> minimumGroup() {
    return new IntegerSchema()
        .description("What is of fewer rows isn't shown; left out where there is no such bound");
  }

  private static Schema<?> verdict() {
    Map<String, Object> verdict = head(null);
    verdict.put("valid", OpenApiSchemas.flag("Whether a prediction would be made for it"));
    verdict.put("violations", list("Violation"));
    verdict.put("warnings", list("Warning"));
    verdict.put("monitored", list("Violation"));
    verdict.put("tensors", list("Tensor"));
    return OpenApiSchemas.of(OpenApiSchemas.object(verdict))
        .addProperty("omittedViolations", new IntegerSchema())
        .addProperty("outlier", OpenApiSchemas.reference("Outlier"));
  }

  private static Map<String, Object> list(String name) {
    return Map.of("type", "array", "items", Map.of("$ref", "#/components/schemas/" + name));
  }

  private static Schema<?> finding() {
    return object(
            "rule", text(),
            "kind", choice(Finding.Kind.values()),
            "jumped", yes("Whether its rate of the last hour is above the day before it"),
            "z", new NumberSchema(),
            "rows", reference("WindowCounts"),
            "rates", reference("WindowRates"),
            "examples", listOf("FindingExample"))
        .addProperty("feature", text());
  }

  private static Schema<?> yes(String description) {
    return new BooleanSchema().description(description);
  }

  private static Schema<?> choice(Enum<?>[] values) {
    Schema<String> choice = new StringSchema();
    choice.setEnum(Arrays.stream(values).map(YamlNode::written).toList());
    return choice;
  }
}
