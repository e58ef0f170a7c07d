package io.evenkeel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.registry.ModelRegistry;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Sends each request a page shows, and holds the answer it shows against the real one. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "management.server.port=0")
class ExamplesTest {
  private static final Pattern REQUEST =
      Pattern.compile("curl [^\\n]*localhost:8080(/[^\\s']*)[^`]*?-d @(docs/\\S+)");
  private static final Pattern BLOCK = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);
  private static final List<String> DIFFERENT_EACH_TIME = List.of("id", "requestId");

  @LocalServerPort private int port;
  @Autowired private ModelRegistry registry;

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/errors.md"})
  void answersAreAsShown(String name) throws Exception {
    String page = MarkdownTable.page(name);
    Matcher request = REQUEST.matcher(page);
    int requests = 0;
    try (Server server = Server.whenLoaded(port, registry)) {
      while (request.find()) {
        requests++;
        String real = server.post(request.group(1), MarkdownTable.page(request.group(2))).body();

        assertThat(withoutIds(real))
            .as("the answer to " + request.group())
            .isEqualTo(withoutIds(shownAfter(request.end(), page)));
      }
    }
    assertThat(requests).as("requests in " + name).isPositive();
  }

  /** The first block that isn't a request. */
  private static String shownAfter(int place, String page) {
    return BLOCK
        .matcher(page.substring(place))
        .results()
        .map(match -> match.group(1))
        .filter(block -> !block.contains("\"instance\":"))
        .findFirst()
        .orElse("");
  }

  private static JsonNode withoutIds(String text) {
    JsonNode tree = JsonMapper.shared().readTree(text);
    return tree instanceof ObjectNode object ? object.without(DIFFERENT_EACH_TIME) : tree;
  }

  @Test
  void theRequestIsShownAsItIsInTheFile() {
    assertThat(MarkdownTable.page("README.md"))
        .contains(MarkdownTable.page("docs/examples/breast-cancer.json"));
  }
}
