package io.evenkeel.registry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.evenkeel.admission.Claim;
import io.evenkeel.admission.Deadline;
import io.evenkeel.admission.Endpoint;
import io.evenkeel.admission.Permit;
import io.evenkeel.admission.Priority;
import io.evenkeel.contract.Mistake;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.inference.Lease;
import io.evenkeel.inference.Prediction;
import io.evenkeel.preprocess.TensorRows;
import io.evenkeel.registry.ModelVersion.State;
import io.evenkeel.registry.artifact.ArtifactPolicy;
import io.evenkeel.registry.artifact.Artifacts;
import io.evenkeel.registry.artifact.SignatureCheck;
import io.evenkeel.registry.artifact.SigningKey;
import io.evenkeel.registry.artifact.graph.Proto;
import io.evenkeel.registry.artifact.graph.TestModels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is loaded is what was sealed, and nothing else; in a registry and with ONNX Runtime. */
class TrustedFilesTest {
  private static final Artifacts UNSIGNED =
      new Artifacts(ArtifactPolicy.byDefault(), SignatureCheck.off());

  @TempDir private Path root;

  private ScratchModels models() {
    return new ScratchModels(root.resolve("models"));
  }

  private static double answer(ModelRegistry registry, String model) {
    ModelVersion version = requireNonNull(registry.find(model, "1"));
    assertThat(version.mistakes()).isEmpty();
    Servable servable = requireNonNull(version.servable());
    TensorRows row = servable.preprocessor().newBlock(1);
    row.floats(0)[0] = 10;
    Deadline deadline = Deadline.after(Duration.ofMinutes(1), System.nanoTime());
    Claim claim = new Claim(Endpoint.SINGLE, Priority.NORMAL, 1, deadline);
    try (Lease lease = requireNonNull(servable.tryLease());
        Permit permit = (Permit) servable.lane().tryEnter(claim)) {
      assertThat(lease).isNotNull();
      RowResult result = servable.run(permit, row, null).results().getFirst();
      return ((Prediction.Regression) ((RowResult.Answered) result).prediction()).value();
    }
  }

  @Test
  void answersTheSameWhenTheWeightsAreOverwrittenAndCutOff() throws IOException {
    ScratchVersion version = ExternalWeights.make(models(), "m/1", "w.bin");
    try (ModelRegistry registry = models().loaded()) {
      assertThat(answer(registry, "m")).isEqualTo(14);
      Path weights = version.folder().resolve("w.bin");
      try (FileChannel file = FileChannel.open(weights, StandardOpenOption.WRITE)) {
        file.write(ByteBuffer.allocate(1 << 20));
      }
      assertThat(answer(registry, "m")).isEqualTo(14);
      try (FileChannel file = FileChannel.open(weights, StandardOpenOption.WRITE)) {
        file.truncate(0);
      }
      assertThat(answer(registry, "m")).isEqualTo(14);
      Files.delete(weights);
      assertThat(answer(registry, "m")).isEqualTo(14);
    }
  }

  @Test
  void loadsWeightsFromASubFolder() {
    ExternalWeights.make(models(), "m/1", "weights/part.bin");
    try (ModelRegistry registry = models().loaded()) {
      assertThat(answer(registry, "m")).isEqualTo(14);
    }
  }

  @Test
  void loadsAVersionThatIsMountedByLinks() throws IOException {
    ScratchVersion version = ExternalWeights.make(models(), "m/1", "weights/part.bin");
    Path real = Files.createDirectory(root.resolve("volume"));
    Path moment = real.resolve("..2026_01");
    Files.move(version.folder(), moment);
    Files.createSymbolicLink(real.resolve("..data"), Path.of("..2026_01"));
    try (Stream<Path> files = Files.list(moment)) {
      for (Path file : files.toList()) {
        String name = ModelFolder.name(file);
        Files.createSymbolicLink(real.resolve(name), Path.of("..data", name));
      }
    }
    Files.createSymbolicLink(version.folder(), real);
    try (ModelRegistry registry = models().loaded()) {
      assertThat(answer(registry, "m")).isEqualTo(14);
    }
  }

