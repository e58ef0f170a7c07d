package io.evenkeel.registry.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.evenkeel.contract.UnusableModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateCopyTest {
  @TempDir private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    Files.writeString(folder.resolve("model.onnx"), "a graph");
    Files.createDirectory(folder.resolve("weights"));
    Files.writeString(folder.resolve("weights/part.bin"), "weights");
    Manifest.write(folder, files());
  }

  private VersionFiles files() {
    return VersionFiles.list(folder, ArtifactPolicy.byDefault());
  }

  private PrivateCopy copy() {
    return PrivateCopy.of(files(), Manifest.read(files()));
  }

  @Test
  void holdsWhatTheManifestListsUntilItIsClosed() throws IOException {
    Path path;
    try (PrivateCopy copy = copy()) {
      path = copy.path();
      Files.writeString(folder.resolve("weights/part.bin"), "");
      assertThat(path.resolve("weights/part.bin")).hasContent("weights");
      assertThat(path.resolve("model.onnx")).hasContent("a graph");
      assertThat(path.resolve(Manifest.NAME)).doesNotExist();
      assertThat(Files.getPosixFilePermissions(path.getParent()))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
    assertThat(path.getParent()).doesNotExist();
  }

  @Test
  void isNotThereIfAFileIsNotWhatItShouldBe() throws IOException {
    Files.writeString(folder.resolve("weights/part.bin"), "weightS");
    long before = leftovers();

    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(this::copy)
        .withMessageContaining("weights/part.bin: the file's SHA-256");
    assertThat(leftovers()).isEqualTo(before);
  }

  @Test
  void refusesAFileThatHasGrownSinceItWasListed() throws IOException {
    VersionFiles before = files();
    Manifest manifest = Manifest.read(before);
    Files.writeString(folder.resolve("weights/part.bin"), "weights and more");

    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(() -> PrivateCopy.of(before, manifest))
        .withMessageContaining("SHA-256");
  }

  @Test
  void deletesWhatAKilledProcessLeftAndNothingElse() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    Path left = Files.createTempDirectory(temporary, "evenkeel-version-");
    Files.createFile(left.resolve("lock"));
    Files.createDirectories(left.resolve("files/weights"));
    Files.writeString(left.resolve("files/weights/part.bin"), "weights");
    Files.createSymbolicLink(left.resolve("files/link"), folder);
    Path other = Files.createTempDirectory(temporary, "evenkeel-version-");
    try (PrivateCopy used = copy()) {
      TemporaryFolder.deleteLeftovers();

      assertThat(left).doesNotExist();
      assertThat(folder.resolve("model.onnx")).exists();
      assertThat(used.path().resolve("model.onnx")).exists();
      assertThat(other).exists();
    } finally {
      Files.delete(other);
    }
  }

  private static long leftovers() throws IOException {
    try (var found =
        Files.newDirectoryStream(
            Path.of(System.getProperty("java.io.tmpdir")), "evenkeel-version-*")) {
      long count = 0;
      for (Path ignored : found) {
        count++;
      }
      return count;
    }
  }
}
