package io.evenkeel.control.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.rollout.Rollout;
import io.evenkeel.rollout.RolloutPlan;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LiveRolloutTest {
  private static final Instant NOW = Instant.parse("2026-03-11T09:30:00Z");

  private final LiveRollout rollout =
      new LiveRollout(
          "r",
          "m",
          "1",
          "2",
          new Rollout(
              RolloutPlan.parse(
                  "plan", "{\"steps\": [\"5%\", \"50%\"], \"limits\": {\"failures\": {}}}"),
              NOW));

  @Test
  void knowsUnderWhichStepARequestCame() {
    rollout.beginStep(3);
    rollout.beginStep(9);

    assertThat(rollout.stepAt(2)).isEqualTo(-1);
    assertThat(rollout.stepAt(3)).isZero();
    assertThat(rollout.stepAt(8)).isZero();
    assertThat(rollout.stepAt(9)).isEqualTo(1);
    assertThat(rollout.firstRevision()).isEqualTo(9);
  }

  @Test
  void knowsItAfterARestart() {
    rollout.beginStep(3);
    rollout.beginStep(9);

    LiveRollout restored = LiveRollout.restore(rollout.toSave("somebody", NOW));

    assertThat(restored.stepAt(8)).isZero();
    assertThat(restored.stepAt(10)).isEqualTo(1);
  }
}
