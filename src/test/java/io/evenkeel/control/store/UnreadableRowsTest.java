package io.evenkeel.control.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class UnreadableRowsTest {
  private final AtomicLong counted = new AtomicLong();
  private final UnreadableRows rows = new UnreadableRows(counted::addAndGet);

  @Test
  void countsEachAndLogsOneLineForAWhile(CapturedOutput log) {
    rows.met(3, "the key is away");
    rows.met(4, "the key is still away");

    assertThat(counted).hasValue(7);
    assertThat(log)
        .containsOnlyOnce("can't be read")
        .contains("3 kept predictions can't be read")
        .contains("Of one of them: the key is away");
  }

  @Test
  void saysNothingWhereAllCanBeRead(CapturedOutput log) {
    rows.met(0, "");

    assertThat(counted).hasValue(0);
    assertThat(log).doesNotContain("can't be read");
  }
}
