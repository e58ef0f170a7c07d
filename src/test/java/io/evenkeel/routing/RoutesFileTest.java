package io.evenkeel.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.evenkeel.contract.Deprecation;
import io.evenkeel.contract.UnusableModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesFileTest {
  @TempDir private Path models;

  @Test
  void isEmptyWhereThereIsNoFile() {
    assertThat(RoutesFile.read(models)).isEqualTo(new RoutesFile(null, Map.of()));
  }

  @Test
  void readsTheDefaultAndTheStableVersions() throws IOException {
    write("default: a\nmodels:\n  a: {stable: \"1\"}\n  b:\n    stable: '2.1'\n");
    assertThat(RoutesFile.read(models))
        .isEqualTo(new RoutesFile("a", Map.of("a", "1", "b", "2.1")));
  }

  @Test
  void readsAFileWithoutModels() throws IOException {
    write("default: a\n");
    assertThat(RoutesFile.read(models)).isEqualTo(new RoutesFile("a", Map.of()));
  }

  @Test
  void readsWhatAModelsRouteSaysBesideTheStableVersion() throws IOException {
    write(
        """
        models:
          a:
            acceptBreaking: true
          b:
            stable: "2"
            acceptBreaking: false
            deprecated:
              "1": {since: 2026-11-24, sunset: 2027-06-01, message: use 2}
              "1.5": {since: 2026-12-01}
        """);
    RoutesFile routes = RoutesFile.read(models);
    assertThat(routes.stable()).containsExactly(Map.entry("b", "2"));
    assertThat(routes.acceptBreaking()).containsExactly("a");
    assertThat(routes.deprecated())
        .isEqualTo(
            Map.of(
                "b",
                Map.of(
                    "1",
                    new Deprecation(LocalDate.of(2026, 11, 24), LocalDate.of(2027, 6, 1), "use 2"),
                    "1.5",
                    new Deprecation(LocalDate.of(2026, 12, 1), null, null))));
  }

  /** The text, in which a semicolon ends a line, then the line of the mistake and a word of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "default: a;modells: {}               | 2 | modells",
        "models: {a: {stable: '1', canary: 2}} | 1 | canary",
        "models: {a: {}}                      | 1 | stable",
        "models: {a: '1'}                     | 1 | stable",
        "models: [a]                          | 1 | mapping",
        "models: {a: {stable: ['1']}}         | 1 | plain value",
        "models:;  a: {stable: '1'};  a: {stable: '2'} | 3 | a",
        "models: {a                           | 2 | not valid YAML",
        "models: {a: {acceptBreaking: 2}}     | 1 | neither true nor false",
        "models: {a: {deprecated: [1]}}       | 1 | mapping",
        "models: {a: {deprecated: {'1': {}}}} | 1 | since",
        "models: {a: {deprecated: {'1': {since: soon}}}} | 1 | no day",
        "default: [a]                         | 1 | plain value",
        "- a                                  | 1 | mapping",
        "''                                   | 0 | empty"
      })
  void saysWhereTheMistakeIs(String text, int line, String word) throws IOException {
    write(text.replace(";", "\n") + (text.isEmpty() ? "" : "\n"));
    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(() -> RoutesFile.read(models))
        .satisfies(refusal -> {
          assertThat(refusal.mistakes().getFirst().file()).isEqualTo("routes.yaml");
          assertThat(refusal.mistakes().getFirst().line()).as(refusal.getMessage()).isEqualTo(line);
          assertThat(refusal.mistakes().getFirst().cause()).contains(word);
          assertThat(refusal.mistakes().getFirst().mend()).isNotBlank();
        });
  }

  @Test
  void saysThatTheFileIsNoText() throws IOException {
    Files.write(
        models.resolve(RoutesFile.NAME), "default: ä".getBytes(StandardCharsets.ISO_8859_1));
    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(() -> RoutesFile.read(models))
        .withMessageContaining("UTF-8");
  }

  private void write(String text) throws IOException {
    Files.writeString(models.resolve(RoutesFile.NAME), text);
  }
}
