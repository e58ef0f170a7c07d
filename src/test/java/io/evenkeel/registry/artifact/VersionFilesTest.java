package io.evenkeel.registry.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.evenkeel.contract.Mistake;
import io.evenkeel.contract.UnusableModelException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files a folder has, and which it may not have. */
class VersionFilesTest {
  private static final ArtifactPolicy POLICY = ArtifactPolicy.byDefault();
  private static final ArtifactPolicy WITH_LINKS = new ArtifactPolicy(1 << 20, true, Set.of());

  @TempDir private Path root;
  private Path folder;
  private Path outside;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(root.resolve("1"));
    outside = Files.createDirectory(root.resolve("outside"));
    write(folder.resolve("model.onnx"), 10);
    write(outside.resolve("secret"), 10);
  }

  private static void write(Path file, int bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
  }

  private List<Mistake> refused(ArtifactPolicy policy) {
    try {
      VersionFiles.list(folder, policy);
    } catch (UnusableModelException e) {
      assertThat(e.getMessage()).doesNotContain(root.toString());
      return e.mistakes();
    }
    throw new AssertionError("the folder was taken");
  }

  @Test
  void listsSubFoldersButNotTheSealItself() throws IOException {
    write(folder.resolve("weights/deep/part.bin"), 7);
    write(folder.resolve("manifest.json"), 1);
    write(folder.resolve("manifest.sig"), 1);
    write(folder.resolve("weights/manifest.json"), 1);
    VersionFiles files = VersionFiles.list(folder, POLICY);

    assertThat(files.sealed())
        .containsExactly("model.onnx", "weights/deep/part.bin", "weights/manifest.json");
    assertThat(files.sizes()).containsEntry("weights/deep/part.bin", 7L);
    assertThat(files.bytes()).isEqualTo(20);
  }

  /**
   * As Kubernetes mounts a ConfigMap, and swaps it: the folder of a moment, a link, links to it.
   */
  @Test
  void takesAMountedVolume() throws IOException {
    write(folder.resolve("..2026_01/model.onnx"), 5);
    write(folder.resolve("..2026_01/weights/part.bin"), 6);
    Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_01"));
    Files.delete(folder.resolve("model.onnx"));
    Files.createSymbolicLink(folder.resolve("model.onnx"), Path.of("..data/model.onnx"));
    Files.createSymbolicLink(folder.resolve("weights"), Path.of("..data/weights"));

    assertThat(VersionFiles.list(folder, POLICY).sizes())
        .hasSize(2)
        .containsEntry("model.onnx", 5L)
        .containsEntry("weights/part.bin", 6L);
  }

  @Test
  void mayBeALinkItself() throws IOException {
    Path link = Files.createSymbolicLink(root.resolve("2"), folder);

    assertThat(VersionFiles.list(link, POLICY).sealed()).containsExactly("model.onnx");
  }

  @Test
  void refusesALinkToOutside() throws IOException {
    Files.createSymbolicLink(folder.resolve("w.bin"), outside.resolve("secret"));
    Files.createSymbolicLink(folder.resolve("x.bin"), Path.of("../outside/secret"));
    Files.createSymbolicLink(folder.resolve("all"), outside);

    assertThat(refused(POLICY))
        .extracting(Mistake::file, Mistake::cause)
        .containsExactly(tuple("all", OUT), tuple("w.bin", OUT), tuple("x.bin", OUT));
    assertThat(VersionFiles.list(folder, WITH_LINKS).sealed())
        .containsExactly("all/secret", "model.onnx", "w.bin", "x.bin");
  }

  private static final String OUT = "this is a link that leads out of the version's folder";

  @Test
  void refusesALinkToANeighbourWhoseNameBeginsTheSame() throws IOException {
    Path neighbour = Files.createDirectory(root.resolve("10"));
    write(neighbour.resolve("w.bin"), 1);
    Files.createSymbolicLink(folder.resolve("w.bin"), Path.of("../10/w.bin"));

    assertThat(refused(POLICY)).extracting(Mistake::cause).containsExactly(OUT);
  }

  @Test
  void refusesLinksThatLeadNowhereOrInACircle() throws IOException {
    Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
    Files.createSymbolicLink(folder.resolve("here"), Path.of("."));
    Files.createSymbolicLink(folder.resolve("gone"), Path.of("nothing"));

    assertThat(refused(POLICY))
        .extracting(Mistake::cause)
        .containsExactly(
            "this is a link that leads nowhere",
            "this is a link that leads nowhere",
            "this is a link that leads nowhere",
            "this is a link that leads in a circle");
    assertThat(refused(WITH_LINKS)).hasSize(4);
  }

  @Test
  void refusesWhatIsNoFile() throws IOException, InterruptedException {
    Process made = new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start();
    assertThat(made.waitFor()).isZero();

    assertThat(refused(POLICY))
        .extracting(Mistake::cause)
        .containsExactly("this is neither a file nor a folder");
  }

  @Test
  void refusesNamesThatAreReadInTwoWays() throws IOException {
    write(folder.resolve("weights\\part.bin"), 1);
    write(folder.resolve("a\nb"), 1);

    assertThat(refused(POLICY))
        .extracting(Mistake::file)
        .containsExactly("a?b", "weights\\part.bin");
  }

  @Test
  void refusesAFolderThatIsTooLargeBeforeItIsRead() throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(folder.resolve("w.bin").toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }

    assertThat(refused(POLICY))
        .extracting(Mistake::cause)
        .containsExactly(
            "the folder's files have 1099511627786 bytes; at most 4294967296 are taken");
  }

  @Test
  void refusesATextThatIsTooLongToBeReadAsAWhole() throws IOException {
    try (RandomAccessFile sparse =
        new RandomAccessFile(folder.resolve("golden.jsonl").toFile(), "rw")) {
      sparse.setLength(1L << 30);
    }

    assertThat(refused(POLICY)).extracting(Mistake::file).containsExactly("golden.jsonl");
  }

  @Test
  void refusesLibrariesUnlessTheyAreAllowedByName() throws IOException {
    for (String name :
        List.of("a.so", "b.so.1.2", "C.DLL", "d.dylib", "sub/e.so", "so", "f.sock")) {
      write(folder.resolve(name), 1);
    }

    assertThat(refused(POLICY))
        .extracting(Mistake::file)
        .containsExactly("C.DLL", "a.so", "b.so.1.2", "d.dylib", "sub/e.so");
    ArtifactPolicy policy =
        new ArtifactPolicy(1 << 20, false, Set.of("a.so", "b.so.1.2", "C.DLL", "d.dylib", "e.so"));
    assertThat(VersionFiles.list(folder, policy).libraries()).hasSize(5);
  }

  @Test
  void refusesDeepAndCrowdedFolders() throws IOException {
    write(folder.resolve("1/2/3/4/5/6/7/8/9/w.bin"), 1);
    assertThat(refused(POLICY))
        .extracting(Mistake::cause)
        .containsExactly("folders are nested deeper than 8");

    for (int i = 0; i <= 10_000; i++) {
      Files.createFile(folder.resolve("f" + i));
    }
    assertThat(refused(POLICY))
        .extracting(Mistake::cause)
        .contains("there are more than 10000 files");
  }

  @Test
  void refusesAFolderThatIsGone() {
    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(() -> VersionFiles.list(root.resolve("nowhere"), POLICY))
        .withMessageContaining("isn't there any more");
  }
}
