package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@code contract.yaml} that is broken as a document is told. */
class BrokenDocumentTest {
  private static final String SOUND =
      """
      schemaVersion: 1.0.0
      features:
        - {name: age, type: number}
      outputs: {task: raw}
      """;

  @Test
  void namesTheLineOfInvalidYaml() {
    Contracts.assertDocumentRefused(
        """
        schemaVersion: 1.0.0
        features:
          - name: age
           type: number # <-
        """,
        "this is not valid YAML: expected <block end>, but found '<block mapping start>'",
        "correct the syntax at this line");
  }

  @Test
  void namesTheLineOfAStrayTab() {
    Contracts.assertDocumentRefused(
        "schemaVersion: 1.0.0\n\tfeatures: [] # <-\n",
        "this is not valid YAML: found character '\\t(TAB)' that cannot start any token. (Do not"
            + " use \\t(TAB) for indentation)",
        "correct the syntax at this line");
  }

  @Test
  void refusesAnEmptyFile() {
    Contracts.assertDocumentRefused(
        "", "the file is empty", "write the document docs/model-folder.md describes");
  }

  @Test
  void refusesTwoDocuments() {
    assertThat(Contracts.mistakes(SOUND + "---\n" + SOUND))
        .singleElement()
        .extracting(Mistake::line, Mistake::cause)
        .containsExactly(5, "this is not valid YAML: but found another document");
  }

  @Test
  void refusesAListAtTheTop() {
    Contracts.assertDocumentRefused(
        "- age # <-\n- income\n",
        "the document is no mapping with keys",
        "write it as `key: value` lines");
  }

  @Test
  void refusesAnAliasBomb() {
    StringBuilder bomb = new StringBuilder(SOUND + "a0: &a0 [x]\n");
    for (int i = 1; i < 12; i++) {
      String before = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s, %s, %s]\n".formatted(i, i, before, before, before));
    }
    assertThat(Contracts.mistakes(bomb.toString()))
        .containsExactly(
            new Mistake(
                ContractFile.NAME,
                0,
                "this is not valid YAML: Number of aliases for non-scalar nodes exceeds the"
                    + " specified max=20",
                "correct the syntax, for example with a YAML linter"));
  }

  @Test
  void refusesDeepNesting() {
    assertThat(Contracts.mistakes("a: " + "[".repeat(100_000)))
        .singleElement()
        .extracting(Mistake::cause)
        .isEqualTo("this is not valid YAML: Nesting Depth exceeded max 20");
  }

  @Test
  void refusesANodeWithinItself() {
    Contracts.assertRefused(
        """
        features:
          - name: age
            type: number
            example: &again [*again] # <-
        """,
        "an alias names the node it stands in",
        "write the value out");
  }

  @Test
  void refusesAKeyThatStandsTwice() {
    Contracts.assertRefused(
        """
        features:
          - name: age
            type: number
            minimum: 0
            minimum: 18 # <-
        """,
        "the key `minimum` stands twice",
        "keep one of them");
  }

  @Test
  void refusesATopLevelKeyThatStandsTwice() {
    Contracts.assertDocumentRefused(
        SOUND + "outputs: {task: raw} # <-\n",
        "the key `outputs` stands twice",
        "keep one of them");
  }

  @Test
  void suggestsTheKeyThatWasMeant() {
    Contracts.assertDocumentRefused(
        SOUND + "input: [] # <-\n", "the key `input` is unknown here", "did you mean `inputs`?");
  }

  @Test
  void listsTheKeysWhereNoneIsNear() {
    Contracts.assertDocumentRefused(
        SOUND + "owner: me # <-\n",
        "the key `owner` is unknown here",
        "use one of [audit, degradation, deprecated, description, disclosure, fairness, features, inputs, outputs, rules, schemaVersion, unknownFields]");
  }

  @Test
  void refusesTwoPartVersions() {
    Contracts.assertDocumentRefused(
        """
        schemaVersion: 1.0 # <-
        features:
          - {name: age, type: number}
        outputs: {task: raw}
        """,
        "`schemaVersion: 1.0` is no semantic version",
        "write it like `1.0.0`");
  }

  @Test
  void findsEverythingMissingAtOnce() {
    assertThat(Contracts.mistakes("description: nothing else\n"))
        .extracting(Mistake::cause)
        .isEqualTo(
            List.of(
                "the key `schemaVersion` is missing",
                "the key `features` is missing",
                "the key `outputs` is missing"));
  }

  @Test
  void writesAMistakeInOneLine() {
    assertThat(Contracts.mistakes("description: [a]\n" + SOUND))
        .singleElement()
        .hasToString(
            "contract.yaml:1: expected a plain value. Mend: write a text or a number here");
  }
}
