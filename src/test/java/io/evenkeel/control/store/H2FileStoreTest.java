package io.evenkeel.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.control.ControlStateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
