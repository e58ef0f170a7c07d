package io.evenkeel.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.control.ControlStateException;
import io.evenkeel.keyring.KeyText;
import io.evenkeel.keyring.Keyring;
import io.evenkeel.monitoring.feedback.KeptPrediction;
import io.evenkeel.monitoring.feedback.KnownOutcome;
import io.evenkeel.monitoring.feedback.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2FileStoreTest extends LastingStoreContract {
  @TempDir Path folder;

  @Override
  StateProperties emptyDatabase() {
    return at(folder.resolve("state").resolve(UUID.randomUUID().toString()), "");
  }

  private static StateProperties at(Path file, String password) {
    return new StateProperties("jdbc:h2:file:" + file, "evenkeel", password, 1000);
  }

  private static JdbcControlStore open(StateProperties settings) {
    return JdbcControlStore.open(settings, () -> NOW, PredictionKeys.none());
  }

  @Test
  void makesItsFolderAndOneFileInIt() throws IOException {
    Path file = folder.resolve("deep/er/evenkeel");

    open(at(file, "")).close();

    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file.resolveSibling("evenkeel.mv.db"));
    }
  }

  @Test
  void saysThatAnotherProcessHasTheFileUntilThatIsGone() throws IOException {
    StateProperties shared = emptyDatabase();
    try (StoreProcess other = StoreProcess.holding(shared.url())) {
      assertThatThrownBy(() -> open(shared))
          .isInstanceOf(ControlStateException.class)
          .hasMessageContainingAll(
              shared.place(), "Another process has it open", "`evenkeel.state.url`");

      other.kill();

      open(shared).close();
    }
  }

  @Test
  void saysThatThePasswordIsWrong() {
    Path file = folder.resolve("secured");
    open(at(file, "Tr0ub4dor")).close();

    assertThatThrownBy(() -> open(at(file, "hunter2")))
        .isInstanceOf(ControlStateException.class)
        .hasMessageContaining("`evenkeel.state.password`")
        .message()
        .doesNotContain("Tr0ub4dor", "hunter2");
  }

  @Test
  void saysThatTheFolderIsNone() throws IOException {
    Path file = Files.createFile(folder.resolve("occupied"));

    assertThatThrownBy(() -> open(at(file.resolve("evenkeel"), "")))
        .isInstanceOf(ControlStateException.class)
        .hasMessageContaining("Check that the folder is there");
  }

  @Test
  void saysThatTheFileIsDamaged() throws IOException {
    Path file = folder.resolve("damaged");
    open(at(file, "")).close();
    byte[] noise = new byte[8192];
    Files.write(folder.resolve("damaged.mv.db"), noise);

    assertThatThrownBy(() -> open(at(file, "")))
        .isInstanceOf(ControlStateException.class)
        .hasMessageContaining("restore a backup");
  }

  @Test
  void theFileHoldsNothingOfWhatIsSealed() throws IOException {
    Keyring ring = new Keyring(() -> KeyText.parse("test", "k1:" + "11".repeat(32)));

    assertThat(fileWith(new PredictionKeys(null, rows -> {}))).contains("pensioner", "repaid");
    assertThat(fileWith(new PredictionKeys(ring, rows -> {})))
        .contains("loan")
        .doesNotContain("pensioner", "repaid");
  }

  private String fileWith(PredictionKeys keys) throws IOException {
    Path file = folder.resolve(UUID.randomUUID().toString());
    try (JdbcControlStore opened = JdbcControlStore.open(at(file, ""), () -> NOW, keys)) {
      KeptPrediction prediction = person(1, "pensioner", 0);
      opened.predictions().add(List.of(prediction));
      KnownOutcome outcome = new KnownOutcome(new Outcome.Label("repaid"), NOW);
      assertThat(opened.predictions().judge(Map.of(prediction.id(), outcome))).hasSize(1);
    }
    return Files.readString(Path.of(file + ".mv.db"), StandardCharsets.ISO_8859_1);
  }
}
