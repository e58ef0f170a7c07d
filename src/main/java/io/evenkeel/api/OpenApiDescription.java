package io.evenkeel.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.PathParameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Describes {@code /v1} for {@code /v3/api-docs}. The servlet has no annotations that a library
 * could read.
 */
final class OpenApiDescription {
  private static final String JSON = "application/json";
  private static final String MODEL = "/v1/models/{model}";
  private static final String VERSION = MODEL + "/versions/{version}";

  private final OpenApiExamples examples;

  OpenApiDescription(OpenApiExamples examples) {
    this.examples = examples;
  }

  /** Adds the paths and schemas. */
  void describe(OpenAPI document) {
    document
        .getInfo()
        .title("Evenkeel")
        .version("v1")
        .description("Predictions from ONNX models, within a latency budget");
    OpenApiSchemas.addTo(document);
    Paths paths = document.getPaths();
    new OpenApiValidation(examples).describe(document, paths);
    paths.addPathItem("/v1/predict", new PathItem().post(single("predict")));
    paths.addPathItem("/v1/predict/batch", new PathItem().post(withMode(batch("predictBatch"))));
    paths.addPathItem(
        MODEL + "/predict",
        new PathItem().post(single("predictWithModel").parameters(inPath("model"))));
    paths.addPathItem(
        MODEL + "/predict/batch",
        new PathItem().post(withMode(batch("predictBatchWithModel"), "model")));
    paths.addPathItem(
        VERSION + "/predict",
        new PathItem().post(single("predictWithVersion").parameters(inPath("model", "version"))));
    paths.addPathItem(
        VERSION + "/predict/batch",
        new PathItem().post(withMode(batch("predictBatchWithVersion"), "model", "version")));
    paths.addPathItem(
        "/v1/models",
        new PathItem().get(document("listModels", "Models", "The models that are served")));
    paths.addPathItem(
        MODEL,
        new PathItem()
            .get(
                document("getModel", "Model", "One model and its versions")
                    .parameters(inPath("model"))));
    paths.addPathItem(
        VERSION,
        new PathItem()
            .get(
                document("getVersion", "Version", "One version: its state, contract and card")
                    .parameters(inPath("model", "version"))));
  }

  private Operation single(String id) {
    return prediction(
        id, "Predict for one instance", "PredictionRequest", "PredictionAnswer", examples.single());
  }

  private Operation batch(String id) {
    return prediction(
        id, "Predict for many instances", "BatchRequest", "BatchAnswer", examples.batch());
  }

  private static Operation prediction(
      String id, String summary, String request, String answer, @Nullable Object example) {
    MediaType body = new MediaType().schema(reference(request)).example(example);
    Operation operation =
        new Operation()
            .operationId(id)
            .summary(summary)
            .tags(List.of("predictions"))
            .requestBody(
                new RequestBody().required(true).content(new Content().addMediaType(JSON, body)))
            .responses(byVersion(answer));
    operation.addParametersItem(
        new HeaderParameter()
            .name("X-Deadline-Ms")
            .description(
                "For how many milliseconds the answer is wanted; the endpoint's budget applies too")
            .schema(new IntegerSchema().minimum(BigDecimal.ONE)));
    Schema<String> priority = new StringSchema();
    priority.setEnum(List.of("critical", "normal", "sheddable"));
    priority.setDefault("normal");
    operation.addParametersItem(
        new HeaderParameter()
            .name("X-Priority")
            .description("How much it matters when there isn't room for all")
            .schema(priority));
    operation.addParametersItem(
        new HeaderParameter()
            .name("X-Request-Id")
            .description("Echoed, and in each log line")
            .schema(new StringSchema()));
    return operation;
  }

  /** The answers by a version, which say that it is going away, if it is. */
  static ApiResponses byVersion(String schema) {
    ApiResponses answers = answers(schema);
    answers.values().forEach(answer -> answer.setHeaders(announcements()));
    return answers;
  }

  private static Map<String, Header> announcements() {
    return Map.of(
        "Deprecation",
        new Header()
            .description("Since when the version is deprecated (RFC 9745), if it is")
            .schema(new StringSchema()),
        "Sunset",
        new Header()
            .description("From when on the version isn't served any more (RFC 8594), if set")
            .schema(new StringSchema()));
  }

  private static Operation withMode(Operation operation, String... inPath) {
    inPath(inPath).forEach(operation::addParametersItem);
    Schema<String> mode = new StringSchema();
    mode.setEnum(List.of("per-item", "all-or-nothing"));
    return operation.addParametersItem(
        new QueryParameter()
            .name("mode")
            .description("What one bad instance does to the others")
            .schema(mode));
  }

  private static Operation document(String id, String schema, String summary) {
    return new Operation()
        .operationId(id)
        .summary(summary)
        .tags(List.of("models"))
        .responses(answers(schema));
  }

  static List<Parameter> inPath(String... names) {
    return Arrays.stream(names)
        .<Parameter>map(
            name -> new PathParameter().name(name).required(true).schema(new StringSchema()))
        .toList();
  }

  static ApiResponses answers(String schema) {
    ApiResponses responses = new ApiResponses();
    responses.addApiResponse(
        "200",
        new ApiResponse()
            .description("Success")
            .content(new Content().addMediaType(JSON, new MediaType().schema(reference(schema)))));
    Content problem =
        new Content()
            .addMediaType("application/problem+json", new MediaType().schema(reference("Problem")));
    for (ProblemKind kind : ProblemKind.values()) {
      String code = Integer.toString(kind.status());
      ApiResponse known = responses.get(code);
      String description =
          known == null ? kind.slug() : known.getDescription() + ", " + kind.slug();
      responses.addApiResponse(code, new ApiResponse().description(description).content(problem));
    }
    return responses;
  }

  static Schema<?> reference(String name) {
    return new Schema<>().$ref("#/components/schemas/" + name);
  }
}
