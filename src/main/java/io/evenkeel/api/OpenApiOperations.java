package io.evenkeel.api;

import io.evenkeel.registry.ModelFolder;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.PathParameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations below {@code /v1}, each with its headers, body and answers. */
final class OpenApiOperations {
  static final String JSON = "application/json";
  static final String SCHEMA = "application/schema+json";

  private static final Set<ProblemKind> OF_NAMES =
      EnumSet.of(ProblemKind.NO_SUCH_MODEL, ProblemKind.NO_SUCH_VERSION);
  private static final Set<ProblemKind> OF_READING =
      EnumSet.of(ProblemKind.BAD_HEADER, ProblemKind.NOT_ACCEPTABLE, ProblemKind.INTERNAL);
  private static final Set<ProblemKind> OF_JUDGING =
      EnumSet.of(
          ProblemKind.MALFORMED_JSON,
          ProblemKind.UNKNOWN_OPTION,
          ProblemKind.BAD_HEADER,
          ProblemKind.NOT_ACCEPTABLE,
          ProblemKind.REQUEST_TIMEOUT,
          ProblemKind.BODY_TOO_LARGE,
          ProblemKind.UNSUPPORTED_MEDIA_TYPE,
          ProblemKind.INTERNAL,
          ProblemKind.VERSION_SUNSET,
          ProblemKind.OVERLOADED);
  private static final Set<ProblemKind> OF_FEEDBACK =
      EnumSet.of(
          ProblemKind.MALFORMED_JSON,
          ProblemKind.UNKNOWN_OPTION,
          ProblemKind.BAD_HEADER,
          ProblemKind.NOT_ACCEPTABLE,
          ProblemKind.REQUEST_TIMEOUT,
          ProblemKind.BODY_TOO_LARGE,
          ProblemKind.UNSUPPORTED_MEDIA_TYPE,
          ProblemKind.UNUSABLE_FEEDBACK,
          ProblemKind.INTERNAL,
          ProblemKind.CONTROL_UNAVAILABLE);
  private static final Set<ProblemKind> OF_PREDICTING =
      EnumSet.complementOf(
          EnumSet.of(
              ProblemKind.NO_SUCH_PREDICTION,
              ProblemKind.UNUSABLE_FEEDBACK,
              ProblemKind.NO_SUCH_RESOURCE,
              ProblemKind.METHOD_NOT_ALLOWED,
              ProblemKind.NO_SUCH_MODEL,
              ProblemKind.NO_SUCH_VERSION,
              ProblemKind.TOO_MANY_INSTANCES));

  private OpenApiOperations() {}

  /**
   * What predictions look like.
   *
   * @param tag under which their operations are found
   * @param base the beginning of the components' names
   * @param example an instance, as a JSON value; null where none is known
   * @param deprecated whether clients should move on
   */
  record Shapes(String tag, String base, @Nullable Object example, boolean deprecated) {
    static final List<String> COMPONENTS =
        List.of(
            "Instance",
            "Prediction",
            "Request",
            "ExplainRequest",
            "Answer",
            "BatchRequest",
            "BatchItem",
            "BatchAnswer");
  }

  /**
   * A prediction for one instance.
   *
   * @param inPath the names in braces in the path
   */
  static Operation single(String id, Shapes shapes, String... inPath) {
    Operation operation =
        prediction(id, shapes, EnumSet.copyOf(OF_PREDICTING), inPath)
            .summary("Predict for one instance");
    return body(operation, shapes.base() + "Request", shapes.example(), "instance");
  }

  /** Predictions for many instances. */
  static Operation batch(String id, Shapes shapes, String... inPath) {
    Set<ProblemKind> problems = EnumSet.copyOf(OF_PREDICTING);
    problems.add(ProblemKind.TOO_MANY_INSTANCES);
    Operation operation =
        prediction(id, shapes, problems, inPath)
            .summary("Predict for many instances")
            .description(
                "An instance that breaks the contract has a problem in its place, and the others"
                    + " are answered; with `mode=all-or-nothing` the batch is refused.")
            .addParametersItem(
                new QueryParameter()
                    .name("mode")
                    .description("What one bad instance does to the others")
                    .schema(
                        OpenApiSchemas.of(
                            Map.of(
                                "type", "string",
                                "enum", List.of("per-item", "all-or-nothing"),
                                "default", "per-item"))));
    Object example = shapes.example() == null ? null : List.of(shapes.example());
    operation.responses(
        OpenApiAnswers.byVersion(JSON, shapes.base() + "BatchAnswer", withNames(problems, inPath)));
    return body(operation, shapes.base() + "BatchRequest", example, "instances");
  }

