package io.evenkeel.api;

import io.evenkeel.contract.Degradation;
import io.evenkeel.registry.ModelVersion;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of requests and answers: those that all models share, and those around a model's own.
 */
final class OpenApiSchemas {
  private static final Map<String, Object> NO_OPTIONS =
      Map.of("type", "object", "maxProperties", 0, "description", "None yet");
  private static final String SCHEMAS = "#/components/schemas/";
  private static final String WARNING = SCHEMAS + "Warning";
  private static final String OUTLIER = SCHEMAS + "Outlier";
  private static final String DEGRADATION = SCHEMAS + "Degradation";

  private OpenApiSchemas() {}

  static void addTo(OpenAPI document) {
    if (document.getComponents() == null) {
      document.setComponents(new Components());
    }
    Map<String, Map<String, Object>> any = new LinkedHashMap<>();
    any.put(
        "Instance",
        Map.of(
            "type", "object",
            "description", "One row: a member for each feature of the model's contract",
            "additionalProperties", true));
    any.put("Prediction", prediction());
    addPredictions("Any", null, 0, any);
    any.forEach((name, schema) -> document.getComponents().addSchemas("Any" + name, of(schema)));
    document
        .getComponents()
        .addSchemas(
            "Warning",
            object("pointer", text(), "rule", text(), "message", text())
                .addProperty("feature", text()))
        .addSchemas("Outlier", outlier())
        .addSchemas("Degradation", degradation())
        .addSchemas("BatchSummary", summary())
        .addSchemas(
            "JsonSchema", open("A JSON Schema (2020-12); `x-alsoChecked` is what it can't say"))
        .addSchemas(
            "Violation",
            object("pointer", text(), "rule", text(), "expected", text())
                .addProperty("feature", text())
                .addProperty("received", text()))
        .addSchemas("Problem", problem())
        .addSchemas("VersionSummary", routable(object("version", text(), "state", state())))
        .addSchemas(
            "Deprecation",
            object("since", day())
                .addProperty("sunset", day())
                .addProperty("message", text())
                .description("From when on clients should move on, and until when it is served"))
        .addSchemas(
            "Mistake",
            object("file", text(), "line", new IntegerSchema(), "cause", text(), "mend", text()))
        .addSchemas(
            "Model",
            object("model", text(), "versions", listOf("VersionSummary"))
                .addProperty("stable", nullable(text()))
                .addProperty("card", reference("CardSummary")))
        .addSchemas("Models", object("default", text(), "models", listOf("Model")))
        .addSchemas(
            "Version",
            routable(object("model", text(), "version", text(), "state", state()))
                .addProperty("loadTimeMs", new IntegerSchema())
                .addProperty("contract", open("The contract, in the words of contract.yaml"))
                .addProperty("ruleFlags", listOf("RuleFlag")))
        .addSchemas(
            "CardSummary",
            missing(object("complete", of(flag("Whether nothing is to be mended"))))
                .addProperty("url", text().description("Where the card is, as JSON or as a page"))
                .addRequiredItem("url"))
        .addSchemas(
            "Card",
            missing(
                    object(
                        "model", text(),
                        "version", text(),
                        "state", state(),
                        "complete", of(flag("Whether nothing is to be mended")),
                        "card", open("The members of card.yaml, as they were written")))
                .addProperty("contract", text().description("The contract's fingerprint"))
                .addProperty("deprecated", reference("Deprecation"))
                .addProperty("mistakes", listOf("Mistake"))
                .addProperty("live", reference("LiveQuality")));
  }

  private static Schema<?> routable(Schema<?> version) {
    return version
        .addProperty(
            "routable", of(flag("Whether requests that name no version may be answered by it")))
        .addProperty("reason", text().description("Why it isn't routable"))
        .addProperty("deprecated", reference("Deprecation"))
        .addProperty("card", reference("CardSummary"))
        .addProperty("mistakes", listOf("Mistake"))
        .addRequiredItem("routable")
        .addRequiredItem("card");
  }

  private static Schema<?> missing(Schema<?> card) {
    return card.addProperty(
        "missing",
        new ArraySchema()
            .items(text())
            .description("The members still to be written; left out where the card is complete"));
  }

