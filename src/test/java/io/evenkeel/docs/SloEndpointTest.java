package io.evenkeel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.registry.ModelRegistry;
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
      "evenkeel.slo.objectives[0].owner=oncology"
    })
class SloEndpointTest {
  private static final String AVAILABILITY =
      "endpoint=\"single\",model=\"breast-cancer\",result=\"%s\",sli=\"availability\",slo=\"odd\"";

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
      assertThat(slo.at("/versions/0/model").asString()).isEqualTo("breast-cancer");
      assertThat(slo.at("/versions/0/windows/0/p50Millis").asDouble()).isPositive();

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
}
