package io.evenkeel.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.rollout.Thinning.Standing;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ThinningTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:30Z");

  @Test
  void countsAKeyOnceInEachStep() {
    Thinning once = new OncePerStep(1 << 12);
    assertThat(once.note(1, NOW)).isEqualTo(Standing.NEW);
    assertThat(once.note(1, NOW)).isEqualTo(Standing.REPEATED);
    once.beginStep();
    assertThat(once.note(1, NOW)).isEqualTo(Standing.SEEN_BEFORE);
    assertThat(once.note(2, NOW)).isEqualTo(Standing.NEW);
    once.beginStep();
    assertThat(once.note(1, NOW)).isEqualTo(Standing.SEEN_BEFORE);
  }

  @Test
  void goesOnCountingWhenItsSetsAreFull() {
    Thinning once = new OncePerStep(1 << 10);
    int counted = 0;
    for (long key = 0; key < 5000; key++) {
      if (once.note(key, NOW) == Standing.NEW) {
        counted++;
        assertThat(once.note(key, NOW)).isEqualTo(Standing.REPEATED);
      }
    }
    assertThat(counted).isGreaterThan(4000);
    once.beginStep();
    assertThat(once.note(1_000_000, NOW))
        .as("who was forgotten can't be told from a new one")
        .isEqualTo(Standing.SEEN_BEFORE);
  }

  @Test
  void countsSomeInAMinute() {
    Thinning some = new SomePerMinute(2);
    assertThat(some.note(1, NOW)).isEqualTo(Standing.NEW);
    assertThat(some.note(1, NOW.plusSeconds(29))).isEqualTo(Standing.NEW);
    assertThat(some.note(1, NOW.plusSeconds(29))).isEqualTo(Standing.REPEATED);
    assertThat(some.note(2, NOW.plusSeconds(29))).isEqualTo(Standing.NEW);
    assertThat(some.note(1, NOW.plusSeconds(31))).isEqualTo(Standing.NEW);
  }

  @Test
  void remembersKeysThroughJson() {
    Thinning once = new OncePerStep(1 << 12);
    once.note(1, NOW);
    once.beginStep();
    once.note(2, NOW);
    Thinning restored = new OncePerStep(1 << 12);
    restored.load(
        JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsString(once.save())));
    assertThat(restored.note(1, NOW)).isEqualTo(Standing.SEEN_BEFORE);
    assertThat(restored.note(2, NOW)).isEqualTo(Standing.REPEATED);
    assertThat(restored.note(3, NOW)).isEqualTo(Standing.NEW);
  }

  @Test
  void refusesSavedKeysOfAnotherSize() {
    String saved = new KeySet(1 << 10).save();
    assertThatThrownBy(() -> new KeySet(1 << 12).load(saved))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("size");
  }
}
