package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fails our build when the served loan model doesn't fit us any more. Runs where the build names
 * one: {@code -Devenkeel.model=http://localhost:8080/v1/models/loan-default}.
 */
@EnabledIfSystemProperty(named = "evenkeel.model", matches = "http.*")
class LoanClientTest {
  /** What we send: not a usual case only, but the ends of our ranges and all that we leave out. */
  private static final String FULL =
      """
      {"instance": {
        "amount": 75000, "term_months": 84, "interest_rate": 7.9, "purpose": "car",
        "income": 41000, "has_partner": true, "partner_income": 30000,
        "employment": "permanent", "employment_years": 6.5, "job_title": "nurse", "housing": "rent",
        "dependants": 1, "credit_grade": "F", "open_accounts": 4, "total_accounts": 11,
        "delinquencies": 0, "utilisation": 35.5, "existing_customer": false, "channel": "web",
        "date_of_birth": "1984-05-17", "first_credit_on": "2009-03-02", "applied_on": "2026-03-11"
      }}
      """;

  private static final String SPARSE =
      """
      {"instance": {
        "amount": 500, "term_months": 6, "interest_rate": 0.5, "purpose": "medical",
        "income": null, "has_partner": false, "employment": "unemployed", "dependants": 0,
        "credit_grade": "A", "open_accounts": 0, "total_accounts": 0, "delinquencies": 0,
        "utilisation": null, "existing_customer": true, "channel": "branch",
        "date_of_birth": "2005-01-01", "applied_on": "2026-03-11"
      }}
      """;

  private final String model = System.getProperty("evenkeel.model", "");
  private final HttpClient http = HttpClient.newHttpClient();

  static Stream<String> requests() {
    return Stream.of(FULL, SPARSE);
  }

  /** Which the server raises only for changes that break clients. */
  @Test
  void theContractHasTheMajorVersionThatWeWereWrittenFor() throws Exception {
    String stable = json(send(HttpRequest.newBuilder(URI.create(model)))).at("/stable").asString();
    JsonNode version =
        json(send(HttpRequest.newBuilder(URI.create(model + "/versions/" + stable))));
    assertThat(version.at("/contract/schemaVersion").asString()).startsWith("1.");
  }

  @ParameterizedTest
  @MethodSource("requests")
  void ourRequestsAreTakenAndTheAnswersHoldWhatWeRead(String request) throws Exception {
    HttpResponse<String> answer = predict(request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode prediction = json(answer).get("prediction");
    assertThat(prediction.get("probabilities").propertyNames())
        .containsExactlyInAnyOrder("repaid", "defaulted");
    assertThat(prediction.at("/probabilities/defaulted").isNumber()).isTrue();
  }

  /** A warning would be enough for some; we want to know it while there is time. */
  @ParameterizedTest
  @MethodSource("requests")
  void nothingThatWeUseIsAboutToEnd(String request) throws Exception {
    HttpResponse<String> answer = predict(request);
    assertThat(answer.headers().firstValue("Sunset")).as("the day of our version's end").isEmpty();
    assertThat(
            json(answer)
                .get("warnings")
                .valueStream()
                .map(warning -> warning.get("rule").asString()))
        .doesNotContain("alias", "deprecated", "unknownFeature");
  }

  private HttpResponse<String> predict(String request) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(model + "/predict"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(request)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }
}