  /** A verdict on one instance. */
  static Operation validate(String id, Shapes shapes, String... inPath) {
    Operation operation =
        operation(id, shapes.tag(), inPath)
            .summary("Judge one instance by the contract, without running the model")
            .responses(OpenApiAnswers.byVersion(JSON, "Verdict", withNames(OF_JUDGING, inPath)));
    return body(operation, shapes.base() + "Request", shapes.example(), "instance");
  }

  /** The attributions of one prediction. */
  static Operation explain(String id, Shapes shapes, String... inPath) {
    Set<ProblemKind> problems = EnumSet.copyOf(OF_PREDICTING);
    problems.add(ProblemKind.EXPLANATION_WITHHELD);
    Operation operation =
        prediction(id, shapes, problems, inPath)
            .summary("Say what each feature did to the prediction for one instance")
            .description(
                "Shapley values by sampled permutations, against the middle of the training data;"
                    + " as many permutations as the budget of a batch allows.");
    operation.responses(OpenApiAnswers.byVersion(JSON, "Explanation", withNames(problems, inPath)));
    return body(operation, shapes.base() + "ExplainRequest", shapes.example(), "instance");
  }

  /** What was found about the rows of the traffic. */
  static Operation report(String id, String... inPath) {
    return report(
        id,
        "ValidationReport",
        "What was found about the rows of the last hour and day, ranked",
        inPath);
  }

  /** How far the traffic is from the training data. */
  static Operation drift(String id, String... inPath) {
    return report(id, "Drift", "Whether the traffic still looks like the training data", inPath);
  }

  /** How good a model's predictions are. */
  static Operation quality(String id, String... inPath) {
    return report(
        id,
        "QualityReport",
        "How good predictions are: measured with feedback, estimated without",
        inPath);
  }

  /** What may be told of a model's traffic. */
  static Operation statistics(String id, String... inPath) {
    return report(
        id,
        "Statistics",
        "How often which values came, with noise, as far as the contract lets it be told",
        inPath);
  }

  /**
   * What became of predictions.
   *
   * @param base the beginning of the components' names
   * @param many whether of many at a time
   */
  static Operation feedback(String id, String base, boolean many) {
    Set<ProblemKind> problems = EnumSet.copyOf(OF_FEEDBACK);
    problems.add(many ? ProblemKind.TOO_MANY_INSTANCES : ProblemKind.NO_SUCH_PREDICTION);
    Operation operation =
        operation(id, "feedback")
            .summary(
                many ? "Tell the outcomes of many predictions" : "Tell the outcome of a prediction")
            .description(
                "Late, and in any order; the same again changes nothing, of different ones the"
                    + " latest counts.")
            .responses(OpenApiAnswers.of(JSON, base + "Answer", problems));
    return body(operation, base, null, "");
  }

  private static Operation report(String id, String schema, String summary, String... inPath) {
    Set<ProblemKind> problems = EnumSet.copyOf(OF_READING);
    problems.add(ProblemKind.UNKNOWN_OPTION);
    if (schema.equals("QualityReport")) {
      problems.add(ProblemKind.CONTROL_UNAVAILABLE);
    }
    if (schema.equals("Statistics")) {
      problems.addAll(
          EnumSet.of(
              ProblemKind.CONTROL_UNAVAILABLE,
              ProblemKind.NO_SUCH_RESOURCE,
              ProblemKind.OVERLOADED,
              ProblemKind.PRIVACY_BUDGET_SPENT,
              ProblemKind.VERSION_SUNSET));
    }
    return operation(id, "models", inPath)
        .summary(summary)
        .responses(OpenApiAnswers.of(JSON, schema, withNames(problems, inPath)))
        .addParametersItem(
            new QueryParameter()
                .name("version")
                .description("The only version to report")
                .schema(
                    OpenApiSchemas.of(
                        Map.of(
                            "type", "string", "pattern", "^" + ModelFolder.VERSION_FORM + "$"))));
  }

  /** How a model's shadow compares. */
  static Operation shadow(String id, String... inPath) {
    Set<ProblemKind> problems = EnumSet.copyOf(OF_READING);
    problems.add(ProblemKind.UNKNOWN_OPTION);
    problems.add(ProblemKind.NO_SUCH_RESOURCE);
    problems.add(ProblemKind.NO_SUCH_MODEL);
    return operation(id, "models", inPath)
        .summary("How the model's shadow compares with the version that answers")
        .responses(OpenApiAnswers.of(JSON, "ShadowReport", problems));
  }

