package io.evenkeel.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.control.ControlStateException;
import io.evenkeel.control.ControlStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StateOpeningTest {
  @TempDir Path folder;

  private StateOpening opening(Path file) {
    return new StateOpening(
        new StateProperties("jdbc:h2:file:" + file, "evenkeel", "", 10),
        InstantSource.system(),
        PredictionKeys.none());
  }

  private static CompletableFuture<ControlStore> opened(StateOpening opening) {
    return opening.opened().toCompletableFuture();
  }

  private static void awaitAnObstacle(StateOpening opening) {
    while (opening.obstacle() == null) {
      Thread.onSpinWait();
    }
  }

  @Test
  void opensTheStoreAndClosesIt() throws Exception {
    ControlStore store;
    try (StateOpening opening = opening(folder.resolve("evenkeel"))) {
      store = opened(opening).get(30, TimeUnit.SECONDS);
      assertThat(store.latest()).isNull();
      assertThat(opening.obstacle()).isNull();
    }

    assertThatThrownBy(store::latest).isInstanceOf(ControlStateException.class);
  }

  @Test
  void triesAgainUntilTheObstacleIsGone() throws Exception {
    Path occupied = Files.createFile(folder.resolve("state"));
    try (StateOpening opening = opening(occupied.resolve("evenkeel"))) {
      awaitAnObstacle(opening);
      assertThat(opening.obstacle()).contains("Check that the folder is there");
      assertThat(opened(opening)).isNotDone();

      Files.delete(occupied);

      assertThat(opened(opening).get(30, TimeUnit.SECONDS).latest()).isNull();
      assertThat(opening.obstacle()).isNull();
    }
  }

  @Test
  void givesUpWhenItIsClosed() throws Exception {
    Path occupied = Files.createFile(folder.resolve("state"));
    StateOpening opening = opening(occupied.resolve("evenkeel"));
    awaitAnObstacle(opening);

    opening.close();

    assertThatThrownBy(() -> opened(opening).get(1, TimeUnit.SECONDS))
        .hasCauseInstanceOf(CancellationException.class);
  }
}
