package io.evenkeel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.registry.ModelRegistry;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What docs/slo.md says can be seen of the objectives, at the real server. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "management.server.port=0",
      "evenkeel.admission.single-budget=30s",
      "evenkeel.slo.objectives[0].name=odd",
      "evenkeel.slo.objectives[0].endpoint=single",
      "evenkeel.slo.objectives[0].model=breast-cancer",
      "evenkeel.slo.objectives[0].availability=99.9%",
      "evenkeel.slo.objectives[0].latency.quantile=50%",
      "evenkeel.slo.objectives[0].latency.threshold=29s",
      "evenkeel.slo.objectives[0].owner=oncology",
      "evenkeel.quality.refresh=200ms",
      "evenkeel.slo.objectives[1].name=near",
      "evenkeel.slo.objectives[1].model=diabetes",
      "evenkeel.slo.objectives[1].quality.metric=mae",
      "evenkeel.slo.objectives[1].quality.at-most=1",
      "evenkeel.slo.objectives[1].quality.minimum=120",
      "evenkeel.slo.objectives[2].name=right",
      "evenkeel.slo.objectives[2].model=diabetes",
      "evenkeel.slo.objectives[2].quality.metric=accuracy",
      "evenkeel.slo.objectives[2].quality.at-least=0.9"
    })
class SloEndpointTest {
  private static final String AVAILABILITY =
      "endpoint=\"single\",model=\"breast-cancer\",result=\"%s\",sli=\"availability\",slo=\"odd\"";

  private static final int OUTCOMES = 150;

  @LocalServerPort private int port;

  @Value("${local.management.port}")
  private int managementPort;

  @Autowired private ModelRegistry registry;

  @Test
  void showsTheSameToPeopleAndToPrometheus() throws Exception {
    String valid = MarkdownTable.page("docs/examples/breast-cancer.json");
    try (Server server = Server.whenLoaded(port, registry)) {
      assertThat(server.get(managementPort, "/actuator/prometheus"))
          .as("all counters are there before the first request")
          .contains("evenkeel_slo_requests_total{" + AVAILABILITY.formatted("bad") + "} 0.0");

      assertThat(server.post("/v1/predict", valid).statusCode()).isEqualTo(200);
      assertThat(server.post("/v1/predict", "{}").statusCode()).isEqualTo(422);
      assertThat(server.post("/v1/predict", "{").statusCode()).isEqualTo(400);
      assertThat(server.post("/v1/predict", valid, "X-Deadline-Ms", "0").statusCode())
          .as("no request can be in time")
          .isIn(400, 503, 504);

      JsonNode slo = JsonMapper.shared().readTree(server.get(managementPort, "/actuator/slo"));
      JsonNode availability = slo.at("/objectives/0");
      assertThat(availability.get("objective").asString()).isEqualTo("odd");
      assertThat(availability.get("indicator").asString()).isEqualTo("availability");
      assertThat(availability.get("owner").asString()).isEqualTo("oncology");
      long requests = availability.at("/budget/requests").asLong();
      long bad = availability.at("/budget/bad").asLong();
      assertThat(requests - bad).isEqualTo(1);
      assertThat(slo.at("/objectives/1/budget/left").asDouble()).isEqualTo(1);
      assertThat(slo.get("versions"))
          .filteredOn(version -> version.get("model").asString().equals("breast-cancer"))
          .singleElement()
          .satisfies(
              version -> assertThat(version.at("/windows/0/p50Millis").asDouble()).isPositive());

      String scrape = server.get(managementPort, "/actuator/prometheus");
      assertThat(scrape)
          .contains("evenkeel_slo_requests_total{" + AVAILABILITY.formatted("good") + "} 1.0")
          .contains("evenkeel_slo_requests_total{" + AVAILABILITY.formatted("bad") + "} " + bad)
          .contains("owner=\"oncology\",severity=\"page\"")
          .containsPattern(
              "evenkeel_request_seconds_bucket\\{endpoint=\"single\",model=\"breast-cancer\","
                  + "outcome=\"served\",version=\"1\",le=\"29.0\"} 1");
    }
  }

  /** What becomes of each prediction is 20 or 25 more than it said, and one is promised. */
  @Test
  void saysThatAPromiseOfQualityIsBroken() throws Exception {
    String example = MarkdownTable.page("docs/examples/diabetes-batch.json");
    JsonNode row = JsonMapper.shared().readTree(example).at("/instances/0");
    String rows = String.join(",", Collections.nCopies(OUTCOMES, row.toString()));
    try (Server server = Server.whenLoaded(port, registry)) {
      HttpResponse<String> predicted =
          server.post("/v1/models/diabetes/predict/batch", "{\"instances\":[" + rows + "]}");
      assertThat(predicted.statusCode()).isEqualTo(200);
      String items = outcomes(JsonMapper.shared().readTree(predicted.body()));
      assertThat(server.post("/v1/feedback/batch", items).statusCode()).isEqualTo(200);

      JsonNode broken = whenJudged(server, "near");
      assertThat(broken.get("verdict").asString()).isEqualTo("BROKEN");
      assertThat(broken.get("basis").asString()).isEqualTo("OUTCOMES");
      assertThat(broken.get("promised").asString()).isEqualTo("at most 1");
      assertThat(broken.at("/figure/low").asDouble()).isGreaterThan(1);
      assertThat(broken.get("outcomes").asInt()).isGreaterThanOrEqualTo(OUTCOMES);
      assertThat(broken.get("estimate").isNull()).isTrue();
      JsonNode unfit = whenJudged(server, "right");
      assertThat(unfit.get("verdict").asString()).isEqualTo("UNKNOWN");
      assertThat(unfit.get("note").asString()).contains("the model predicts values");
      assertThat(server.get(managementPort, "/actuator/prometheus"))
          .contains(
              "evenkeel_slo_quality_verdict{basis=\"outcomes\",metric=\"mae\",model=\"diabetes\","
                  + "slo=\"near\",version=\"1\"} -1.0")
          .contains(
              "evenkeel_slo_quality_promised{metric=\"mae\",model=\"diabetes\","
                  + "owner=\"operations\",severity=\"ticket\",slo=\"near\"} 1.0");
    }
  }

  private static String outcomes(JsonNode answer) {
    StringJoiner items = new StringJoiner(",", "{\"items\":[", "]}");
    for (int i = 0; i < OUTCOMES; i++) {
      double value = answer.at("/results/" + i + "/prediction/value").asDouble();
      items.add(
          "{\"id\":%s,\"index\":%d,\"outcome\":%s}"
              .formatted(answer.get("id"), i, value + (i % 2 == 0 ? 20 : 25)));
    }
    return items.toString();
  }

  /** It is looked at a while after its outcomes came. */
  private JsonNode whenJudged(Server server, String objective) throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (true) {
      JsonNode slo = JsonMapper.shared().readTree(server.get(managementPort, "/actuator/slo"));
      for (JsonNode line : slo.get("quality")) {
        if (line.get("objective").asString().equals(objective)
            && line.get("version").asString().equals("1")
            && (!line.get("verdict").asString().equals("UNKNOWN") || !line.get("note").isNull())) {
          return line;
        }
      }
      assertThat(System.nanoTime()).as("still not judged: %s", slo).isLessThan(deadline);
    }
  }
}
