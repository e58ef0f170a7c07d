package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What clients see of versions that go, and of versions that break them. */
@ServingTest
@ContextConfiguration(initializers = EvolvingModels.class)
class EvolutionHttpTest {
  private static final String ROW = "{\"instance\": {\"x\": 21}}";
  private static final String BATCH = "{\"instances\": [{\"x\": 21}, {\"x\": \"21\"}]}";
  private static final String MESSAGE =
      "version `1` is deprecated since 2020-01-01, and isn't served any more from 2999-01-01 on: use 2";

  private final Caller caller;

  EvolutionHttpTest(Caller caller) {
    this.caller = caller;
  }

  private static void assertAnnounced(Answer answer) {
    assertThat(answer.header("Deprecation")).isEqualTo("@1577836800");
    assertThat(answer.header("Sunset")).isEqualTo("Tue, 01 Jan 2999 00:00:00 GMT");
  }

  private static void assertUnannounced(Answer answer) {
    assertThat(answer.headers()).doesNotContainKeys("deprecation", "sunset");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/models/leaving", "/v1/models/leaving/versions/1"})
  void answersOfADeprecatedVersionSaySo(String path) {
    Answer answer = caller.post(path + "/predict", ROW);
    assertThat(answer.status()).isEqualTo(200);
    assertAnnounced(answer);
    assertThat(answer.json().at("/prediction/value").asInt()).isEqualTo(42);
    assertThat(answer.json().get("warnings").toString())
        .isEqualTo(
            "[{\"pointer\":\"\",\"rule\":\"deprecatedVersion\",\"message\":\"" + MESSAGE + "\"}]");
  }

  @Test
  void aBatchSaysItOnce() {
    Answer answer = caller.post("/v1/models/leaving/predict/batch", BATCH);
    assertAnnounced(answer);
    JsonNode batch = answer.json();
    assertThat(batch.at("/warnings/0/message").asString()).isEqualTo(MESSAGE);
    assertThat(batch.at("/results/0/warnings").isEmpty()).isTrue();
    assertThat(batch.at("/results/1/problem/status").asInt()).isEqualTo(422);
  }

  @Test
  void refusalsByADeprecatedVersionSayItToo() {
    Answer answer = caller.post("/v1/models/leaving/predict", "{\"instance\": {}}");
    Problems.require(answer, 422, "contract-violation");
    assertAnnounced(answer);
  }

  @Test
  void verdictsSayItAsPredictionsDo() {
    Answer answer = caller.post("/v1/models/leaving/validate", ROW);
    assertThat(answer.status()).isEqualTo(200);
    assertAnnounced(answer);
    assertThat(answer.json().at("/warnings/0/message").asString()).isEqualTo(MESSAGE);
    assertUnannounced(caller.post("/v1/models/leaving/versions/2/validate", ROW));
    Problems.require(caller.post("/v1/models/gone/validate", ROW), 410, "version-sunset");
  }

  @Test
  void announcesADayThatHasNotComeWithoutWarning() {
    Answer answer = caller.post("/v1/models/ending/predict", ROW);
    assertThat(answer.header("Deprecation")).isEqualTo("@32440608000");
    assertThat(answer.headers()).doesNotContainKey("sunset");
    assertThat(answer.json().get("warnings").isEmpty()).isTrue();
  }

  @Test
  void otherVersionsSayNothing() {
    Answer answer = caller.post("/v1/models/leaving/versions/2/predict", ROW);
    assertUnannounced(answer);
    assertThat(answer.json().get("warnings").isEmpty()).isTrue();
    Answer batch = caller.post("/v1/models/leaving/versions/2/predict/batch", BATCH);
    assertUnannounced(batch);
    assertThat(batch.json().has("warnings")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/models/gone", "/v1/models/gone/versions/1"})
  void aVersionPastItsSunsetIsGone(String path) {
    Answer answer = caller.post(path + "/predict", ROW);
    Problems.require(answer, 410, "version-sunset");
    assertThat(answer.json().get("detail").asString())
        .isEqualTo(
            "version `1` of the model `gone` isn't served any more since 2021-01-01: there is no"
                + " other; GET /v1/models/gone lists the others");
    assertThat(answer.header("Sunset")).isEqualTo("Fri, 01 Jan 2021 00:00:00 GMT");
    Problems.require(caller.post(path + "/predict/batch", BATCH), 410, "version-sunset");
  }

  @Test
  void aVersionThatBreaksClientsIsServedOnlyToThoseWhoNameIt() {
    Answer refused = caller.post("/v1/models/broken/predict", ROW);
    Problems.requireDocument(refused);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.json().get("reason").asString()).isEqualTo("not-ready");
    assertThat(refused.json().get("detail").asString())
        .contains("routed to version `2`, which breaks clients of version `1`", "at most 9");
    Answer pinned =
        caller.post("/v1/models/broken/versions/2/predict", "{\"instance\": {\"x\": 4}}");
    assertThat(pinned.json().at("/prediction/value").asInt()).isEqualTo(8);
  }

  @Test
  void theNewestThatBreaksNobodyAnswersWhereNothingIsRouted() {
    assertThat(version(caller.post("/v1/models/waiting/predict", ROW))).isEqualTo("1");
  }

  @Test
  void aRouteCanAcceptThatClientsBreak() {
    Answer answer = caller.post("/v1/models/forced/predict", "{\"instance\": {\"x\": 4}}");
    assertThat(version(answer)).isEqualTo("2");
  }

  private static String version(Answer answer) {
    return answer.json().get("version").asString();
  }

  @Test
  void aModelSaysWhichOfItsVersionsCanBeRoutedAndWhyOthersCannot() {
    JsonNode broken = caller.get("/v1/models/broken").json();
    assertThat(broken.get("stable").isNull()).isTrue();
    assertThat(summary(broken))
        .isEqualTo("{\"version\":\"1\",\"state\":\"ready\",\"routable\":true}");
    assertThat(broken.at("/versions/1/routable").asBoolean()).isFalse();
    assertThat(broken.at("/versions/1/reason").asString())
        .isEqualTo(
            "it breaks clients of version `1` (`x`: at most 9, was no maximum), but its"
                + " `schemaVersion` went from 1.0.0 to 1.0.0 only; keep the contract compatible,"
                + " make `schemaVersion` 2.0.0, or say `acceptBreaking: true` for the model in"
                + " routes.yaml");
    assertThat(summary(caller.get("/v1/models/gone").json()))
        .isEqualTo(
            "{\"version\":\"1\",\"state\":\"ready\",\"routable\":false,"
                + "\"reason\":\"it is past its sunset\",\"deprecated\":{\"since\":\"2020-01-01\","
                + "\"sunset\":\"2021-01-01\",\"message\":\"there is no other\"}}");
  }

  /** Of a model's first version, without what other tests look at. */
  private static String summary(JsonNode model) {
    ObjectNode version = (ObjectNode) model.at("/versions/0");
    version.remove(List.of("since", "card"));
    return version.toString();
  }
}
