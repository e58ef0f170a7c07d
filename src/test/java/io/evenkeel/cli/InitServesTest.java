package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.registry.ModelRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole way: a graph and a CSV file are drafted, filled in, sealed, served and asked. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"management.server.port=0", "evenkeel.admission.single-budget=30s"})
class InitServesTest {
  private static final Path DRAFT = Path.of("src/test/resources/draft");

  @TempDir private static Path models;

  @LocalServerPort private int port;
  @Autowired private ModelRegistry registry;

  @DynamicPropertySource
  static void draft(DynamicPropertyRegistry properties) throws IOException {
    draft("wine", "--label", "cultivar");
    draft("visits", "--label", "outcome", "--label", "member", "--label", "came");
    Files.writeString(models.resolve("routes.yaml"), "default: wine\n");
    properties.add("evenkeel.models.path", models::toString);
  }

  private static void draft(String model, String... labels) throws IOException {
    Path folder = models.resolve(model).resolve("1");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "init",
                DRAFT.resolve(model + ".onnx").toString(),
                "--data",
                DRAFT.resolve(model + ".csv").toString(),
                "--out",
                folder.toString()));
    arguments.addAll(List.of(labels));
    Edits.apply(Invocation.of(arguments.toArray(String[]::new)).out());
    Invocation.of("check", "--write-manifest", folder.toString());
  }

  @Test
  void answersAsTheGraphDoes() throws Exception {
    assertThat(registry.awaitLoaded(Duration.ofMinutes(2))).isTrue();
    for (String model : List.of("wine", "visits")) {
      List<String> lines = Files.readAllLines(models.resolve(model).resolve("1/golden.jsonl"));
      assertThat(lines).hasSize(50);
      for (String line : lines) {
        JsonNode example = JsonMapper.shared().readTree(line);
        JsonNode answer = ask(model, "{\"instance\": " + example.get("instance") + "}");

        assertThat(answer.at("/prediction/label")).isEqualTo(example.at("/prediction/label"));
        assertThat(answer.at("/prediction/confidence").floatValue())
            .isEqualTo(example.at("/prediction/confidence").floatValue());
      }
    }
  }

  @Test
  void refusesWhatIsFarFromTheData() throws Exception {
    assertThat(registry.awaitLoaded(Duration.ofMinutes(2))).isTrue();
    JsonNode answer =
        ask("visits", "{\"instance\": {\"Age_years\": 790, \"spent\": null, \"city\": \"Rome\"}}");

    assertThat(answer.get("violations")).hasSize(2);
    assertThat(answer.at("/violations/0/rule").asString()).isEqualTo("maximum");
    assertThat(answer.at("/violations/1/rule").asString()).isEqualTo("values");
  }

  private JsonNode ask(String model, String body) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://localhost:" + port + "/v1/models/" + model + "/predict"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      return JsonMapper.shared()
          .readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }
}
