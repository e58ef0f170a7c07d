package io.evenkeel.api;

import io.evenkeel.contract.Degradation;
import io.evenkeel.registry.ModelVersion;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The shapes of requests and answers, as far as all models share them. */
final class OpenApiSchemas {
  private OpenApiSchemas() {}

  static void addTo(OpenAPI document) {
    if (document.getComponents() == null) {
      document.setComponents(new Components());
    }
    document
        .getComponents()
        .addSchemas("Instance", open("One row: a member for each feature of the model's contract"))
        .addSchemas(
            "PredictionRequest",
            object("instance", reference("Instance")).addProperty("options", open("None yet")))
        .addSchemas(
            "BatchRequest",
            object("instances", listOf("Instance")).addProperty("options", open("None yet")))
        .addSchemas("Prediction", prediction())
        .addSchemas(
            "Warning",
            object("pointer", text(), "rule", text(), "message", text())
                .addProperty("feature", text()))
        .addSchemas(
            "PredictionAnswer",
            head()
                .addProperty("prediction", reference("Prediction"))
                .addProperty(
                    "degraded",
                    flag("Whether it stands for an answer that the model asked couldn't give"))
                .addProperty("degradation", reference("Degradation"))
                .addProperty("warnings", listOf("Warning")))
        .addSchemas("Degradation", degradation())
        .addSchemas(
            "BatchItem",
            new ObjectSchema()
                .addProperty("prediction", reference("Prediction"))
                .addProperty("degraded", flag("True, or left out"))
                .addProperty("degradation", reference("Degradation"))
                .addProperty("warnings", listOf("Warning"))
                .addProperty("problem", reference("Problem")))
        .addSchemas(
            "BatchAnswer",
            head()
                .addProperty("results", listOf("BatchItem"))
                .addProperty("degraded", flag("Whether any of the results is"))
                .addProperty("degradation", reference("Degradation"))
                .addProperty("warnings", listOf("Warning"))
                .addProperty("summary", summary()))
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
                .addProperty("stable", nullable(text())))
        .addSchemas("Models", object("default", text(), "models", listOf("Model")))
        .addSchemas(
            "Version",
            routable(object("model", text(), "version", text(), "state", state()))
                .addProperty("loadTimeMs", new IntegerSchema())
                .addProperty("contract", open("The contract, in the words of contract.yaml"))
                .addProperty("ruleFlags", listOf("RuleFlag"))
                .addProperty("card", open("The model card")));
  }

  private static Schema<?> routable(Schema<?> version) {
    return version
        .addProperty(
            "routable", flag("Whether requests that name no version may be answered by it"))
        .addProperty("reason", text().description("Why it isn't routable"))
        .addProperty("deprecated", reference("Deprecation"))
        .addProperty("mistakes", listOf("Mistake"))
        .addRequiredItem("routable");
  }

  private static Schema<?> day() {
    return new StringSchema().format("date");
  }

  private static Schema<?> prediction() {
    Schema<?> number = nullable(new NumberSchema());
    return new ObjectSchema()
        .description(
            "`label`, `probabilities` and `confidence`, or `value`, or `outputs`, by the model's task")
        .addProperty("label", nullable(text()))
        .addProperty("probabilities", new ObjectSchema().additionalProperties(number))
        .addProperty("confidence", number)
        .addProperty("value", number)
        .addProperty("outputs", open("Each output of the graph by its name"));
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

  static Schema<?> flag(String description) {
    return new BooleanSchema().description(description);
  }

  static Schema<?> head() {
    return object("id", text(), "model", text(), "version", text(), "contract", text());
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

  static Schema<?> open(String description) {
    return new ObjectSchema().description(description).additionalProperties(true);
  }

  static Schema<?> listOf(String name) {
    return new ArraySchema().items(reference(name));
  }

  static Schema<?> reference(String name) {
    return new Schema<>().$ref("#/components/schemas/" + name);
  }

  static Schema<?> nullable(Schema<?> schema) {
    return new Schema<>().anyOf(List.of(schema, new Schema<>().types(Set.of("null"))));
  }

  static Schema<?> text() {
    return new StringSchema();
  }
}
