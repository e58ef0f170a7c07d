package io.evenkeel.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The names of series that rules and dashboards may ask for, and how to find them in a query. */
final class WatchedMetrics {
  /**
   * Of the JVM, of Prometheus and of Resilience4j, which docs/metrics.md names as families only.
   */
  private static final Set<String> OTHERS =
      Set.of(
          "up",
          "process_cpu_usage",
          "jvm_memory_used_bytes",
          "jvm_gc_pause_seconds_sum",
          "resilience4j_circuitbreaker_state");

  private static final Path RULES = Path.of("config/prometheus/rules");
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w:\"$.{~=])[a-z_][a-z0-9_:]*(?![\\w:\"(])");
  private static final Pattern BETWEEN_BRACKETS = Pattern.compile("\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(by|on|ignoring|without|group_left|group_right)\\s*\\([^)]*\\)");
  private static final Set<String> WORDS =
      Set.of(
          "and",
          "or",
          "unless",
          "by",
          "on",
          "bool",
          "ignoring",
          "group_left",
          "group_right",
          "sum",
          "max",
          "min",
          "avg",
          "topk",
          "count",
          "without",
          "inf");

  private WatchedMetrics() {}

  /** One rule: what it records or the alert's name, its query, and all of it. */
  record Rule(String name, String query, Map<String, ?> all) {}

  static List<Rule> rules(String kind) {
    try (Stream<Path> files = Files.list(RULES)) {
      return files
          .sorted()
          .flatMap(file -> list(yaml(file), "groups"))
          .flatMap(group -> list(group, "rules"))
          .filter(rule -> rule.containsKey(kind))
          .map(rule ->
              new Rule(String.valueOf(rule.get(kind)), String.valueOf(rule.get("expr")), rule))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, ?> yaml(Path file) {
    return map(
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(MarkdownTable.page(file.toString())));
  }

  static Stream<Map<String, ?>> list(Map<String, ?> from, String key) {
    return from.get(key) instanceof List<?> items
        ? items.stream().map(WatchedMetrics::map)
        : Stream.empty();
  }

  static Map<String, ?> map(Object found) {
    Map<String, Object> typed = new TreeMap<>();
    ((Map<?, ?>) found).forEach((key, value) -> typed.put(String.valueOf(key), value));
    return typed;
  }

  /** All that exist: on the page, recorded by rules, or somebody else's. */
  static Set<String> existing() {
    Set<String> names = new TreeSet<>(OTHERS);
    for (List<String> row :
        MarkdownTable.after("## Meters", MarkdownTable.page("docs/metrics.md")).rows()) {
      String name = row.get(0).replace("`", "");
      names.add(name);
      if (row.get(1).equals("histogram")) {
        Stream.of("_count", "_sum", "_bucket", "_max").map(name::concat).forEach(names::add);
      }
    }
    rules("record").forEach(rule -> names.add(rule.name()));
    return names;
  }

  /** The names of series in a query of Prometheus. */
  static Set<String> in(String query) {
    String bare = BETWEEN_BRACKETS.matcher(query).replaceAll(" ");
    Set<String> names = new TreeSet<>();
    NAME.matcher(GROUPING.matcher(bare).replaceAll(" "))
        .results()
        .map((MatchResult match) -> match.group())
        .filter(word -> !WORDS.contains(word))
        .forEach(names::add);
    return names;
  }
}
