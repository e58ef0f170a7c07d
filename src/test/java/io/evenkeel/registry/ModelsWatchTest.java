package io.evenkeel.registry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.inference.Lease;
import io.evenkeel.registry.ModelVersion.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.unit.DataSize;

class ModelsWatchTest {
  private static final RegistryProperties.Limits WIDE =
      new RegistryProperties.Limits(100, 100, DataSize.ofGigabytes(1));

  @TempDir private Path root;
  @TempDir private Path elsewhere;
  private ScratchModels models;
  private ModelRegistry registry;
  private ModelsWatch watch;
  private final Set<String> routed = new HashSet<>();
  private final List<String> told = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-26T00:00:00Z");

  @BeforeEach
  void begin() {
    models = new ScratchModels(root);
    models.makeDoubling("m/1");
    start(WIDE);
  }

  private void start(RegistryProperties.Limits limits) {
    registry = models.found();
    registry.listen(
        new VersionListener() {
          @Override
          public void added(ModelVersion version) {
            told.add("added " + version);
          }

          @Override
          public void proved(ModelVersion version, Servable servable) {
            told.add("proved " + version + " " + version.state());
          }

          @Override
          public void gone(ModelVersion version) {
            told.add("gone " + version);
          }
        });
    watch =
        new ModelsWatch(
            new RegistryProperties(root, Duration.ofMinutes(1), limits, CardPolicy.WARN),
            registry,
            version -> routed.contains(version.toString()),
            () -> now);
    watch.loadAll(() -> {});
  }

  @AfterEach
  void end() {
    registry.close();
  }

  private void lookTwice() {
    watch.look();
    watch.look();
  }

  private @Nullable ModelVersion find(String version) {
    return registry.find("m", version);
  }

  private ModelVersion version(String version) {
    return requireNonNull(find(version));
  }

  private Servable servable(String version) {
    return requireNonNull(version(version).servable());
  }

  @Test
  void loadsAVersionThatComes() {
    models.makeDoubling("m/2");
    models.makeDoubling("n/1");
    watch.look();
    assertThat(find("2")).as("it may still be being copied").isNull();
    watch.look();
    assertThat(version("2").state()).isEqualTo(State.READY);
    assertThat(registry.models()).containsExactly("m", "n");
    assertThat(told)
        .contains("added m 2", "proved m 2 WARMING")
        .doesNotContain("added m 1", "gone m 1");
  }

  @Test
  void waitsUntilAFolderIsCopied() throws IOException {
    ScratchVersion half = models.makeDoubling("m/2");
    byte[] graph = Files.readAllBytes(half.folder().resolve(ModelFolder.GRAPH));
    for (int length = 1; length < graph.length; length += graph.length / 3) {
      Files.write(half.folder().resolve(ModelFolder.GRAPH), Arrays.copyOf(graph, length));
      watch.look();
      assertThat(find("2")).isNull();
    }
    Files.write(half.folder().resolve(ModelFolder.GRAPH), graph);
    lookTwice();
    assertThat(version("2").state()).isEqualTo(State.READY);
  }

  @Test
  void aFolderThatHoldsSomethingElseTakesThePlaceOfWhatServed() {
    ModelVersion before = version("1");
    Servable served = servable("1");
    try (Lease lease = requireNonNull(served.tryLease())) {
      assertThat(lease).isNotNull();
      new ScratchVersion(root.resolve("m/1")).replace("contract.yaml", "1.0.0", "1.0.1").seal();
      lookTwice();
      assertThat(version("1")).isNotSameAs(before);
      assertThat(servable("1").contract().fingerprint())
          .isNotEqualTo(served.contract().fingerprint());
      assertThat(before.state()).isEqualTo(State.DRAINING);
      assertThat(served.tryLease()).isNull();
    }
    assertThat(before.state()).isEqualTo(State.RETIRED);
    assertThat(told).containsExactly("proved m 1 WARMING", "gone m 1");
    ModelVersion after = version("1");
    lookTwice();
    assertThat(version("1")).isSameAs(after);
  }

  @Test
  void whatCantServeChangesNothing() {
    ModelVersion before = version("1");
    ScratchVersion folder = new ScratchVersion(root.resolve("m/1"));
    folder.replace("golden.jsonl", "8", "9").seal();
    lookTwice();
    assertThat(version("1")).isSameAs(before);
    assertThat(before.state()).isEqualTo(State.READY);
    ModelVersion.Replacement failed = requireNonNull(before.replacement());
    assertThat(failed.state()).isEqualTo(State.FAILED);
    assertThat(failed.mistakes().getFirst().file()).isEqualTo("golden.jsonl");
    folder.replace("golden.jsonl", "9", "8").seal();
    lookTwice();
    assertThat(version("1").state()).isEqualTo(State.READY);
    assertThat(version("1").replacement()).as("mended").isNull();
  }

  @Test
  void aTamperedFileChangesNothing() {
    ModelVersion before = version("1");
    new ScratchVersion(root.resolve("m/1")).replace("contract.yaml", "1.0.0", "1.0.1");
    lookTwice();
    assertThat(version("1")).isSameAs(before);
    assertThat(before.servable()).isNotNull();
    assertThat(requireNonNull(before.replacement()).mistakes().getFirst().cause())
        .contains("SHA-256");
  }

  @Test
  void whatFailedIsTriedAgainOnceItsFolderIsAnother() {
    ScratchVersion broken = models.makeDoubling("m/2").replace("golden.jsonl", "8", "9").seal();
    lookTwice();
    ModelVersion failed = version("2");
    assertThat(failed.state()).isEqualTo(State.FAILED);
    lookTwice();
    assertThat(version("2")).as("nothing has changed").isSameAs(failed);
    broken.replace("golden.jsonl", "9", "8").seal();
    lookTwice();
    assertThat(version("2").state()).isEqualTo(State.READY);
  }

