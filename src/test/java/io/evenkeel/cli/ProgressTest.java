package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final StringWriter written = new StringWriter();
  private long now;

  private Progress progress(boolean shown) {
    return new Progress(new PrintWriter(written), shown, "rows", () -> now);
  }

  @Test
  void writesNothingWhereThereIsNoTerminal() {
    try (Progress progress = progress(false)) {
      progress.at(0.5, 10);
    }

    assertThat(written.toString()).isEmpty();
  }

  @Test
  void saysHowFarHowFastAndHowLongStill() {
    Progress progress = progress(true);
    now = 2_000_000_000;
    progress.at(0.25, 5000);

    assertThat(written.toString())
        .startsWith("\r[#######")
        .contains("25 %", "5,000 rows", "2,500/s", "6 s left");
  }

  @Test
  void drawsNoMoreThanTenTimesASecond() {
    Progress progress = progress(true);
    for (int i = 0; i < 1000; i++) {
      now += 1_000_000;
      progress.at(i / 1000.0, i);
    }

    assertThat(written.toString().chars().filter(c -> c == '\r').count()).isBetween(9L, 11L);
  }
}
