package io.evenkeel.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** With a run of 4 ms for up to 8 rows, half as long again to be sure, and a budget of 50 ms. */
class AdmissionPolicyTest {
  private static final long MILLI = 1_000_000;
  private static final double ROW_NANOS = 0.5 * MILLI;

  private final LaneSettings settings =
      new LaneSettings(
          new LatencyBudget(Duration.ofMillis(50), Duration.ofSeconds(2)),
          1,
          new LaneSettings.Limits(100, 100, 100),
          true);
  private final ServiceTimes times = new ServiceTimes(new int[] {8}, new long[] {4 * MILLI}, 0);
  private final AdmissionPolicy policy =
      new AdmissionPolicy(settings, times, new RunSize(settings, times));

  @Test
  void letsInWhoCanRunAtOnce() {
    assertThat(refusal(Priority.NORMAL, 8.1, scene(0, 0))).isNull();
    assertThat(refusal(Priority.NORMAL, 7.9, scene(0, 0)))
        .as("6 ms for the run, 2 ms for the answer")
        .isEqualTo(Shed.Reason.DEADLINE_UNATTAINABLE);
  }

  @Test
  void countsOnThatRunsTakeLongerThanUsual() {
    // 12 ms until its turn and a fifth of it, 4 ms for its run, 2 ms for the answer, and the root
    // of these 4 runs' number times 2 ms.
    assertThat(refusal(Priority.CRITICAL, 24.5, scene(12, 0))).isNull();
    assertThat(refusal(Priority.CRITICAL, 24.3, scene(12, 0)))
        .isEqualTo(Shed.Reason.DEADLINE_UNATTAINABLE);
  }

  @Test
  void countsOnThoseWhoWillOvertake() {
    double half = 0.5 / ROW_NANOS;
    assertThat(refusal(Priority.CRITICAL, 28, scene(12, 0))).isNull();
    assertThat(refusal(Priority.CRITICAL, 28, scene(12, half)))
        .as("its wait is twice as long")
        .isEqualTo(Shed.Reason.DEADLINE_UNATTAINABLE);
  }

  @Test
  void believesThatATenthOfTheLaneIsLeft() {
    assertThat(refusal(Priority.CRITICAL, 49, scene(2, 1e9))).isNull();
  }

  @Test
  void leavesTimeToThoseWhoMatterMore() {
    assertThat(refusal(Priority.SHEDDABLE, 40, scene(18, 0)))
        .isEqualTo(Shed.Reason.DEADLINE_UNATTAINABLE);
    assertThat(refusal(Priority.NORMAL, 40, scene(18, 0))).isNull();
    assertThat(refusal(Priority.NORMAL, 40, scene(23, 0)))
        .isEqualTo(Shed.Reason.DEADLINE_UNATTAINABLE);
    assertThat(refusal(Priority.CRITICAL, 40, scene(23, 0))).isNull();
  }

  @Test
  void leavesRowsToThoseWhoMatterMore() {
    AdmissionPolicy.Scene full = new AdmissionPolicy.Scene(90, 0, 0, 0, 0.5);
    assertThat(refusal(Priority.NORMAL, 40, full)).isEqualTo(Shed.Reason.QUEUE_FULL);
    assertThat(refusal(Priority.CRITICAL, 40, full)).isNull();
  }

  @Test
  void aBatchTakesAllItsChunks() {
    Claim batch = new Claim(Endpoint.BATCH, Priority.NORMAL, 80, deadline(60));
    assertThat(policy.refusal(batch, scene(0, 0), 0)).as("10 runs, and a reserve").isNull();
    Claim larger = new Claim(Endpoint.BATCH, Priority.NORMAL, 120, deadline(60));
    assertThat(policy.refusal(larger, scene(0, 0), 0)).isEqualTo(Shed.Reason.DEADLINE_UNATTAINABLE);
  }

  private Shed.@Nullable Reason refusal(
      Priority priority, double millisLeft, AdmissionPolicy.Scene scene) {
    Claim claim = new Claim(Endpoint.SINGLE, priority, 1, deadline(millisLeft));
    return policy.refusal(claim, scene, 0);
  }

  private static Deadline deadline(double millisLeft) {
    return new Deadline((long) (millisLeft * MILLI));
  }

  private static AdmissionPolicy.Scene scene(double turnMillis, double overtaking) {
    return new AdmissionPolicy.Scene(10, 3, turnMillis * MILLI, overtaking, 0.5);
  }
}
