package io.evenkeel.api;

import io.evenkeel.api.OpenApiOperations.Shapes;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import java.util.EnumSet;

/**
 * Describes {@code /v1} for {@code /v3/api-docs}: the paths that take any model, and those of the
 * models that are loaded. The servlet has no annotations that a library could read.
 */
final class OpenApiDescription {
  private static final String MODEL = "/v1/models/{model}";
  private static final String VERSION = MODEL + "/versions/{version}";
  private static final String TAG = "predictions";
  private static final Shapes ANY = new Shapes(TAG, "Any", null, false);

  private final OpenApiModels models;

  private final boolean guarded;

  /**
   * @param guarded whether callers have to prove who they are
   */
  OpenApiDescription(OpenApiModels models, boolean guarded) {
    this.models = models;
    this.guarded = guarded;
  }

  /** Adds the paths and schemas. */
  void describe(OpenAPI document) {
    document
        .getInfo()
        .title("Evenkeel")
        .version("v1")
        .description(
            "Predictions from ONNX models, within a latency budget. Another method than those"
                + " described is answered 405 with `Allow`, another path 404, each with a problem.");
    OpenApiSchemas.addTo(document);
    OpenApiValidation.addTo(document.getComponents());
    OpenApiExplain.addTo(document.getComponents());
    OpenApiShadow.addTo(document.getComponents());
    OpenApiFeedback.addTo(document.getComponents());
    OpenApiAnswers.addTo(document.getComponents());
    if (guarded) {
      OpenApiSecurity.addTo(document);
    }
    Paths paths = document.getPaths();
    addDocuments(paths);
    addPredictions(paths);
    Shapes ofDefault = models.describe(document);
    Shapes shapes =
        ofDefault == null ? ANY : new Shapes(TAG, ofDefault.base(), ofDefault.example(), false);
    post(paths, "/v1/predict", OpenApiOperations.single("predict", shapes));
    post(paths, "/v1/predict/batch", OpenApiOperations.batch("predictBatch", shapes));
    post(paths, "/v1/feedback", OpenApiOperations.feedback("giveFeedback", "Feedback", false));
    post(
        paths,
        "/v1/feedback/batch",
        OpenApiOperations.feedback("giveFeedbackBatch", "FeedbackBatch", true));
    post(paths, "/v1/validate", OpenApiOperations.validate("validate", shapes));
    post(paths, "/v1/explain", OpenApiOperations.explain("explain", shapes));
  }

  private static void addPredictions(Paths paths) {
    post(paths, MODEL + "/predict", OpenApiOperations.single("predictWithModel", ANY, "model"));
    post(
        paths,
        MODEL + "/predict/batch",
        OpenApiOperations.batch("predictBatchWithModel", ANY, "model"));
    post(
        paths,
        VERSION + "/predict",
        OpenApiOperations.single("predictWithVersion", ANY, "model", "version"));
    post(
        paths,
        VERSION + "/predict/batch",
        OpenApiOperations.batch("predictBatchWithVersion", ANY, "model", "version"));
    post(paths, MODEL + "/validate", OpenApiOperations.validate("validateWithModel", ANY, "model"));
    post(
        paths,
        VERSION + "/validate",
        OpenApiOperations.validate("validateWithVersion", ANY, "model", "version"));
    post(paths, MODEL + "/explain", OpenApiOperations.explain("explainWithModel", ANY, "model"));
    post(
        paths,
        VERSION + "/explain",
        OpenApiOperations.explain("explainWithVersion", ANY, "model", "version"));
  }

  private static void addDocuments(Paths paths) {
    get(
        paths,
        "/v1/models",
        OpenApiOperations.document("listModels", "Models", "The models that are served"));
    get(
        paths,
        MODEL,
        OpenApiOperations.document("getModel", "Model", "One model and its versions", "model"));
    get(
        paths,
        VERSION,
        OpenApiOperations.document(
            "getVersion",
            "Version",
            "One version: its state and contract, and where its card is",
            "model",
            "version"));
    get(
        paths,
        MODEL + "/schema",
        OpenApiOperations.schema(
            "getSchema", "The JSON Schema of an instance for the version that answers", "model"));
    get(
        paths,
        VERSION + "/schema",
        OpenApiOperations.schema(
            "getSchemaOfVersion", "The JSON Schema of an instance", "model", "version"));
    get(
        paths,
        MODEL + "/card",
        OpenApiOperations.card(
            "getCard",
            "The model card of the version that answers",
            EnumSet.of(ProblemKind.OVERLOADED, ProblemKind.VERSION_SUNSET),
            "model"));
    get(
        paths,
        VERSION + "/card",
        OpenApiOperations.card(
            "getCardOfVersion",
            "The model card of a version, whatever its state",
            EnumSet.noneOf(ProblemKind.class),
            "model",
            "version"));
    get(
        paths,
        MODEL + "/validation-report",
        OpenApiOperations.report("getValidationReport", "model"));
    get(paths, MODEL + "/drift", OpenApiOperations.drift("getDrift", "model"));
    get(paths, MODEL + "/shadow", OpenApiOperations.shadow("getShadowReport", "model"));
    get(paths, MODEL + "/quality", OpenApiOperations.quality("getQuality", "model"));
    get(paths, MODEL + "/statistics", OpenApiOperations.statistics("getStatistics", "model"));
  }

  private static void post(Paths paths, String path, Operation operation) {
    paths.addPathItem(path, new PathItem().post(operation));
  }

  private static void get(Paths paths, String path, Operation operation) {
    paths.addPathItem(path, new PathItem().get(operation));
  }
}
