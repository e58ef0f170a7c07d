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
import tools.jackson.databind.json.JsonMapper;

class RoutesFileTest {
  @TempDir private Path models;

  @Test
  void isEmptyWhereThereIsNoFile() {
    assertThat(RoutesFile.read(models)).isEqualTo(Routes.NONE);
  }

  @Test
  void readsTheDefaultAndTheStableVersions() throws IOException {
    write("default: a\nmodels:\n  a: {stable: \"1\"}\n  b:\n    stable: '2.1'\n");
    assertThat(RoutesFile.read(models))
        .isEqualTo(Routes.ofStable("a", Map.of("a", "1", "b", "2.1")));
  }

  @Test
  void readsAFileWithoutModels() throws IOException {
    write("default: a\n");
    assertThat(RoutesFile.read(models)).isEqualTo(Routes.ofStable("a", Map.of()));
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
    Routes routes = RoutesFile.read(models);
    assertThat(routes.of("a")).isEqualTo(ModelRoute.NEWEST.withAcceptBreaking(true));
    assertThat(routes.of("b"))
        .isEqualTo(
            ModelRoute.to("2")
                .withDeprecated(
                    Map.of(
                        "1",
                        new Deprecation(
                            LocalDate.of(2026, 11, 24), LocalDate.of(2027, 6, 1), "use 2"),
                        "1.5",
                        new Deprecation(LocalDate.of(2026, 12, 1), null, null))));
  }

  @Test
  void readsEverythingThatARouteMaySay() throws IOException {
    write(
        """
        models:
          a:
            stable: "2"
            canary: {version: "3", share: 0.5%}
            shadow: {version: "4", share: 100 %}
            fallback: "1"
            diverted: true
            pin: "2.1"
            pinned: {acme: "1", "bo b": "3"}
        """);
    Routes routes = RoutesFile.read(models);
    assertThat(routes.of("a"))
        .isEqualTo(
            ModelRoute.to("2")
                .withCanary(new Split("3", Share.ofPercent(0.5)))
                .withShadow(new Split("4", Share.ALL))
                .withFallback("1")
                .withDiverted(true)
                .withPin("2.1")
                .withPinned(Map.of("acme", "1", "bo b", "3")));
    String written = JsonMapper.shared().writeValueAsString(RoutesDocument.write(routes));
    assertThat(RoutesDocument.read("written", written)).isEqualTo(routes);
  }

  /** The text, in which a semicolon ends a line, then the line of the mistake and a word of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "default: a;modells: {}               | 2 | modells",
        "models: {a: {stable: '1', canary: 2}} | 1 | a version and its share",
        "models: {a: {canary: {version: '2', share: 5%}}} | 1 | no `stable`",
        "models: {a: {stable: '1', canary: {version: '1', share: 5%}}} | 1 | same version",
        "models: {a: {stable: '1', canary: {version: '2'}}} | 1 | `share` is missing",
        "models: {a: {stable: '1', canary: {version: '2', share: 5}}} | 1 | no share",
        "models: {a: {stable: '1', canary: {version: '2', share: 101%}}} | 1 | no share",
        "models: {a: {stable: '1', canary: {share: 5%}}} | 1 | `version` is missing",
        "models: {a: {stable: '1', canary: {version: '2', share: 5%, sure: no}}} | 1 | sure",
        "models: {a: {stable: '1', shadow: {version: '1', share: 5%}}} | 1 | same version",
        "models: {a: {stable: '1', fallback: '1'}} | 1 | same version",
        "models: {a: {stable: '1', diverted: true}} | 1 | to no version",
        "models: {a: {stable: ''}}            | 1 | names no version",
        "models: {a: {pinned: [x]}}           | 1 | mapping",
        "models: {a: {}}                      | 1 | says nothing",
        "models: {a: '1'}                     | 1 | says nothing",
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
