package io.evenkeel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What can be said of Prometheus's rules without Prometheus. {@code config/check} runs them, and
 * {@code AlertsIT} lets them fire.
 */
class AlertsTest {
  private static final Path RUNBOOKS = Path.of("docs/runbooks");
  private static final List<WatchedMetrics.Rule> ALERTS = WatchedMetrics.rules("alert");

  private static Map<String, ?> part(WatchedMetrics.Rule alert, String key) {
    return WatchedMetrics.map(Objects.requireNonNull(alert.all().get(key)));
  }

  @Test
  void eachAlertSaysHowUrgentItIsWhoseAndWhy() {
    assertThat(ALERTS)
        .isNotEmpty()
        .allSatisfy(alert -> {
          Map<String, ?> labels = part(alert, "labels");
          boolean isOfAnObjective = alert.query().contains("group_left (owner, severity)");
          boolean hasItsOwner = alert.query().contains("group_left (owner");
          assertThat(labels.containsKey("severity")).as(alert.name()).isNotEqualTo(isOfAnObjective);
          assertThat(labels.containsKey("owner")).as(alert.name()).isNotEqualTo(hasItsOwner);
          if (!isOfAnObjective) {
            assertThat(labels.get("severity")).as(alert.name()).isIn("page", "ticket");
          }
          assertThat(labels.get("category")).as(alert.name()).isNotNull();
          assertThat(part(alert, "annotations"))
              .as(alert.name())
              .containsOnlyKeys("summary", "description", "runbook");
        });
  }

  @Test
  void eachAlertHasItsRunbookAndEachRunbookItsAlert() throws IOException {
    Set<String> linked = new TreeSet<>();
    for (WatchedMetrics.Rule alert : ALERTS) {
      String runbook = String.valueOf(part(alert, "annotations").get("runbook"));
      linked.add(runbook);
      assertThat(MarkdownTable.page(runbook))
          .startsWith("# " + alert.name() + "\n")
          .contains("\n## What it means\n", "\n## What to look at\n", "\n## What to do\n");
    }
    try (Stream<Path> pages = Files.list(RUNBOOKS)) {
      assertThat(pages.map(Path::toString)).containsExactlyInAnyOrderElementsOf(linked);
    }
  }

  @Test
  void eachAlertIsTestedBothWays() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("config/prometheus/tests"))) {
      Map<String, Set<Boolean>> cases =
          files
              .flatMap(file -> WatchedMetrics.list(WatchedMetrics.yaml(file), "tests"))
              .flatMap(test -> WatchedMetrics.list(test, "alert_rule_test"))
              .collect(
                  Collectors.groupingBy(
                      found -> String.valueOf(found.get("alertname")),
                      Collectors.mapping(
                          found -> WatchedMetrics.list(found, "exp_alerts").findAny().isPresent(),
                          Collectors.toSet())));
      assertThat(ALERTS)
          .allSatisfy(alert ->
              assertThat(cases.getOrDefault(alert.name(), Set.of()))
                  .as("%s fires in one case, and not in another", alert.name())
                  .containsExactlyInAnyOrder(true, false));
    }
  }

  @Test
  void rulesAskForWhatExists() {
    Set<String> existing = WatchedMetrics.existing();
    assertThat(Stream.of("alert", "record").flatMap(kind -> WatchedMetrics.rules(kind).stream()))
        .allSatisfy(rule -> {
          Set<String> asked = WatchedMetrics.in(rule.query());
          assertThat(asked).as(rule.name()).isNotEmpty();
          assertThat(existing).as(rule.name()).containsAll(asked);
        });
  }

  @Test
  void namesAreFoundInQueries() {
    assertThat(
            WatchedMetrics.in(
                "sum by (le, model) (rate(a_b{c=\"d e\"}[5m])) / on (f) (0 * g:h:i5m + 1) > bool 2"))
        .containsExactly("a_b", "g:h:i5m");
  }
}
