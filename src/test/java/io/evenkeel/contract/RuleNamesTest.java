package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.monitoring.support.Supports;
import io.evenkeel.registry.Notice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The names of broken rules and warnings are public: the documentation lists exactly those the
 * tests saw.
 */
class RuleNamesTest {
  private static final Pattern ROW_OF_A_TABLE = Pattern.compile("^\\| `(\\w+)` \\|");

  @Test
  void documentsEveryViolation() throws Exception {
    Set<String> seen =
        ViolationTable.entries().stream()
            .map(entry -> entry.violation().rule())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(documented("Violations")).isEqualTo(seen);
  }

  @Test
  void documentsEveryWarning() throws Exception {
    Set<String> seen =
        WarningsTest.entries().stream()
            .map(WarningsTest.Entry::rule)
            .collect(Collectors.toCollection(TreeSet::new));
    EvolutionTest.read("warn", "{\"salary\": 1, \"fax\": \"555\", \"pager\": 1}")
        .warnings()
        .forEach(warning -> seen.add(warning.rule()));
    seen.add(Notice.RULE);
    seen.addAll(Supports.RULES);
    assertThat(documented("Warnings")).isEqualTo(seen);
  }

  private static Set<String> documented(String heading) throws Exception {
    List<String> lines = Files.readAllLines(Path.of("docs/model-folder.md"));
    Set<String> names = new TreeSet<>();
    for (String line : lines.subList(lines.indexOf("### " + heading) + 1, lines.size())) {
      if (line.startsWith("#")) {
        break;
      }
      ROW_OF_A_TABLE.matcher(line).results().forEach(row -> names.add(row.group(1)));
    }
    return names;
  }
}
