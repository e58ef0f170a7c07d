package io.evenkeel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class JvmFlagsTest {
  private static final Pattern IN_THE_BUILD =
      Pattern.compile("<evenkeel\\.jvm\\.arguments>(.*)</evenkeel\\.jvm\\.arguments>");
  private static final Pattern IN_THE_IMAGE =
      Pattern.compile("^exec java \\\\\n(.*?)^  \\$cache", Pattern.MULTILINE | Pattern.DOTALL);

  @Test
  void theImageStartsWithTheBuildsFlagsFirst() {
    List<String> ofTheBuild =
        List.of(found(IN_THE_BUILD, MarkdownTable.page("pom.xml")).split(" ", -1));
    List<String> ofTheImage =
        found(IN_THE_IMAGE, MarkdownTable.page("docker/entrypoint"))
            .lines()
            .map(line -> line.replace("\\", "").strip())
            .toList();

    assertThat(ofTheImage).startsWith(ofTheBuild.toArray(String[]::new));
  }

  @Test
  void theDecisionNamesTheCollectorAndTheHeaders() {
    String decision = MarkdownTable.page("docs/decisions/0011-jvm-flags.md");
    String flags = found(IN_THE_BUILD, MarkdownTable.page("pom.xml"));

    assertThat(flags.split(" ", -1))
        .filteredOn(flag -> flag.startsWith("-X"))
        .isNotEmpty()
        .allSatisfy(flag -> assertThat(decision).contains(flag));
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(pattern.pattern()).isTrue();
    return matcher.group(1);
  }
}
