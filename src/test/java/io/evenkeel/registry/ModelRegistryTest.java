package io.evenkeel.registry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.evenkeel.admission.Claim;
import io.evenkeel.admission.Deadline;
import io.evenkeel.admission.Endpoint;
import io.evenkeel.admission.Permit;
import io.evenkeel.admission.Priority;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.inference.Lease;
import io.evenkeel.preprocess.TensorRows;
import io.evenkeel.registry.ModelVersion.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRegistryTest {
  @TempDir private Path root;
  private ScratchModels models;

  @BeforeEach
  void useTheFolder() {
    models = new ScratchModels(root);
  }

  @Test
  void findsWhatLooksLikeAVersionAndNothingElse() throws IOException {
    for (String folder : new String[] {"a/1", "a/2.1.3", "a/latest", "a/1.2.3.4", "B/1", "a_b/1"}) {
      Files.createDirectories(root.resolve(folder));
    }
    Files.writeString(root.resolve("a/3"), "a file");
    try (ModelRegistry registry = models.found()) {
      assertThat(registry.all()).map(Object::toString).containsExactly("a 1", "a 2.1.3");
      assertThat(registry.models()).containsExactly("a");
      assertThat(registry.findVersions("b")).isNull();
      assertThat(registry.find("a", "3")).isNull();
    }
  }

  @Test
  void ordersVersionsByTheirNumbers() throws IOException {
    for (String version : new String[] {"10", "9", "2.10", "2.9", "2", "1.0.1", "1"}) {
      Files.createDirectories(root.resolve("a").resolve(version));
    }
    try (ModelRegistry registry = models.found()) {
      assertThat(requireNonNull(registry.findVersions("a")))
          .map(ModelVersion::version)
          .containsExactly("1", "1.0.1", "2", "2.9", "2.10", "9", "10");
    }
  }

  @Test
  void loadsTheOthersWhereOneFails() {
    models.makeDoubling("good/1");
    models.makeDoubling("bad/1").write("contract.yaml", "features: []");
    models.makeDoubling("good/2");
    try (ModelRegistry registry = models.loaded()) {
      assertThat(registry.all())
          .map(ModelVersion::state)
          .containsExactlyInAnyOrder(State.READY, State.FAILED, State.READY);
    }
  }

  @Test
  void saysWhenItIsLoaded() throws InterruptedException {
    models.makeDoubling("good/1");
    try (ModelRegistry registry = models.found()) {
      assertThat(registry.isLoaded()).isFalse();
      assertThat(registry.awaitLoaded(Duration.ZERO)).isFalse();
      registry.load(() -> assertThat(registry.isLoaded()).isFalse());
      assertThat(registry.awaitLoaded(Duration.ZERO)).isTrue();
    }
  }

  @Test
  void keepsAVersionUsableForThoseWhoLeasedItWhileItIsRetired() {
    models.makeDoubling("good/1");
    ModelRegistry registry = models.loaded();
    ModelVersion version = requireNonNull(registry.find("good", "1"));
    Servable servable = requireNonNull(version.servable());
    TensorRows row = servable.preprocessor().newBlock(1);
    try (Lease lease = requireNonNull(servable.tryLease())) {
      registry.close();
      assertThat(lease).isNotNull();
      assertThat(version.state()).isEqualTo(State.DRAINING);
      assertThat(version.servable()).isNull();
      assertThat(servable.tryLease()).isNull();
      Claim claim =
          new Claim(
              Endpoint.SINGLE,
              Priority.NORMAL,
              1,
              Deadline.after(Duration.ofMinutes(1), System.nanoTime()));
      Permit permit = (Permit) servable.lane().tryEnter(claim);
      assertThat(servable.run(permit, row, null).results())
          .singleElement()
          .isInstanceOf(RowResult.Answered.class);
    }
    assertThat(version.state()).isEqualTo(State.RETIRED);
  }

  @Test
  void refusesAFolderThatIsNotThere() {
    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(() -> new ScratchModels(root.resolve("nowhere")).found())
        .withMessageContaining("evenkeel.models.path");
  }

  @Test
  void isReadyWithoutACardOrAReference() {
    models.makeDoubling("good/1");
    try (ModelRegistry registry = models.loaded()) {
      ModelVersion version = requireNonNull(registry.find("good", "1"));
      assertThat(version.state()).isEqualTo(State.READY);
      assertThat(version.card().content()).isEmpty();
      assertThat(version.card().missing()).contains("owner", "licence");
      assertThat(version.loadTime()).isPositive();
    }
  }
}
