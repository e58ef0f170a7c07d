package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.audit.AuditTrail;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/** What callers get while nothing can be recorded. */
@ServingTest
@DirtiesContext
@ContextConfiguration(initializers = AuditedModels.class)
class AuditUnavailableHttpTest {
  private final Caller caller;
  private final AuditTrail trail;
  private final MeterRegistry meters;

  AuditUnavailableHttpTest(Caller caller, AuditTrail trail, MeterRegistry meters) {
    this.caller = caller;
    this.trail = trail;
    this.meters = meters;
  }

  /** A log that is closed takes nothing, as one whose disk is full. */
  @BeforeEach
  void closeTheLog() {
    trail.close();
  }

  private static void assertUnavailable(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.json().path("type").asString())
        .isEqualTo("urn:evenkeel:problem:audit-unavailable");
    assertThat(answer.header("Retry-After")).isEqualTo("2");
    assertThat(answer.body()).doesNotContain("prediction", "violations");
  }

  @Test
  void aDurableModelTellsNothing() {
    assertUnavailable(caller.post("/v1/models/m/predict", "{\"instance\": {\"x\": 4}}"));
    assertUnavailable(caller.post("/v1/models/m/predict", "{\"instance\": {\"x\": \"4\"}}"));
    assertUnavailable(caller.post("/v1/models/m/predict", "{"));
    assertThat(
            meters
                .get("evenkeel.request")
                .tags("model", "m", "outcome", "unrecorded")
                .timer()
                .count())
        .isEqualTo(2);
  }

  @Test
  void healthSaysSoAndReadinessDoesNotGoByIt() {
    Answer health = caller.getOperations("/actuator/health");
    assertThat(health.status()).as(health.body()).isEqualTo(503);
    JsonNode audit = health.json().at("/components/audit");
    assertThat(audit.path("status").asString()).isEqualTo("OUT_OF_SERVICE");
    assertThat(audit.at("/details/mode").asString()).isEqualTo("durable");
    assertThat(audit.at("/details/failure").asString()).isNotEmpty();
    assertThat(audit.at("/details/mend").asString()).contains("evenkeel.audit.path");

    assertThat(caller.getOperations("/actuator/health/readiness").status()).isEqualTo(200);
    assertThat(meters.get("evenkeel.audit.failing").gauge().value()).isEqualTo(1);
  }

  @Test
  void othersAreAnswered() {
    double lost =
        meters.get("evenkeel.observer.dropped").tag("observer", "audit").counter().count();

    String row = "{\"instance\": {\"x\": 4}}";
    assertThat(caller.post("/v1/models/later/predict", row).status()).isEqualTo(200);
    assertThat(caller.post("/v1/models/never/predict", row).status()).isEqualTo(200);

    assertThat(meters.get("evenkeel.observer.dropped").tag("observer", "audit").counter().count())
        .isEqualTo(lost + 1);
  }

  @Test
  void nothingIsChanged() {
    String before = caller.get("/v1/admin/routes").json().path("routes").toString();

    assertThat(
            caller
                .send(
                    "PUT",
                    "/v1/admin/models/m/pin",
                    "{\"why\": \"try\", \"version\": \"2\"}",
                    "Content-Type",
                    "application/json",
                    "If-Match",
                    "*")
                .json()
                .path("type")
                .asString())
        .endsWith(":audit-unavailable");
    assertThat(
            caller
                .post("/v1/feedback", "{\"id\": \"" + Ids.next() + "\", \"outcome\": 1}")
                .json()
                .path("type")
                .asString())
        .endsWith(":audit-unavailable");

    assertThat(caller.get("/v1/admin/routes").json().path("routes").toString()).isEqualTo(before);
  }
}
