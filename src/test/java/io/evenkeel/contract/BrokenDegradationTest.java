package io.evenkeel.contract;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What mistakes in a contract's ways to degrade are told. */
class BrokenDegradationTest {
  private static final String CLASSES =
      "outputs: {task: classification, probabilities: p, labels: [benign, malignant]}\n";
  private static final String NUMBER = "outputs: {task: regression, value: y}\n";

  private static void assertRefused(String outputs, String way, String cause, String mend) {
    Contracts.assertDocumentRefused(document(outputs, way), cause, mend);
  }

  private static String document(String outputs, String ways) {
    return "schemaVersion: 1.0.0\nfeatures:\n  - {name: age, type: number}\n"
        + outputs
        + "degradation:\n"
        + ways;
  }

  private static void assertDefaultRefused(String stated, String cause, String mend) {
    assertRefused(CLASSES, "  - default: " + stated + " # <-\n", cause, mend);
  }

  @Test
  void refusesAnEmptyList() {
    String document = document(NUMBER, "").replace("degradation:\n", "degradation: [] # <-\n");
    Contracts.assertDocumentRefused(
        document, "there is no way to degrade", "list at least one, or leave the section out");
  }

  @Test
  void refusesAMapping() {
    assertRefused(
        NUMBER,
        "  cache: {maxAge: 10m, maxSize: 16MB} # <-\n",
        "expected a list",
        "write it as `[a, b]` or as lines that begin with `- `");
  }

  @ParameterizedTest
  @ValueSource(strings = {"retry: {times: 3}", "cache", "{}"})
  void refusesAnotherWay(String way) {
    assertRefused(
        NUMBER,
        "  - " + way + " # <-\n",
        "this is no way to degrade",
        "begin it with `cache:`, `fallback:` or `default:`");
  }

  @Test
  void refusesTwoWaysInOneEntry() {
    assertRefused(
        NUMBER,
        """
          - cache: {maxAge: 10m, maxSize: 16MB}
            fallback: {version: '1'} # <-
        """,
        "the key `fallback` is unknown here",
        "use one of [cache]");
  }

  @Test
  void refusesTheSameWayTwice() {
    assertRefused(
        NUMBER,
        """
          - fallback: {version: '1'}
          - fallback: {version: '2'} # <-
        """,
        "`fallback` stands twice",
        "keep one of them");
  }

  @Test
  void refusesWhatComesAfterTheDefault() {
    assertRefused(
        NUMBER,
        """
          - default: {value: 1}
          - fallback: {version: '2'} # <-
        """,
        "what comes after `default` is never tried",
        "put `default` last");
  }

  @Test
  void refusesACacheWithoutAge() {
    assertRefused(
        NUMBER,
        "  - cache: {maxSize: 16MB} # <-\n",
        "the key `maxAge` is missing",
        "add a duration, for example `10m`");
  }

