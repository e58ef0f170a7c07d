package io.evenkeel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DependenciesDecisionTest {
  private static final Pattern DEPENDENCY =
      Pattern.compile("<dependency>\\s*<groupId>[^<]*</groupId>\\s*<artifactId>([^<]*)<");

  @Test
  void eachDependencyHasItsReason() {
    String pom = MarkdownTable.page("pom.xml");
    List<String> dependencies =
        DEPENDENCY.matcher(pom).results().map((MatchResult match) -> match.group(1)).toList();

    List<String> explained =
        MarkdownTable.after(
                "## What is used, and why",
                MarkdownTable.page("docs/decisions/0002-dependencies.md"))
            .rows()
            .stream()
            .flatMap(row -> MarkdownTable.codes(row.getFirst()).stream())
            .toList();

    assertThat(explained).containsExactlyInAnyOrderElementsOf(dependencies);
  }
}
