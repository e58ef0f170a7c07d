package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.Await;
import java.util.Locale;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Which features matter is reported with the drift, from traffic alone. */
@ServingTest
@ContextConfiguration(initializers = DriftingModels.class)
@TestPropertySource(
    properties = {"evenkeel.importance.rows-per-minute=6000", "evenkeel.importance.window=100"})
@DirtiesContext
class ImportanceHttpTest {
  private final Caller caller;
  private final Random random = new Random(3);

  ImportanceHttpTest(Caller caller) {
    this.caller = caller;
  }

  @Test
  void isReportedWithTheDrift() {
    StringJoiner rows = new StringJoiner(", ", "{\"instances\": [", "]}");
    for (int i = 0; i < 130; i++) {
      rows.add(
          String.format(
              Locale.ROOT,
              "{\"a\": %s, \"b\": 1, \"c\": \"x\", \"d\": %s}",
              random.nextGaussian(),
              random.nextGaussian()));
    }
    assertThat(caller.post("/v1/predict/batch", rows.toString()).status()).isEqualTo(200);
    Await.until(() ->
        importance().path("rows").asInt(0) == 100 && importance().path("rowsSince").asInt(0) == 30);

    JsonNode found = importance();
    assertThat(found.get("says").asString()).contains("the reference doesn't say");
    assertThat(found.at("/features/0/feature").asString()).isEqualTo("a");
    assertThat(found.at("/features/0/mean").doubleValue()).isBetween(1.2, 2.1);
    assertThat(found.at("/features/1/mean").doubleValue())
        .as("the model doesn't look at them")
        .isZero();

    Answer refused =
        caller.post(
            "/v1/explain",
            "{\"instance\": {\"a\": 1, \"b\": null, \"c\": \"never seen\", \"d\": 3}}");
    assertThat(refused.status()).as(refused.body()).isEqualTo(200);
    assertThat(refused.json().at("/attributions/0/feature").asString()).isEqualTo("a");
  }

  private JsonNode importance() {
    return caller.get("/v1/models/m/drift").json().at("/versions/0/importance");
  }
}
