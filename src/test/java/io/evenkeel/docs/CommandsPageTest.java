package io.evenkeel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.cli.CommandLineInterface;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the page about the commands against their own help. */
class CommandsPageTest {
  private static final String PAGE = MarkdownTable.page("docs/commands.md");
  private static final Pattern SECTION = Pattern.compile("^## `([\\w ]+)`$", Pattern.MULTILINE);

  static Stream<Arguments> commands() {
    return CommandLineInterface.helpTexts().entrySet().stream()
        .map(command -> Arguments.of(command.getKey(), command.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void showsTheHelpOfEachCommand(String name, String help) {
    assertThat(help.lines()).noneMatch(line -> line.length() > 100);
    assertThat(PAGE).contains("## `" + name + "`\n");
    assertThat(firstBlockAfter("## `" + name + "`\n")).isEqualTo(help.stripTrailing());
  }

  @Test
  void describesNoCommandThatIsNotThere() {
    List<String> described = SECTION.matcher(PAGE).results().map(found -> found.group(1)).toList();

    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(CommandLineInterface.helpTexts().keySet());
  }

  private static String firstBlockAfter(String heading) {
    Matcher block =
        Pattern.compile("```text\\n(.*?)\\n```", Pattern.DOTALL)
            .matcher(PAGE.substring(PAGE.indexOf(heading)));
    return block.find() ? block.group(1) : "";
  }
}
