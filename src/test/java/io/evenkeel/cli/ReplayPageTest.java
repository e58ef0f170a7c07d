package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ReplayPageTest {
  private static final Pattern OPTION = Pattern.compile("(?m)^\\| `(--[a-z-]+)` \\|");

  @ParameterizedTest
  @ValueSource(strings = {"generate", "replay"})
  void thePageListsTheOptionsThatTheCommandHas(String name) throws IOException {
    String page = Files.readString(Path.of("docs/replay.md"));
    String section = page.split("(?m)^## " + name + "$", 2)[1].split("(?m)^## ", 2)[0];
    CommandLine command =
        Objects.requireNonNull(CommandLineInterface.commandLine().getSubcommands().get(name));
    Set<String> options = new TreeSet<>();
    command.getCommandSpec().options().forEach(option -> options.add(option.longestName()));
    options.removeAll(Set.of("--help", "--version"));

    assertThat(OPTION.matcher(section).results().map(match -> match.group(1)))
        .containsExactlyInAnyOrderElementsOf(options);
  }
}