  private static Operation prediction(
      String id, Shapes shapes, Set<ProblemKind> problems, String... inPath) {
    Operation operation = operation(id, shapes.tag(), inPath);
    operation.addParametersItem(milliseconds("X-Deadline-Ms"));
    operation.addParametersItem(milliseconds("x-envoy-expected-rq-timeout-ms"));
    operation.addParametersItem(
        new HeaderParameter()
            .name("X-Priority")
            .description("How much it matters when there isn't room for all")
            .schema(
                OpenApiSchemas.of(
                    Map.of(
                        "type", "string",
                        "enum", List.of("critical", "normal", "sheddable"),
                        "default", "normal"))));
    operation.addParametersItem(
        new HeaderParameter()
            .name(RequestHeaders.ROUTING_KEY)
            .description(
                "Requests with the same key are answered by the same version while the routes stay"
                    + " as they are")
            .schema(
                OpenApiSchemas.of(
                    Map.of("type", "string", "maxLength", 128, "pattern", "^[!-~]*$"))));
    if (shapes.deprecated()) {
      operation.deprecated(true);
    }
    return operation.responses(
        OpenApiAnswers.byVersion(JSON, shapes.base() + "Answer", withNames(problems, inPath)));
  }

  private static Parameter milliseconds(String header) {
    return new HeaderParameter()
        .name(header)
        .description(
            "For how many milliseconds the answer is wanted; the endpoint's budget applies too")
        .schema(
            OpenApiSchemas.of(Map.of("type", "integer", "minimum", 1, "maximum", 9_999_999_999L)));
  }

  private static Operation body(
      Operation operation, String schema, @Nullable Object example, String member) {
    MediaType body = new MediaType().schema(OpenApiSchemas.reference(schema));
    if (example != null) {
      body.setExample(Map.of(member, example));
    }
    return operation.requestBody(
        new RequestBody().required(true).content(new Content().addMediaType(JSON, body)));
  }

  /** A document about what is served. */
  static Operation document(String id, String schema, String summary, String... inPath) {
    return operation(id, "models", inPath)
        .summary(summary)
        .responses(OpenApiAnswers.of(JSON, schema, withNames(OF_READING, inPath)));
  }

  /** The JSON Schema of a version's instances. */
  static Operation schema(String id, String summary, String... inPath) {
    Set<ProblemKind> problems = EnumSet.copyOf(OF_READING);
    problems.add(ProblemKind.OVERLOADED);
    problems.add(ProblemKind.VERSION_SUNSET);
    return operation(id, "models", inPath)
        .summary(summary)
        .responses(OpenApiAnswers.byVersion(SCHEMA, "JsonSchema", withNames(problems, inPath)));
  }

  /**
   * The model card of a version, as JSON or as a page.
   *
   * @param further the problems beside those of each reading
   */
  static Operation card(String id, String summary, Set<ProblemKind> further, String... inPath) {
    Set<ProblemKind> problems = EnumSet.copyOf(OF_READING);
    problems.addAll(further);
    ApiResponses responses = OpenApiAnswers.byVersion(JSON, "Card", withNames(problems, inPath));
    Objects.requireNonNull(responses.get("200"), "a success")
        .getContent()
        .addMediaType("text/html", new MediaType().schema(new StringSchema()));
    return operation(id, "models", inPath)
        .summary(summary)
        .description(
            "`Accept: text/html` gets a page for people; JSON comes where neither is preferred.")
        .responses(responses);
  }

  private static Operation operation(String id, String tag, String... inPath) {
    Operation operation = new Operation().operationId(id).tags(List.of(tag));
    Arrays.stream(inPath).forEach(name -> operation.addParametersItem(inPath(name)));
    return operation.addParametersItem(
        new HeaderParameter()
            .name(RequestHeaders.REQUEST_ID)
            .description("Echoed, and in each log line")
            .schema(OpenApiSchemas.of(Map.of("type", "string", "pattern", "^[!-~]{0,128}$"))));
  }

  private static Parameter inPath(String name) {
    String form = name.equals("version") ? ModelFolder.VERSION_FORM : ModelFolder.MODEL_FORM;
    return new PathParameter()
        .name(name)
        .required(true)
        .schema(OpenApiSchemas.of(Map.of("type", "string", "pattern", "^" + form + "$")));
  }

  private static Set<ProblemKind> withNames(Set<ProblemKind> problems, String... inPath) {
    Set<ProblemKind> all = EnumSet.copyOf(problems);
    if (inPath.length > 0) {
      all.addAll(OF_NAMES);
    }
    return all;
  }
}