  @Test
  void leavesNoCopyBehind() throws IOException {
    ExternalWeights.make(models(), "m/1", "w.bin");
    try (ModelRegistry registry = models().loaded()) {
      assertThat(answer(registry, "m")).isEqualTo(14);
      try (Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
        assertThat(left)
            .filteredOn(file -> ModelFolder.name(file).startsWith("evenkeel-version-"))
            .noneMatch(file -> Files.exists(file.resolve("files/w.bin")));
      }
    }
  }

  private static Proto identity(Proto... dims) {
    Proto node = new Proto().put(1, "x").put(2, "value").put(4, "Identity");
    return TestModels.model(
        new Proto()
            .put(1, node)
            .put(2, "g")
            .put(11, TestModels.value("x", dims))
            .put(12, TestModels.value("value", dims)));
  }

  static Stream<Arguments> refusals() {
    Proto missing = TestModels.tensor("w", TestModels.FLOAT, 1, 8);
    Proto huge =
        TestModels.external(
            TestModels.tensor("w", TestModels.FLOAT, 1 << 20, 1 << 20), "location", "w.bin");
    Proto custom = TestModels.model(new Proto().put(1, TestModels.node("custom", "Run")));
    Proto open = new Proto().put(2, "n");
    return Stream.of(
        Arguments.of(
            "an input without bounds",
            identity(open, new Proto().put(1, 1L << 40)),
            "takes more than 268435456 bytes"),
        Arguments.of(
            "a batch without bounds",
            identity(new Proto().put(1, 1L << 31), new Proto().put(1, 1)),
            "takes more than 268435456 bytes"),
        Arguments.of("a tensor without data", TestModels.adding(missing), "isn't what it needs"),
        Arguments.of("a huge tensor", TestModels.adding(huge), "declares more than"),
        Arguments.of("a foreign operator", custom, "`Run` of the domain `custom`"),
        Arguments.of(
            "a traversal",
            TestModels.adding(
                TestModels.external(
                    TestModels.tensor("w", TestModels.FLOAT, 1, ExternalWeights.COUNT),
                    "location",
                    "../../good/1/w.bin")),
            "leads out"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void refusesAGraphAndServesTheOthers(String name, Proto graph, String cause) {
    ExternalWeights.make(models(), "good/1", "w.bin");
    ExternalWeights.make(models(), "bad/1", "w.bin", graph);
    try (ModelRegistry registry = models().loaded()) {
      assertThat(answer(registry, "good")).isEqualTo(14);
      ModelVersion bad = requireNonNull(registry.find("bad", "1"));
      assertThat(bad.state()).isEqualTo(State.FAILED);
      assertThat(bad.mistakes())
          .singleElement()
          .satisfies(mistake -> {
            assertThat(mistake.file()).isEqualTo("model.onnx");
            assertThat(mistake.cause()).contains(cause);
          });
    }
  }

  @Test
  void refusesWeightsBehindALinkUnlessItIsAllowed() throws IOException {
    ScratchVersion version = ExternalWeights.make(models(), "m/1", "w.bin");
    Path weights = version.folder().resolve("w.bin");
    Path elsewhere = Files.move(weights, root.resolve("w.bin"));
    Files.createSymbolicLink(weights, elsewhere);
    try (ModelRegistry registry = models().loaded()) {
      assertThat(requireNonNull(registry.find("m", "1")).mistakes())
          .extracting(Mistake::file, Mistake::cause)
          .containsExactly(tuple("w.bin", "this is a link that leads out of the version's folder"));
    }
    ArtifactPolicy withLinks = new ArtifactPolicy(1L << 30, true, Set.of());
    try (ModelRegistry registry = models().loaded(new Artifacts(withLinks, SignatureCheck.off()))) {
      assertThat(answer(registry, "m")).isEqualTo(14);
    }
  }

  @Test
  void refusesWhatIsLargerThanAllowed() {
    ExternalWeights.make(models(), "m/1", "w.bin");
    ArtifactPolicy small = new ArtifactPolicy(1 << 20, false, Set.of());
    try (ModelRegistry registry = models().loaded(new Artifacts(small, SignatureCheck.off()))) {
      assertThat(requireNonNull(registry.find("m", "1")).mistakes())
          .singleElement()
          .satisfies(mistake -> {
            assertThat(mistake.cause()).contains("at most 1048576");
            assertThat(mistake.mend()).contains("evenkeel.models.max-bytes");
          });
    }
  }

  /** Each byte of the small files, and many of the graph and its weights. */
  @ParameterizedTest
  @ValueSource(ints = {1, 0x20})
  void refusesATamperedByteInAnyFile(int flip) throws IOException {
    ScratchVersion version = models().copy("diabetes/1", "m/1");
    Files.createDirectory(version.folder().resolve("weights"));
    version.write("weights/part.bin", TestModels.floats(100, 4)).seal();
    Path folder = version.folder();
    assertThatCode(() -> UNSIGNED.take(folder, "m 1", "model.onnx").close())
        .doesNotThrowAnyException();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] sound = Files.readAllBytes(file);
        int step = ModelFolder.name(file).equals("manifest.json") ? 1 : 1 + sound.length / 24;
        for (int place = 0; place < sound.length; place += step) {
          tamper(folder, file, sound, place, flip);
        }
        tamper(folder, file, sound, sound.length - 1, flip);
        Files.write(file, sound);
      }
    }
    assertThatCode(() -> UNSIGNED.take(folder, "m 1", "model.onnx").close())
        .doesNotThrowAnyException();
  }

