package io.evenkeel.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A look at folders that nobody should load. */
class FolderStampTest {
  @TempDir private Path folder;

  @Test
  void passesOverLinksThatLeadNowhereOrInACircle() throws IOException {
    Files.writeString(folder.resolve("model.onnx"), "a graph");
    Files.createSymbolicLink(folder.resolve("here"), Path.of("."));
    Files.createSymbolicLink(folder.resolve("gone"), Path.of("nothing"));

    assertThat(FolderStamp.of(folder).files())
        .extracting(FolderStamp.Entry::name)
        .containsExactly("model.onnx");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> FolderStamp.of(folder.resolve("nowhere")));
  }

  @Test
  void readsNoFileThatIsTooLarge() throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(folder.resolve("w.bin").toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }
    FolderStamp stamp = FolderStamp.of(folder);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(stamp::digest)
        .withMessageContaining("too large");
  }

  @Test
  void countsTheFilesOfALinkedFolder() throws IOException {
    Path version = Files.createDirectories(folder.resolve("real/weights"));
    Files.writeString(version.resolve("part.bin"), "weights");
    Path link = Files.createSymbolicLink(folder.resolve("1"), Path.of("real"));

    assertThat(ModelFolder.of(link).size()).isEqualTo(7);
    assertThat(ModelFolder.of(folder.resolve("nowhere")).size()).isZero();
  }
}
