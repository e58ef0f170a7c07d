package io.evenkeel.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.audit.AuditMode;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class AuditHealthIndicatorTest {
  private static final String FULL = "java.io.IOException: No space left on device";

  @Test
  void isUpWhileRecordsAreWrittenOrThereAreNone() {
    assertThat(AuditHealthIndicator.of(AuditMode.DURABLE, null, "audit").getStatus())
        .isEqualTo(Status.UP);
    Health off = AuditHealthIndicator.of(AuditMode.OFF, null, "audit");
    assertThat(off.getStatus()).isEqualTo(Status.UP);
    assertThat(off.getDetails()).containsOnlyKeys("mode").containsEntry("mode", "off");
  }

  @Test
  void isUpAndSaysWhyAndWhatToDoWhereNobodyWaitsForRecords() {
    Health health = AuditHealthIndicator.of(AuditMode.ASYNC, FULL, "audit");
    assertThat(health.getStatus()).isEqualTo(Status.UP);
    assertThat(health.getDetails()).containsEntry("failure", FULL);
    assertThat(health.getDetails().get("mend")).asString().contains("`audit`");
  }

  @Test
  void isOutOfServiceWhereRequestsGetNoAnswerForIt() {
    assertThat(AuditHealthIndicator.of(AuditMode.DURABLE, FULL, "audit").getStatus())
        .isEqualTo(Status.OUT_OF_SERVICE);
  }
}
