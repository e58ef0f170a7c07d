package io.evenkeel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.registry.LiveRules;
import io.evenkeel.registry.ModelRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Walks through the tuning guide's worked example, and holds what it shows against the server. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "management.server.port=0",
      // The machine that runs the tests may be busy.
      "evenkeel.admission.single-budget=30s",
      "evenkeel.admission.batch-budget=30s"
    })
class ContractsPageTest {
  private static final String PAGE = MarkdownTable.page("docs/contracts.md");
  private static final String BODY =
      MarkdownTable.page("docs/examples/loan-default-high-rate.json");
  private static final String LOAN = "/v1/models/loan-default/";
  private static final List<String> DIFFERENT_EACH_TIME = List.of("id", "requestId");

  @LocalServerPort private int port;
  @Autowired private ModelRegistry registry;
  @TempDir private Path folder;
  private Server server;

  @BeforeEach
  void start() throws Exception {
    server = Server.whenLoaded(port, registry);
  }

  @AfterEach
  void stop() throws Exception {
    switchRules("rules: []");
    server.close();
  }

  private void switchRules(String yaml) throws Exception {
    Files.writeString(folder.resolve("rules.yaml"), yaml);
    assertThat(new LiveRules(registry, folder).refresh()).isEqualTo(LiveRules.Reload.APPLIED);
  }

  /** The blocks of a language in the part of the page below a heading. */
  private static List<String> blocks(String heading, String language) {
    int start = PAGE.indexOf("\n" + heading + "\n");
    assertThat(start).as(heading).isPositive();
    int end = PAGE.indexOf("\n##", start + heading.length());
    return Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
        .matcher(PAGE.substring(start, end < 0 ? PAGE.length() : end))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private JsonNode ask(String call) throws Exception {
    return json(server.post(LOAN + call, BODY).body());
  }

  private static JsonNode withoutIds(JsonNode tree) {
    return ((ObjectNode) tree).without(DIFFERENT_EACH_TIME);
  }

  private static String monitored() {
    return blocks("### 2. Monitor", "yaml").getFirst();
  }

  @Test
  void theReferenceIsAsShown() {
    JsonNode features =
        json(MarkdownTable.page("models/loan-default/1/reference.json")).get("features");
    JsonNode shown = json(blocks("## Bounds from data", "json").getFirst());
    shown
        .properties()
        .forEach(feature -> {
          JsonNode real = features.get(feature.getKey());
          assertThat(feature.getValue().get("min")).isEqualTo(real.get("min"));
          assertThat(feature.getValue().get("max")).isEqualTo(real.get("max"));
          List<Integer> places = List.of(0, 6, 13);
          for (int i = 0; i < places.size(); i++) {
            assertThat(feature.getValue().get("edges").get(i))
                .isEqualTo(real.get("edges").get(places.get(i)));
          }
        });
  }

  @Test
  void theFirstVerdictIsAsShown() throws Exception {
    assertThat(withoutIds(ask("validate")))
        .isEqualTo(withoutIds(json(blocks("### 1. Try a row", "json").getFirst())));
  }

  @Test
  void theMonitoredRowIsAnsweredAsShown() throws Exception {
    switchRules(monitored());
    List<String> shown = blocks("### 2. Monitor", "json");
    assertThat(withoutIds(ask("predict"))).isEqualTo(withoutIds(json(shown.get(0))));
    JsonNode verdict = ask("validate");
    List<JsonNode> lines = shown.get(1).lines().map(ContractsPageTest::json).toList();
    assertThat(verdict.get("monitored").valueStream()).containsExactly(lines.getFirst());
    assertThat(verdict.get("tensors").get(0).get("columns").valueStream())
        .containsAll(lines.subList(1, lines.size()));
    assertThat(lines).hasSize(3);
  }

  @Test
  void theReportHasTheShapeThatIsShown() throws Exception {
    switchRules(monitored());
    ask("predict");
    JsonNode shown = json(blocks("### 3. Look who would be refused", "json").getFirst());
    JsonNode found =
        json(server.get(port, LOAN + "validation-report?version=1"))
            .get("versions")
            .get(0)
            .get("findings")
            .valueStream()
            .filter(finding -> finding.get("kind").asString().equals("monitored"))
            .findFirst()
            .orElseThrow();
    assertThat(found.propertyNames()).containsExactlyElementsOf(shown.propertyNames());
    for (String name : List.of("feature", "rule", "kind", "jumped")) {
      assertThat(found.get(name)).isEqualTo(shown.get(name));
    }
    for (String name : List.of("rows", "rates")) {
      assertThat(found.get(name).propertyNames())
          .containsExactlyElementsOf(shown.get(name).propertyNames());
    }
    ObjectNode example = (ObjectNode) found.get("examples").get(0);
    assertThat(example.without("at"))
        .isEqualTo(((ObjectNode) shown.get("examples").get(0)).without("at"));
  }

  @Test
  void theWarningIsAsShown() throws Exception {
    switchRules(monitored().replace("mode: monitored", "mode: warned"));
    assertThat(ask("predict").get("warnings").valueStream())
        .contains(json(blocks("### 4. Warn", "json").getFirst()));
  }

  @Test
  void theEnforcedRuleRefusesAsShown() throws Exception {
    switchRules("rules: []");
    assertThat(withoutIds(ask("predict")))
        .isEqualTo(withoutIds(json(blocks("### 5. Enforce", "json").getFirst())));
  }
}
