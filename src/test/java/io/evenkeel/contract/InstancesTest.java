package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Where an instance stands in a body, and what is no instance at all. */
class InstancesTest {
  private static final Contract CONTRACT =
      Contracts.of(
              """
              features:
                - {name: age, type: number}
                - {name: a.b-c, type: tensor, shape: [1]}
              """)
          .contract();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          [1, 2]           | an array
          "{\\"age\\": 3}" | a string
          7                | 7
          null             | null
          true             | true
          """)
  void refusesWhatIsNoObject(String instance, String received) {
    assertThat(Rows.read(CONTRACT, instance).violations())
        .containsExactly(
            new Violation("/instance", "", "type", "an object with the features", received));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          a/b                | a~1b
          a~b                | a~0b
          ~1                 | ~01
          \\ud83d\\ude00     | 😀
          größe              | größe
          """)
  void escapesNamesInPointers(String name, String segment) {
    Row row = Rows.read(CONTRACT, "{\"age\": 1, \"a.b-c\": [1], \"%s\": 1}".formatted(name));
    assertThat(row.violations())
        .extracting(Violation::pointer)
        .containsExactly("/instance/" + segment);
  }

  @Test
  void takesAnEmptyName() {
    Row row = Rows.read(CONTRACT, "{\"age\": 1, \"a.b-c\": [1], \"\": 1}");
    assertThat(row.violations()).extracting(Violation::pointer).containsExactly("/instance/");
  }

  @Test
  void shortensNamesInPointers() {
    Row row =
        Rows.read(CONTRACT, "{\"age\": 1, \"a.b-c\": [1], \"" + "n".repeat(10_000) + "\": 1}");
    assertThat(row.violations())
        .extracting(Violation::pointer)
        .containsExactly("/instance/" + "n".repeat(79) + "…");
  }

  @Test
  void pointsIntoABatch() {
    RowReader reader = new RowReader(CONTRACT, Rows.JSON);
    Row row = Rows.read(reader, "{\"age\": \"x\", \"a.b-c\": [\"y\"], \"z\": 1}", 17);
    assertThat(row.violations())
        .extracting(Violation::pointer)
        .containsExactly("/instances/17/age", "/instances/17/a.b-c/0", "/instances/17/z");
    assertThat(Rows.read(reader, "3", 4).violations())
        .extracting(Violation::pointer)
        .containsExactly("/instances/4");
  }

  @Test
  void leavesTheParserBehindEachInstance() {
    RowReader reader = new RowReader(CONTRACT, Rows.JSON);
    String batch =
        """
        [{"age": [[1], {"age": 2}], "a.b-c": [1, [2]], "x": {"y": []}}, "no", [1, [2]],
         {"age": 4, "a.b-c": [1]}]
        """;
    try (JsonParser json = Rows.parser(batch)) {
      json.nextToken();
      int valid = 0;
      int read = 0;
      while (json.nextToken() != JsonToken.END_ARRAY) {
        valid += reader.read(json, read++).isValid() ? 1 : 0;
      }
      assertThat(read).isEqualTo(4);
      assertThat(valid).isEqualTo(1);
      assertThat(json.nextToken()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"age\": NaN}",
        "{\"age\": -Infinity}",
        "{\"age\": 01}",
        "{\"age\": +1}",
        "{\"age\": .5}",
        "{\"age\": 1.}",
        "{\"age\": 'x'}",
        "{\"age\": 1",
        "{\"age\"",
        "{\"age\": 1,}",
        "{\"\\ud800x\": 1}",
        "{\"x\\udc00\": 1}",
        "{age: 1}",
        "{\"a.b-c\": [1",
        "{\"a.b-c\": [1}",
        "{\"x\": [}",
        "{\"age\": 1 // years\n}"
      })
  void leavesBrokenJsonToTheParser(String instance) {
    assertThatThrownBy(() -> Rows.read(CONTRACT, instance)).isInstanceOf(JacksonException.class);
  }

  @Test
  void leavesDeepNestingToTheParser() {
    String brackets = "[".repeat(100_000);
    assertThatThrownBy(() -> Rows.read(CONTRACT, "{\"x\": " + brackets))
        .isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> Rows.read(CONTRACT, "{\"a.b-c\": " + brackets))
        .isInstanceOf(JacksonException.class);
  }
}
