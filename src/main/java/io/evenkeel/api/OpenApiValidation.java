package io.evenkeel.api;

import static io.evenkeel.api.OpenApiSchemas.flag;
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
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import java.util.Arrays;
import java.util.List;

/** Describes the calls about contracts: verdicts on rows, and the report on the traffic's rows. */
final class OpenApiValidation {
  private static final String MODEL = "/v1/models/{model}";
  private static final String VERSION = MODEL + "/versions/{version}";
  private static final String JSON = "application/json";

  private final OpenApiExamples examples;

  OpenApiValidation(OpenApiExamples examples) {
    this.examples = examples;
  }

  void describe(OpenAPI document, Paths paths) {
    addSchemas(document.getComponents());
    paths.addPathItem("/v1/validate", new PathItem().post(validate("validate")));
    paths.addPathItem(
        MODEL + "/validate", new PathItem().post(validate("validateWithModel", "model")));
    paths.addPathItem(
        VERSION + "/validate",
        new PathItem().post(validate("validateWithVersion", "model", "version")));
    paths.addPathItem(MODEL + "/validation-report", new PathItem().get(report()));
  }

  private Operation validate(String id, String... inPath) {
    MediaType body =
        new MediaType().schema(reference("PredictionRequest")).example(examples.single());
    Operation operation =
        new Operation()
            .operationId(id)
            .summary("Judge one instance by the contract, without running the model")
            .tags(List.of("contracts"))
            .requestBody(
                new RequestBody().required(true).content(new Content().addMediaType(JSON, body)))
            .responses(OpenApiDescription.byVersion("Verdict"));
    OpenApiDescription.inPath(inPath).forEach(operation::addParametersItem);
    return operation.addParametersItem(
        new HeaderParameter()
            .name("X-Request-Id")
            .description("Echoed, and in each log line")
            .schema(new StringSchema()));
  }

  private static Operation report() {
    Operation operation =
        new Operation()
            .operationId("getValidationReport")
            .summary("What was found about the rows of the last hour and day, ranked")
            .tags(List.of("contracts"))
            .responses(OpenApiDescription.answers("ValidationReport"));
    OpenApiDescription.inPath("model").forEach(operation::addParametersItem);
    return operation.addParametersItem(
        new QueryParameter()
            .name("version")
            .description("The only version to report")
            .schema(new StringSchema()));
  }

  private static void addSchemas(Components components) {
    components
        .addSchemas(
            "Column",
            object("name", text(), "feature", text())
                .addProperty(
                    "value", new Schema<>().description("A number, a flag or a text; or null"))
                .addProperty("sensitive", flag("True, or left out; then there is no value")))
        .addSchemas("Tensor", object("name", text(), "columns", listOf("Column")))
        .addSchemas("Verdict", verdict())
        .addSchemas(
            "RuleFlag",
            object("rule", text(), "mode", choice(Enforcement.values()))
                .addProperty("feature", text()))
        .addSchemas(
            "WindowCounts",
            object(
                "lastHour", new IntegerSchema(),
                "lastDay", new IntegerSchema(),
                "dayBefore", new IntegerSchema()))
        .addSchemas(
            "WindowRates",
            object(
                "lastHour", nullable(new NumberSchema()),
                "lastDay", nullable(new NumberSchema()),
                "dayBefore", nullable(new NumberSchema())))
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
                .addProperty("untracked", new IntegerSchema()))
        .addSchemas(
            "ValidationReport",
            object("model", text(), "at", text(), "versions", listOf("VersionReport")));
  }

  private static Schema<?> verdict() {
    Schema<?> verdict = head();
    verdict
        .addProperty("valid", flag("Whether a prediction would be made for it"))
        .addProperty("violations", listOf("Violation"))
        .addProperty("omittedViolations", new IntegerSchema())
        .addProperty("warnings", listOf("Warning"))
        .addProperty("monitored", listOf("Violation"))
        .addProperty("tensors", listOf("Tensor"));
    List.of("valid", "violations", "warnings", "monitored", "tensors")
        .forEach(verdict::addRequiredItem);
    return verdict;
  }

  private static Schema<?> finding() {
    return object(
            "rule", text(),
            "kind", choice(Finding.Kind.values()),
            "jumped", flag("Whether its rate of the last hour is above the day before it"),
            "z", new NumberSchema(),
            "rows", reference("WindowCounts"),
            "rates", reference("WindowRates"),
            "examples", listOf("FindingExample"))
        .addProperty("feature", text());
  }

  private static Schema<?> choice(Enum<?>[] values) {
    Schema<String> choice = new StringSchema();
    choice.setEnum(Arrays.stream(values).map(YamlNode::written).toList());
    return choice;
  }
}
