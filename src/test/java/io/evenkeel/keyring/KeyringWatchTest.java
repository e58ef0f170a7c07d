package io.evenkeel.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.Await;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class KeyringWatchTest {
  private static final String FIRST = "k1:" + "ab".repeat(32);
  private static final String SECOND = "k2:" + "cd".repeat(32);

  @Test
  void takesNewKeysAndSaysWhileTheyCannotBeUsed() {
    AtomicReference<String> text = new AtomicReference<>(FIRST);
    Keyring ring = new Keyring(() -> KeyText.parse("test", text.get()));
    try (KeyringWatch watch = new KeyringWatch(ring, Duration.ofMillis(1))) {
      assertThat(watch.isUsable()).isTrue();

      text.set("no key");
      Await.until(() -> !watch.isUsable());
      assertThat(ring.ids()).containsExactly("k1");

      text.set(FIRST);
      Await.until(watch::isUsable);

      text.set("k1:" + "ef".repeat(32));
      Await.until(() -> !watch.isUsable());
      assertThat(ring.ids()).containsExactly("k1");

      text.set(FIRST + "," + SECOND);
      Await.until(watch::isUsable);
      assertThat(ring.ids()).containsExactly("k1", "k2");
    }
  }

  @Test
  void aSourceWithADefectDoesNotEndTheWatch() {
    AtomicReference<Boolean> broken = new AtomicReference<>(false);
    KeySource source =
        () -> {
          if (broken.get()) {
            throw new IllegalStateException("a defect");
          }
          return KeyText.parse("test", FIRST);
        };
    try (KeyringWatch watch = new KeyringWatch(new Keyring(source), Duration.ofMillis(1))) {
      broken.set(true);
      Await.until(() -> !watch.isUsable());

      broken.set(false);
      Await.until(watch::isUsable);
    }
  }
}