  private static Schema<?> day() {
    return new StringSchema().format("date");
  }

  /**
   * Adds the requests and answers around a kind of instances and predictions.
   *
   * @param base the beginning of the components' names
   * @param model the only model that answers so; null where it can be any
   * @param maxInstances the largest batch; 0 where that isn't said
   * @param schemas by the ends of the components' names; has {@code Instance} and {@code
   *     Prediction}
   */
  static void addPredictions(
      String base,
      @Nullable String model,
      int maxInstances,
      Map<String, Map<String, Object>> schemas) {
    Map<String, Object> instance = Map.of("$ref", SCHEMAS + base + "Instance");
    Map<String, Object> instances = new LinkedHashMap<>();
    instances.put("type", "array");
    instances.put("minItems", 1);
    if (maxInstances > 0) {
      instances.put("maxItems", maxInstances);
    }
    instances.put("items", instance);
    schemas.put("Request", request("instance", instance, NO_OPTIONS));
    schemas.put("ExplainRequest", request("instance", instance, OpenApiExplain.OPTIONS));
    schemas.put("BatchRequest", request("instances", instances, NO_OPTIONS));
    Map<String, Object> prediction = Map.of("$ref", SCHEMAS + base + "Prediction");
    Map<String, Object> warnings = Map.of("type", "array", "items", Map.of("$ref", WARNING));
    Map<String, Object> degradation = Map.of("$ref", DEGRADATION);
    Map<String, Object> outlier = Map.of("$ref", OUTLIER);
    Map<String, Object> answer = routedHead(model);
    answer.put("prediction", prediction);
    answer.put("degraded", flag("Whether it stands for an answer that couldn't be given"));
    answer.put("warnings", warnings);
    Map<String, Object> further = new LinkedHashMap<>();
    further.put("outlier", outlier);
    further.put("degradation", degradation);
    schemas.put("Answer", object(answer, further));
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("prediction", prediction);
    item.put("degraded", flag("True, or left out"));
    item.put("degradation", degradation);
    item.put("warnings", warnings);
    item.put("outlier", outlier);
    item.put("problem", Map.of("$ref", SCHEMAS + "Problem"));
    schemas.put(
        "BatchItem",
        Map.of(
            "type", "object",
            "description", "`prediction` and `warnings`, or `problem`",
            "properties", item));
    Map<String, Object> batch = routedHead(model);
    batch.put(
        "results", Map.of("type", "array", "items", Map.of("$ref", SCHEMAS + base + "BatchItem")));
    batch.put("degraded", flag("Whether any of the results is"));
    batch.put("summary", Map.of("$ref", SCHEMAS + "BatchSummary"));
    Map<String, Object> maybe = new LinkedHashMap<>();
    maybe.put("degradation", degradation);
    maybe.put("warnings", warnings);
    schemas.put("BatchAnswer", object(batch, maybe));
  }

