package io.evenkeel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.Await;
import io.evenkeel.registry.LiveRules;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.routing.Router;
import io.evenkeel.routing.Routes;
import io.evenkeel.routing.Share;
import io.evenkeel.routing.Split;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "management.server.port=0",
      // The machine that runs the tests may be busy.
      "evenkeel.admission.single-budget=30s",
      "evenkeel.admission.batch-budget=30s",
      "evenkeel.slo.objectives[0].name=good",
      "evenkeel.slo.objectives[0].endpoint=single",
      "evenkeel.slo.objectives[0].availability=99%",
      "evenkeel.slo.objectives[0].quality.metric=accuracy",
      "evenkeel.slo.objectives[0].quality.at-least=0.8"
    })
class MetricsPageTest {
  private static final Pattern TYPE =
      Pattern.compile("^# TYPE (evenkeel_\\S+) (\\S+)$", Pattern.MULTILINE);
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");
  private static final String MODEL = "breast-cancer";
  private static final int LARGEST_BATCH = 10_000;

  @LocalServerPort private int port;

  @Value("${local.management.port}")
  private int managementPort;

  @Autowired private ModelRegistry registry;
  @Autowired private Router router;
  @Autowired private MeterRegistry meters;

  /** A family of series as the page or the scrape has it. */
  private record Family(String type, Set<String> labels) {}

  @Test
  void listsEachMeterWithItsTypeAndLabels(@TempDir Path folder) throws Exception {
    try (Server server = Server.whenLoaded(port, registry)) {
      reachEachEnding(server);
      breakARuleThatIsMonitored(server, folder);
      letAShadowSeeACopy(server);
      // Some are there only a while after the answer, by threads of their own.
      Await.untilEqual(listed(), () -> scraped(server.get(managementPort, "/actuator/prometheus")));
    }
  }

  @Test
  void showsOfACircuitBreakerWhatThePageNames() throws Exception {
    try (Server server = Server.whenLoaded(port, registry)) {
      assertThat(
              server
                  .get(managementPort, "/actuator/prometheus")
                  .lines()
                  .filter(line -> line.startsWith("# TYPE resilience4j_circuitbreaker"))
                  .map(line -> line.replaceAll(".*circuitbreaker(_\\S+) gauge", "`$1`")))
          .hasSize(3)
          .allSatisfy(name -> assertThat(MarkdownTable.page("docs/metrics.md")).contains(name));
    }
  }

  private static void reachEachEnding(Server server) throws Exception {
    String valid = MarkdownTable.page("docs/examples/breast-cancer.json");
    String invalid = MarkdownTable.page("docs/examples/breast-cancer-invalid.json");
    String batch = MarkdownTable.page("docs/examples/diabetes-batch.json");
    assertThat(server.post("/v1/predict", valid).statusCode()).isEqualTo(200);
    assertThat(server.post("/v1/predict", invalid).statusCode()).isEqualTo(422);
    assertThat(server.post("/v1/models/diabetes/predict/batch", batch).statusCode()).isEqualTo(200);
    assertThat(server.post("/v1/models/breast-cancer/versions/2/predict", valid).statusCode())
        .as("a version that may degrade")
        .isEqualTo(200);
    assertThat(server.post("/v1/explain", valid).statusCode()).isEqualTo(200);
    assertThat(server.post("/v1/models/none/predict", valid).statusCode()).isEqualTo(404);
    assertThat(server.post("/v1/predict", "{").statusCode()).isEqualTo(400);
    assertThat(server.post("/v1/feedback", "{\"id\": \"?\", \"outcome\": 1}").statusCode())
        .as("feedback, which looks at what was predicted first")
        .isEqualTo(404);
    assertThat(server.post("/v1/predict/batch", largest(valid), "X-Deadline-Ms", "1").statusCode())
        .as("a batch that takes longer to read than it has time")
        .isEqualTo(503);
  }

  /** The row has something to warn of and lacks a value, too. */
  private void breakARuleThatIsMonitored(Server server, Path folder) throws Exception {
    Path file = folder.resolve("rules.yaml");
    LiveRules rules = new LiveRules(registry, folder);
    Files.writeString(
        file,
        "rules: [{model: loan-default, feature: interest_rate, rule: maximum, mode: monitored}]");
    rules.refresh();
    String high = MarkdownTable.page("docs/examples/loan-default-high-rate.json");
    assertThat(server.post("/v1/models/loan-default/predict", high).statusCode()).isEqualTo(200);
    Files.delete(file);
    rules.refresh();
  }

  private void letAShadowSeeACopy(Server server) throws Exception {
    // Not by a change of its own: other tests on this server show answers with their revision.
    Routes before = router.routes();
    Split all = new Split("2", Share.ALL);
    router.use(before.with(MODEL, route -> route.withShadow(all)), router.revision());
    String valid = MarkdownTable.page("docs/examples/breast-cancer.json");
    assertThat(server.post("/v1/predict", valid).statusCode()).isEqualTo(200);
    // The answer doesn't wait for the copy to be taken.
    Await.until(() -> meters.find("evenkeel.shadow.dropped").meter() != null);
    router.use(before, router.revision());
  }

  private static String largest(String single) {
    String instance = single.substring(single.indexOf(':') + 1, single.lastIndexOf('}'));
    return "{\"instances\":[" + (instance + ",").repeat(LARGEST_BATCH - 1) + instance + "]}";
  }

  private static Map<String, Family> scraped(String text) {
    Map<String, String> types =
        TYPE.matcher(text)
            .results()
            .collect(
                Collectors.toMap(
                    (MatchResult match) -> match.group(1), (MatchResult match) -> match.group(2)));
    Map<String, Family> families = new TreeMap<>();
    types.forEach((name, type) -> {
      boolean maximumOfAHistogram =
          name.endsWith("_max") && "histogram".equals(types.get(name.replaceFirst("_max$", "")));
      if (!maximumOfAHistogram) {
        families.put(name, new Family(type, labels(name, text)));
      }
    });
    return families;
  }

  private static Set<String> labels(String name, String text) {
    Set<String> labels = new TreeSet<>();
    Pattern sample = Pattern.compile("^" + name + "(?:_count|_sum|_bucket)?\\{", Pattern.MULTILINE);
    text.lines()
        .filter(line -> sample.matcher(line).find())
        .forEach(
            line -> LABEL.matcher(line).results().forEach(found -> labels.add(found.group(1))));
    labels.remove("le");
    return labels;
  }

  private static Map<String, Family> listed() {
    Map<String, Family> families = new TreeMap<>();
    for (List<String> row :
        MarkdownTable.after("## Meters", MarkdownTable.page("docs/metrics.md")).rows()) {
      families.put(
          row.get(0).replace("`", ""),
          new Family(row.get(1), new TreeSet<>(MarkdownTable.codes(row.get(2)))));
    }
    return families;
  }
}
