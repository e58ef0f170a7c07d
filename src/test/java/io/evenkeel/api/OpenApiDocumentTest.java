package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.evenkeel.contract.JsonSchema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code /v3/api-docs} says of the models that are loaded. */
@ServingTest
class OpenApiDocumentTest {
  /** Where the schemas are told that they are. */
  private static final String PLACE = "https://evenkeel.test/api-docs";

  private final Caller caller;

  /** Made once for each test. */
  private @Nullable SchemaRegistry schemas;

  OpenApiDocumentTest(Caller caller) {
    this.caller = caller;
  }

  private Answer document() {
    return caller.get("/v3/api-docs");
  }

  @Test
  void passesAPublicValidator() {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    SwaggerParseResult result =
        new OpenAPIV3Parser().readContents(document().body(), null, options);
    assertThat(result.getMessages()).isEmpty();
    assertThat(result.getOpenAPI().getPaths()).containsKey("/v1/models/loan-default/predict");
  }

  @Test
  void itsSchemasAreValid() {
    var meta =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of(JsonSchema.DIALECT));
    document()
        .json()
        .at("/components/schemas")
        .properties()
        .forEach(schema ->
            assertThat(meta.validate(schema.getValue().toString(), InputFormat.JSON))
                .as(schema.getKey())
                .isEmpty());
  }

  @Test
  void itsReferencesLeadSomewhere() {
    JsonNode document = document().json();
    List<String> references =
        document.findValues("$ref").stream().map(reference -> reference.asString("")).toList();
    assertThat(references).isNotEmpty();
    for (String reference : references) {
      assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
    }
  }

  @Test
  void namesEachOperationOnce() {
    List<String> ids =
        document().json().get("paths").findValues("operationId").stream()
            .map(id -> id.asString(""))
            .toList();
    assertThat(ids).doesNotHaveDuplicates().contains("predictLoanDefault", "predictBatchDigitsV1");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/models/loan-default/predict, LoanDefaultRequest, LoanDefaultAnswer",
    "/v1/models/loan-default/predict/batch, LoanDefaultBatchRequest, LoanDefaultBatchAnswer",
    "/v1/models/breast-cancer/versions/2/predict, BreastCancerV2Request, BreastCancerV2Answer",
    "/v1/predict, BreastCancerRequest, BreastCancerAnswer",
    "/v1/models/{model}/predict, AnyRequest, AnyAnswer"
  })
  void typesRequestsAndAnswersPerModel(String path, String request, String answer) {
    JsonNode operation = document().json().get("paths").get(path).get("post");
    assertThat(operation.at("/requestBody/content/application~1json/schema/$ref").asString())
        .endsWith("/" + request);
    assertThat(operation.at("/responses/200/content/application~1json/schema/$ref").asString())
        .endsWith("/" + answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"breast-cancer", "diabetes", "digits", "loan-default"})
  void describesInstancesAsTheSchemaDoes(String model) {
    ObjectNode own = (ObjectNode) caller.get("/v1/models/" + model + "/versions/1/schema").json();
    own.remove(List.of("$schema", "$id", "title"));
    own.properties()
        .removeIf(member -> member.getKey().matches("x-(model|version|schemaV.*|contract)"));
    JsonNode embedded =
        document().json().at("/components/schemas/" + UniqueNames.ofModel(model) + "V1Instance");
    assertThat(sorted(embedded)).isEqualTo(sorted(own));
  }

  /**
   * With numbers by their values, because 3.4028235e38 can be written with all its digits; and
   * lists of texts in order, because the library sorts what is required.
   */
  private static Object sorted(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> members = new TreeMap<>();
      node.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
      return members;
    }
    if (node.isArray()) {
      List<Object> items = node.valueStream().map(OpenApiDocumentTest::sorted).toList();
      return items.stream().allMatch(String.class::isInstance)
          ? items.stream().sorted().toList()
          : items;
    }
    return node.isNumber() ? (Object) node.asDouble() : node.toString();
  }

  @Test
  void describesPredictionsByTheOutputs() {
    JsonNode schemas = document().json().at("/components/schemas");
    JsonNode loan = schemas.at("/LoanDefaultPrediction/properties");
    assertThat(loan.at("/label/enum").toString()).isEqualTo("[\"repaid\",\"defaulted\"]");
    assertThat(loan.at("/probabilities/additionalProperties").asBoolean(true)).isFalse();
    assertThat(new TreeSet<>(loan.at("/probabilities/properties").propertyNames()))
        .containsExactly("defaulted", "repaid");
    assertThat(schemas.at("/DiabetesPrediction/properties").propertyNames())
        .containsExactly("value");
  }

  @ParameterizedTest
  @CsvSource({
    "breast-cancer, BreastCancerAnswer",
    "diabetes, DiabetesAnswer",
    "digits, DigitsAnswer",
    "loan-default, LoanDefaultAnswer",
    "loan-default, AnyAnswer"
  })
  void answersAreAsDescribed(String model, String component) {
    Answer answer =
        caller.post("/v1/models/" + model + "/predict", Bodies.single(Bodies.row(model)));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(errors(component, answer)).isEmpty();
  }

  @Test
  void batchesAndProblemsAreAsDescribed() {
    String path = "/v1/models/loan-default/predict";
    Answer batch =
        caller.post(path + "/batch", "{\"instances\": [" + Bodies.row("loan-default") + ", {}]}");
    assertThat(errors("LoanDefaultBatchAnswer", batch)).isEmpty();
    assertThat(errors("Problem422", caller.post(path, "{\"instance\": {}}"))).isEmpty();
    assertThat(errors("Problem400", caller.post(path, "{"))).isEmpty();
    assertThat(errors("Problem404", caller.get("/v1/models/nothing"))).isEmpty();
    assertThat(errors("Problem422", caller.post(path, "{"))).isNotEmpty();
    assertThat(
            errors(
                "Verdict",
                caller.post(
                    "/v1/models/loan-default/validate", Bodies.single(Bodies.row("loan-default")))))
        .isEmpty();
    assertThat(errors("ValidationReport", caller.get("/v1/models/loan-default/validation-report")))
        .isEmpty();
    assertThat(errors("Models", caller.get("/v1/models"))).isEmpty();
    Answer judged =
        caller.post(
            "/v1/feedback/batch",
            "{\"items\": [{\"id\": "
                + batch.json().get("id")
                + ", \"index\": 0, \"outcome\": \"repaid\"}, {\"id\": \"?\", \"outcome\": 1}]}");
    assertThat(judged.json().at("/summary/joined").intValue()).isEqualTo(1);
    assertThat(errors("FeedbackBatchAnswer", judged)).isEmpty();
    assertThat(errors("QualityReport", caller.get("/v1/models/loan-default/quality"))).isEmpty();
    assertThat(errors("Version", caller.get("/v1/models/digits/versions/1"))).isEmpty();
    assertThat(errors("Card", caller.get("/v1/models/digits/card"))).isEmpty();
  }

  private List<Error> errors(String component, Answer answer) {
    if (schemas == null) {
      schemas = schemas(document());
    }
    return errors(schemas, component, answer);
  }

  /** What of an answer isn't as a document says of a component. */
  static List<Error> errors(Answer document, String component, Answer answer) {
    return errors(schemas(document), component, answer);
  }

  private static List<Error> errors(SchemaRegistry schemas, String component, Answer answer) {
    return schemas
        .getSchema(SchemaLocation.of(PLACE + "#/components/schemas/" + component))
        .validate(answer.body(), InputFormat.JSON);
  }

  private static SchemaRegistry schemas(Answer document) {
    return SchemaRegistry.withDefaultDialect(
        SpecificationVersion.DRAFT_2020_12,
        builder -> builder.schemas(Map.of(PLACE, document.body())));
  }

  @Test
  void describesBothFormsOfACard() {
    JsonNode paths = document().json().get("paths");
    for (String path : List.of("/v1/models/{model}", "/v1/models/{model}/versions/{version}")) {
      JsonNode content = paths.get(path + "/card").at("/get/responses/200/content");
      assertThat(content.propertyNames()).containsExactly("application/json", "text/html");
    }
  }

  @Test
  void saysWhichHeadersAnswersCarry() {
    JsonNode responses = document().json().get("paths").get("/v1/predict").at("/post/responses");
    assertThat(responses.properties())
        .allSatisfy(response -> {
          assertThat(response.getValue().get("headers").propertyNames())
              .contains("X-Request-Id", "Server-Timing");
        });
    assertThat(responses.at("/503/headers").has("Retry-After")).isTrue();
    assertThat(responses.at("/422/headers").has("Retry-After")).isFalse();
  }
}