  private static Map<String, Object> request(
      String member, Map<String, Object> content, Map<String, Object> options) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(member, content);
    properties.put("options", options);
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", List.of(member));
    schema.put("additionalProperties", false);
    return schema;
  }

  static Map<String, Object> head(@Nullable String model) {
    Map<String, Object> head = new LinkedHashMap<>();
    head.put("id", Map.of("type", "string", "description", "The answer's own id"));
    head.put(
        "model",
        model == null ? Map.of("type", "string") : Map.of("type", "string", "const", model));
    head.put("version", Map.of("type", "string"));
    head.put(
        "contract",
        Map.of("type", "string", "description", "The fingerprint of the version's contract"));
    return head;
  }

  private static Map<String, Object> routedHead(@Nullable String model) {
    Map<String, Object> head = head(model);
    head.put(
        "routeRevision",
        Map.of(
            "type", "integer",
            "minimum", 0,
            "description", "The revision of the routes that chose the version"));
    return head;
  }

  static Map<String, Object> flag(String description) {
    return Map.of("type", "boolean", "description", description);
  }

  /** An object of required members. */
  static Map<String, Object> object(Map<String, Object> properties) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", List.copyOf(properties.keySet()));
    return schema;
  }

  /** The same, with members that may be left out. */
  private static Map<String, Object> object(
      Map<String, Object> required, Map<String, Object> optional) {
    Map<String, Object> schema = object(required);
    Map<String, Object> all = new LinkedHashMap<>(required);
    all.putAll(optional);
    schema.put("properties", all);
    return schema;
  }

  /** JSON values as the library's own type, with every keyword that it knows. */
  static Schema<?> of(Map<String, Object> schema) {
    return Json31.mapper().convertValue(schema, Schema.class);
  }

  private static Map<String, Object> prediction() {
    Map<String, Object> number = Map.of("type", List.of("number", "null"));
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("label", Map.of("type", List.of("string", "null")));
    properties.put("probabilities", Map.of("type", "object", "additionalProperties", number));
    properties.put("confidence", number);
    properties.put("value", number);
    properties.put("outputs", Map.of("type", "object", "additionalProperties", true));
    return Map.of(
        "type",
        "object",
        "description",
        "`label`, `probabilities` and `confidence`, or `value`, or `outputs`, by the model's"
            + " task; of probabilities as much as its contract discloses",
        "properties",
        properties);
  }

  private static Schema<?> problem() {
    Schema<?> problem =
        object("type", text(), "title", text(), "status", new IntegerSchema(), "detail", text())
            .description("A problem detail (RFC 9457); docs/errors.md lists the types")
            .addProperty("requestId", text())
            .addProperty("pointer", text())
            .addProperty("line", new IntegerSchema())
            .addProperty("column", new IntegerSchema())
            .addProperty("reason", text())
            .addProperty("omittedViolations", new IntegerSchema());
    return problem.addProperty("violations", listOf("Violation"));
  }

  private static Schema<?> outlier() {
    NumberSchema score = new NumberSchema();
    score.setMinimum(BigDecimal.ZERO);
    score.setMaximum(BigDecimal.ONE);
    score.setDescription("The share of the training rows that lie nearer to their middle");
    return object("score", score)
        .description(
            "How far out the row is; left out where the version's reference has no covariance");
  }

  private static Schema<?> degradation() {
    Schema<String> mode = new StringSchema();
    mode.setEnum(Arrays.stream(Degradation.Mode.values()).map(Degradation.Mode::word).toList());
    mode.setDescription("An earlier answer, another version's, or the one the contract states");
    Schema<String> reason = new StringSchema();
    reason.setDescription(
        "A reason of `overloaded`, or `deadline-exceeded`, or `model-failure`; see docs/errors.md");
    return object("mode", mode, "reason", reason)
        .description("What the answer is, and what it stands for; left out unless degraded");
  }

  private static Schema<?> summary() {
    return object(
        "instances",
        new IntegerSchema(),
        "served",
        new IntegerSchema(),
        "invalid",
        new IntegerSchema(),
        "failed",
        new IntegerSchema());
  }

  private static Schema<?> state() {
    Schema<String> state = new StringSchema();
    state.setEnum(
        Arrays.stream(ModelVersion.State.values())
            .map(value -> value.name().toLowerCase(Locale.ROOT))
            .toList());
    return state;
  }

  /** An object of required members, given as names and schemas in turn. */
  static Schema<?> object(Object... namesAndSchemas) {
    Schema<?> object = new ObjectSchema();
    for (int i = 0; i < namesAndSchemas.length; i += 2) {
      String name = (String) namesAndSchemas[i];
      object.addProperty(name, (Schema<?>) namesAndSchemas[i + 1]);
      object.addRequiredItem(name);
    }
    return object;
  }

  private static Schema<?> open(String description) {
    return new ObjectSchema().description(description).additionalProperties(true);
  }

  static Schema<?> listOf(String name) {
    return new ArraySchema().items(reference(name));
  }

  static Schema<?> reference(String name) {
    return new Schema<>().$ref(SCHEMAS + name);
  }

  static Schema<?> nullable(Schema<?> schema) {
    return new Schema<>().anyOf(List.of(schema, new Schema<>().types(Set.of("null"))));
  }

  static Schema<?> text() {
    return new StringSchema();
  }
}