  @Test
  void anotherTimeOfAFileIsNoOtherContent() throws IOException {
    watch.look();
    watch.look();
    ModelVersion before = version("1");
    Files.setLastModifiedTime(
        root.resolve("m/1/contract.yaml"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    lookTwice();
    assertThat(version("1")).isSameAs(before);
    assertThat(told).isEmpty();
  }

  @Test
  void unloadsWhatIsGone() {
    models.makeDoubling("m/2");
    lookTwice();
    ModelVersion going = version("2");
    FileSystemUtils.deleteRecursively(root.resolve("m/2").toFile());
    watch.look();
    assertThat(find("2")).as("it may come back").isNotNull();
    watch.look();
    assertThat(find("2")).isNull();
    assertThat(going.state()).isEqualTo(State.RETIRED);
    FileSystemUtils.deleteRecursively(root.resolve("m").toFile());
    lookTwice();
    assertThat(registry.models()).isEmpty();
  }

  @Test
  void keepsWhatIsGoneButRouted() {
    routed.add("m 1");
    FileSystemUtils.deleteRecursively(root.resolve("m").toFile());
    lookTwice();
    watch.look();
    assertThat(version("1").state()).isEqualTo(State.READY);
    assertThat(requireNonNull(version("1").replacement()).mistakes().getFirst().cause())
        .contains("folder is gone");
    routed.clear();
    watch.look();
    assertThat(registry.models()).isEmpty();
  }

  /** As Kubernetes does it: a link to the present folder is replaced by another in one step. */
  @Test
  void followsALinkThatIsTurned() throws IOException {
    ScratchModels mounted = new ScratchModels(elsewhere);
    mounted.makeDoubling("first/m/1");
    mounted.makeDoubling("second/m/1").replace("contract.yaml", "1.0.0", "1.0.1").seal();
    FileSystemUtils.deleteRecursively(root.resolve("m").toFile());
    Files.createSymbolicLink(root.resolve("..data"), elsewhere.resolve("first"));
    Files.createSymbolicLink(root.resolve("m"), Path.of("..data", "m"));
    lookTwice();
    String before = servable("1").contract().fingerprint();
    Files.createSymbolicLink(root.resolve("..tmp"), elsewhere.resolve("second"));
    Files.move(root.resolve("..tmp"), root.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    lookTwice();
    assertThat(servable("1").contract().fingerprint()).isNotEqualTo(before);
  }

  @Test
  void unloadsAndLoadsOnDemand() {
    ModelVersion version = version("1");
    watch.unload("m", "1", "to see");
    assertThat(version.state()).isEqualTo(State.RETIRED);
    assertThat(version.reason()).isEqualTo("to see");
    lookTwice();
    assertThat(version("1").state()).as("it stays unloaded").isEqualTo(State.RETIRED);
    watch.load("m", "1");
    assertThat(version("1").state()).isEqualTo(State.READY);
    models.makeDoubling("m/2");
    assertThat(watch.load("m", "2").state())
        .as("without waiting for a look")
        .isEqualTo(State.READY);
    ModelVersion second = version("2");
    lookTwice();
    assertThat(version("2")).isSameAs(second);
  }

  @Test
  void saysWhyItCantBeUnloadedOrLoaded() {
    routed.add("m 1");
    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(() -> watch.unload("m", "1", "to see"))
        .withMessageContaining("a route leads to it");
    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(() -> watch.unload("m", "7", "to see"))
        .withMessageContaining("no such version");
    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(() -> watch.load("m", "../../7"))
        .withMessageContaining("no such folder");
  }

  @Test
  void makesRoomByWhatHasAnsweredNobodyForTheLongest() {
    registry.close();
    models.makeDoubling("m/2");
    models.makeDoubling("n/1");
    routed.add("m 1");
    start(new RegistryProperties.Limits(2, 3, DataSize.ofGigabytes(1)));
    now = now.plusSeconds(1);
    answer("n", "1");
    watch.look();
    now = now.plusSeconds(1);
    answer("m", "2");
    watch.look();
    models.makeDoubling("m/3");
    lookTwice();
    assertThat(requireNonNull(registry.find("n", "1")).state()).isEqualTo(State.RETIRED);
    assertThat(requireNonNull(registry.find("n", "1")).reason()).contains("made room for m 3");
    assertThat(version("3").state()).isEqualTo(State.READY);
    models.makeDoubling("o/1");
    models.makeDoubling("p/1");
    lookTwice();
    assertThat(version("1").state()).as("a route leads to it").isEqualTo(State.READY);
  }

  private void answer(String model, String version) {
    Servable servable = requireNonNull(requireNonNull(registry.find(model, version)).servable());
    TestRows.answerOne(servable);
  }

  @Test
  void refusesWhatFindsNoRoom() {
    registry.close();
    routed.add("m 1");
    start(new RegistryProperties.Limits(1, 1, DataSize.ofGigabytes(1)));
    models.makeDoubling("m/2");
    lookTwice();
    assertThat(version("2").state()).isEqualTo(State.FAILED);
    assertThat(version("2").mistakes().getFirst().cause()).contains("1 versions are loaded");
    assertThat(version("1").state()).isEqualTo(State.READY);
    registry.close();
    start(new RegistryProperties.Limits(10, 10, DataSize.ofBytes(100)));
    assertThat(version("1").mistakes().getFirst().mend()).contains("limits.max-bytes");
  }
}
