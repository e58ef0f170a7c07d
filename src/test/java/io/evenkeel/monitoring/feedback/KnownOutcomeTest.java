package io.evenkeel.monitoring.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.monitoring.feedback.KnownOutcome.Effect;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KnownOutcomeTest {
  private static final Instant EARLY = Instant.parse("2026-03-11T09:30:00Z");
  private static final Instant LATE = EARLY.plusSeconds(1);

  private static KnownOutcome known(String label, Instant at) {
    return new KnownOutcome(new Outcome.Label(label), at);
  }

  @Test
  void theLatestCountsInWhateverOrderTheyCome() {
    assertThat(known("a", EARLY).after(null)).isEqualTo(Effect.RECORDED);
    assertThat(known("b", LATE).after(known("a", EARLY))).isEqualTo(Effect.REPLACED);
    assertThat(known("b", EARLY).after(known("a", LATE))).isEqualTo(Effect.OUTDATED);
    assertThat(known("b", EARLY).after(known("a", EARLY))).isEqualTo(Effect.REPLACED);
  }

  @Test
  void theSameAgainChangesNothing() {
    assertThat(known("a", LATE).after(known("a", EARLY))).isEqualTo(Effect.UNCHANGED);
    assertThat(known("a", EARLY).after(known("a", LATE))).isEqualTo(Effect.UNCHANGED);
  }
}
