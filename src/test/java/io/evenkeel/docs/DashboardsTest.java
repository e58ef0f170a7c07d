package io.evenkeel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DashboardsTest {
  private static final List<JsonNode> DASHBOARDS = dashboards();

  private static List<JsonNode> dashboards() {
    try (Stream<Path> files = Files.list(Path.of("config/grafana"))) {
      return files
          .sorted()
          .map(file -> JsonMapper.shared().readTree(MarkdownTable.page(file.toString())))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void areFourWithNamesOfTheirOwn() {
    assertThat(DASHBOARDS.stream().map(found -> found.get("uid").asString()))
        .containsExactlyInAnyOrder(
            "evenkeel-service", "evenkeel-quality", "evenkeel-drift", "evenkeel-rollout");
    assertThat(DASHBOARDS.stream().map(found -> found.get("title").asString()))
        .doesNotHaveDuplicates();
  }

  @Test
  void panelsSayWhatTheyShowAndDontOverlap() {
    for (JsonNode dashboard : DASHBOARDS) {
      Set<Integer> ids = new HashSet<>();
      Set<String> cells = new HashSet<>();
      for (JsonNode panel : dashboard.get("panels")) {
        String name = dashboard.get("uid").asString() + ": " + panel.get("title").asString();
        assertThat(ids.add(panel.get("id").asInt())).as(name).isTrue();
        assertThat(panel.get("description").asString()).as(name).isNotBlank();
        JsonNode place = panel.get("gridPos");
        int right = place.get("x").asInt() + place.get("w").asInt();
        assertThat(right).as(name).isLessThanOrEqualTo(24);
        for (int x = place.get("x").asInt(); x < right; x++) {
          for (int y = 0; y < place.get("h").asInt(); y++) {
            assertThat(cells.add(x + "," + (place.get("y").asInt() + y))).as(name).isTrue();
          }
        }
      }
    }
  }

  @Test
  void eachQueryAsksForWhatExists() {
    Set<String> existing = WatchedMetrics.existing();
    List<String> queries = new ArrayList<>();
    DASHBOARDS.forEach(found -> collect(found, queries));
    assertThat(queries)
        .hasSizeGreaterThan(DASHBOARDS.size())
        .allSatisfy(query -> {
          Set<String> asked = WatchedMetrics.in(query);
          assertThat(asked).as(query).isNotEmpty();
          assertThat(existing).as(query).containsAll(asked);
        });
  }

  /** All members named expr, wherever they are, and what variables are filled with. */
  private static void collect(JsonNode node, List<String> queries) {
    if (node.path("expr").isString()) {
      queries.add(node.get("expr").asString());
    }
    if (node.path("definition").isString()) {
      queries.add(node.get("definition").asString().replaceFirst(", *\\w+\\)$", ")"));
    }
    node.forEach(child -> collect(child, queries));
  }
}
