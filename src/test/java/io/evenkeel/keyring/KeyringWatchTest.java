package io.evenkeel.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
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
      await(() -> !watch.isUsable());
      assertThat(ring.ids()).containsExactly("k1");

      text.set("k1:" + "ef".repeat(32));
      await(() -> !watch.isUsable());
      assertThat(ring.ids()).containsExactly("k1");

      text.set(FIRST + "," + SECOND);
      await(watch::isUsable);
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
      await(() -> !watch.isUsable());

      broken.set(false);
      await(watch::isUsable);
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for long enough").isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