  private static void tamper(Path folder, Path file, byte[] sound, int place, int flip)
      throws IOException {
    byte[] tampered = sound.clone();
    tampered[place] ^= (byte) flip;
    Files.write(file, tampered);
    assertThatExceptionOfType(UnusableModelException.class)
        .as("%s, byte %d", folder.relativize(file), place)
        .isThrownBy(() -> UNSIGNED.take(folder, "m 1", "model.onnx").close())
        .satisfies(e -> assertThat(e.mistakes()).isNotEmpty());
  }

  @Test
  void refusesAFileThatIsCutOffOrLonger() throws IOException {
    ScratchVersion version = models().copy("diabetes/1", "m/1");
    for (String file : List.of("model.onnx", "contract.yaml", "golden.jsonl", "card.yaml")) {
      byte[] sound = version.read(file);
      for (byte[] other :
          List.of(
              new byte[0],
              Arrays.copyOf(sound, sound.length - 1),
              Arrays.copyOf(sound, sound.length + 1))) {
        version.write(file, other);
        assertThatExceptionOfType(UnusableModelException.class)
            .isThrownBy(() -> UNSIGNED.take(version.folder(), "m 1", "model.onnx").close())
            .withMessageContaining(file + ": the file's SHA-256");
      }
      version.write(file, sound);
    }
  }

  @Test
  void refusesADigestThatIsListedTwice() {
    ScratchVersion version = models().copy("diabetes/1", "m/1");
    version.replace("manifest.json", "\"card.yaml\"", "\"card.yaml\": \"0\", \"card.yaml\"");

    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(() -> UNSIGNED.take(version.folder(), "m 1", "model.onnx"))
        .withMessageContaining("manifest.json:");
  }

  @Test
  void servesWhatIsSignedWhereThatIsRequired() throws IOException {
    Path trusted = Files.createDirectory(root.resolve("trusted"));
    Path publicKey = SigningKey.make(root.resolve("ours.pem"));
    Files.move(publicKey, trusted.resolve("ours.pub.pem"));
    Path signed = ExternalWeights.make(models(), "signed/1", "w.bin").folder();
    models().makeDoubling("unsigned/1");
    SigningKey.read(root.resolve("ours.pem")).sign(signed, ArtifactPolicy.byDefault());
    Artifacts artifacts =
        new Artifacts(
            ArtifactPolicy.byDefault(), new SignatureCheck(SignatureCheck.Mode.REQUIRE, trusted));
    try (ModelRegistry registry = models().loaded(artifacts)) {
      assertThat(answer(registry, "signed")).isEqualTo(14);
      assertThat(requireNonNull(registry.find("unsigned", "1")).mistakes())
          .extracting(Mistake::file)
          .containsExactly("manifest.sig");
    }
  }
}
