package io.evenkeel.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.registry.ModelRegistry;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends the request that docs/explain.md shows. Its answer's numbers may differ in their last
 * digits: how rows meet in a run decides in which order the library adds up.
 */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "management.server.port=0",
      // The machine that runs the tests may be busy.
      "evenkeel.admission.single-budget=30s",
      "evenkeel.admission.batch-budget=30s"
    })
class ExplainPageTest {
  private static final String PAGE = MarkdownTable.page("docs/explain.md");
  private static final Pattern REQUEST =
      Pattern.compile("curl localhost:8080(/\\S+) .*-d @(docs/\\S+)");
  private static final Pattern BLOCK = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);

  @LocalServerPort private int port;
  @Autowired private ModelRegistry registry;

  @Test
  void theAnswerIsAsShown() throws Exception {
    Matcher request = REQUEST.matcher(PAGE);
    Matcher shown = BLOCK.matcher(PAGE);
    assertThat(request.find() && shown.find(request.end())).isTrue();
    try (Server server = Server.whenLoaded(port, registry)) {
      String real = server.post(request.group(1), MarkdownTable.page(request.group(2))).body();

      requireAlike("", json(real), json(shown.group(1)));
    }
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private static void requireAlike(String where, JsonNode real, JsonNode shown) {
    if (shown.isObject()) {
      assertThat(real.propertyNames()).as(where).isEqualTo(shown.propertyNames());
      shown
          .properties()
          .forEach(member -> {
            if (!member.getKey().equals("id")) {
              String deeper = where + "/" + member.getKey();
              requireAlike(deeper, real.get(member.getKey()), member.getValue());
            }
          });
    } else if (shown.isArray()) {
      assertThat(real.size()).as(where).isEqualTo(shown.size());
      for (int i = 0; i < shown.size(); i++) {
        requireAlike(where + "/" + i, real.get(i), shown.get(i));
      }
    } else if (shown.isNumber()) {
      assertThat(real.doubleValue())
          .as(where)
          .isCloseTo(shown.doubleValue(), within(1e-4 * Math.max(1, Math.abs(shown.asDouble()))));
    } else {
      assertThat(real).as(where).isEqualTo(shown);
    }
  }
}
