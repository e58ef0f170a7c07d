package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Contracts for tests, as text. */
public final class Contracts {
  private static final String HEAD = "schemaVersion: 1.0.0\noutputs: {task: raw}\n";

  /** Marks the line a mistake is expected at. */
  private static final String MARK = "# <-";

  private Contracts() {}

  /** A contract with the sections {@code features}, {@code rules} and {@code inputs} given. */
  public static ContractFile of(String sections) {
    return ContractFile.read((HEAD + sections).getBytes(StandardCharsets.UTF_8));
  }

  /** A whole contract. */
  public static ContractFile ofDocument(String document) {
    return ContractFile.read(document.getBytes(StandardCharsets.UTF_8));
  }

  /** A bundled model's contract, such as {@code digits/1}. */
  public static ContractFile ofModel(String version) {
    try {
      return ContractFile.read(Files.readAllBytes(Path.of("models", version, ContractFile.NAME)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything that is wrong with a whole contract. */
  static List<Mistake> mistakes(String document) {
    byte[] content = document.getBytes(StandardCharsets.UTF_8);
    return mistakes(() -> ContractFile.read(content));
  }

  /** The mistakes that end an attempt to load something. */
  public static List<Mistake> mistakes(Runnable loading) {
    UnusableModelException refused =
        catchThrowableOfType(UnusableModelException.class, loading::run);
    assertThat(refused).as("nothing was found wrong").isNotNull();
    return refused.mistakes();
  }

  /** Expects one mistake, at the marked line of a contract that is whole but for its outputs. */
  static void assertRefused(String sections, String cause, String mend) {
    assertDocumentRefused(HEAD + sections, cause, mend);
  }

  /** Expects one mistake, at the marked line of a whole contract. */
  static void assertDocumentRefused(String document, String cause, String mend) {
    assertThat(mistakes(document))
        .containsExactly(new Mistake(ContractFile.NAME, markedLine(document), cause, mend));
  }

  /** Expects one mistake where a contract's sections meet something else, at the marked line. */
  public static void assertRefused(Runnable loading, String sections, String cause, String mend) {
    assertThat(mistakes(loading))
        .containsExactly(new Mistake(ContractFile.NAME, markedLine(HEAD + sections), cause, mend));
  }

  private static int markedLine(String document) {
    List<String> lines = document.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).endsWith(MARK)) {
        return i + 1;
      }
    }
    return 0;
  }
}