  @Test
  void refusesACacheWithoutSize() {
    assertRefused(
        NUMBER,
        "  - cache: {maxAge: 10m} # <-\n",
        "the key `maxSize` is missing",
        "add a size, for example `16MB`");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "0s", "-1s", "1.5h", "10 m", "10M", "ten", "1234567890s", "''"})
  void refusesWhatIsNoDuration(String age) {
    assertRefused(
        NUMBER,
        "  - cache: {maxSize: 16MB, maxAge: " + age + "} # <-\n",
        "`" + age.replace("'", "") + "` is not a duration",
        "write a whole number from 1 and one of d, h, m, s, ms, for example `10m`");
  }

  @ParameterizedTest
  @ValueSource(strings = {"16", "0MB", "16mb", "16MiB", "1TB", "1e6B"})
  void refusesWhatIsNoSize(String size) {
    assertRefused(
        NUMBER,
        "  - cache: {maxAge: 10m, maxSize: " + size + "} # <-\n",
        "`" + size + "` is not a size",
        "write a whole number from 1 and one of GB, MB, KB, B, for example `16MB`");
  }

  @Test
  void refusesAnUnknownKeyOfACache() {
    assertRefused(
        NUMBER,
        """
          - cache:
              maxAge: 10m
              maxSize: 16MB
              maxsize: 16MB # <-
        """,
        "the key `maxsize` is unknown here",
        "did you mean `maxSize`?");
  }

  @Test
  void refusesAFallbackWithoutVersion() {
    assertRefused(
        NUMBER,
        "  - fallback: {} # <-\n",
        "the key `version` is missing",
        "name another version of this model");
  }

  @ParameterizedTest
  @ValueSource(strings = {"latest", "1.2.3.4", "../2", "-1"})
  void refusesWhatIsNoVersion(String version) {
    assertRefused(
        NUMBER,
        "  - fallback: {version: '" + version + "'} # <-\n",
        "`" + version + "` is no version",
        "write it like the version's folder, for example `2.1`");
  }

  @Test
  void refusesAFallbackToItself() {
    String ways = "  - fallback: {version: '2'} # <-\n";
    Runnable loading =
        () ->
            Contracts.of("features:\n  - {name: x, type: number}\ndegradation:\n" + ways)
                .checkAsOf("2");
    Contracts.assertRefused(
        loading,
        "features:\n  - {name: x, type: number}\ndegradation:\n" + ways,
        "version `2` falls back to itself",
        "name another version of this model");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{probabilities: {benign: 1, malignant: 0}} | the key `label` is missing | add one of [benign, malignant]",
        "{label: bening, probabilities: {benign: 1, malignant: 0}} | there is no label `bening` | did you mean `benign`?",
        "{label: benign} | the key `probabilities` is missing | state one for each of [benign, malignant]",
        "{label: benign, probabilities: {benign: 1}} | the label `malignant` has no probability | state one, for example 0",
        "{label: benign, probabilities: {benign: 1, malignant: 0, x: 0}} | there is no label `x` | use one of [benign, malignant]",
        "{label: benign, probabilities: {benign: 1, benign: 1, malignant: 0}} | the key `benign` stands twice | keep one of them",
        "{label: benign, probabilities: {benign: 1.5, malignant: 0}} | `1.5` is no probability | write a number from 0 to 1",
        "{label: benign, probabilities: {benign: 1, malignant: -0.1}} | `-0.1` is no probability | write a number from 0 to 1",
        "{label: benign, probabilities: {benign: .nan, malignant: 0}} | `.nan` is not a finite number | write a finite number",
        "{label: benign, probabilities: {benign: 0.5, malignant: 0.25}} | the probabilities add up to 0.75 | make them add up to 1",
        "{label: benign, probabilities: [0.5, 0.5]} | expected a mapping with keys | write it as `key: value` lines",
        "{label: benign, probabilities: {benign: 0.4, malignant: 0.6}} | `benign` isn't the most probable class"
            + " | state the most probable one, which is the label of this model's answers",
        "{value: 1, label: benign, probabilities: {benign: 1, malignant: 0}} | the key `value` is unknown here"
            + " | use one of [label, probabilities]"
      })
  void refusesADefaultThatDoesNotFitTheClasses(String stated, String cause, String mend) {
    assertDefaultRefused(stated, cause, mend);
  }

  @ParameterizedTest
  @CsvSource({
    "{}, the key `value` is missing, add `value: <number>`",
    "{value: .inf}, `.inf` is not a finite number, write a finite number",
    "{value: many}, `many` is not a finite number, write a finite number"
  })
  void refusesADefaultThatIsNoNumber(String stated, String cause, String mend) {
    assertRefused(NUMBER, "  - default: " + stated + " # <-\n", cause, mend);
  }

  @Test
  void refusesADefaultOfRawOutputs() {
    assertRefused(
        "outputs: {task: raw}\n",
        "  - default: {value: 1} # <-\n",
        "raw outputs have no form in which a default could be stated",
        "leave `default` out, or declare the outputs as a classification or regression");
  }

  @Test
  void saysNothingOfADefaultWhoseOutputsAreBroken() {
    Contracts.assertDocumentRefused(
        document("outputs: {task: regression} # <-\n", "  - default: {value: 1}\n"),
        "the key `value` is missing",
        "name the graph's output with the value");
  }
}
