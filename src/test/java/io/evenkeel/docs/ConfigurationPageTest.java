package io.evenkeel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConfigurationPageTest {
  private static final String PAGE = MarkdownTable.page("docs/configuration.md");

  @Test
  void listsEachSettingWithItsDefaultAndMeaning() {
    JsonNode properties =
        JsonMapper.shared()
            .readTree(
                MarkdownTable.page("target/classes/META-INF/spring-configuration-metadata.json"))
            .path("properties");
    List<List<String>> settings =
        StreamSupport.stream(properties.spliterator(), false)
            .filter(property -> property.path("name").asString().startsWith("evenkeel."))
            .map(ConfigurationPageTest::row)
            .toList();

    assertThat(MarkdownTable.after("## Evenkeel's own settings", PAGE).rows())
        .containsExactlyElementsOf(settings);
  }

  private static List<String> row(JsonNode property) {
    return List.of(
        "`" + property.path("name").asString() + "`",
        "`" + property.path("defaultValue").asString() + "`",
        property.path("description").asString());
  }

  @Test
  void namesTheValuesThatAreSet() throws IOException {
    PropertySource<?> file =
        new YamlPropertySourceLoader()
            .load("application", new ClassPathResource("application.yaml"))
            .getFirst();

    for (List<String> row : MarkdownTable.after("## Set for Spring Boot", PAGE).rows()) {
      String name = row.get(0).replace("`", "");
      assertThat(Map.of(name, String.valueOf(file.getProperty(name))))
          .containsEntry(name, row.get(1).replace("`", ""));
    }
  }
}
