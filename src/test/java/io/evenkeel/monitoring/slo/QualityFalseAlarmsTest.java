package io.evenkeel.monitoring.slo;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.monitoring.quality.ExpectedAccuracy;
import io.evenkeel.monitoring.quality.Metric;
import io.evenkeel.monitoring.quality.StrictEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * How often the alert EvenkeelQualityBroken fires although nothing is wrong: for a model whose
 * accuracy is just what is promised, the worst that is still as promised. The window slides on with
 * each outcome, and the alert takes half an hour of broken promise. docs/slo.md states the result.
 */
class QualityFalseAlarmsTest {
  private static final double PROMISED = 0.85;
  private static final int WINDOW = 1000;
  private static final int OUTCOMES = 150_000_000;
  private static final double PATIENCE_HOURS = 0.5;
  private static final double STATED_DAYS = 170;

  @Test
  void aFalseAlarmComesOnceInHalfAYearAtWhateverRateOutcomesCome() {
    List<Integer> breaches = breaches(mostRightsThatBreakIt());
    assertThat(breaches).as("noise does break it for moments").hasSizeGreaterThan(100);
    for (double hours : new double[] {0.6, 1, 2.5, 5, 10, 25, 50}) {
      double windows = OUTCOMES / (double) WINDOW;
      long alarms =
          breaches.stream().filter(length -> length * hours / WINDOW >= PATIENCE_HOURS).count();
      double days = windows * hours / 24 / Math.max(1, alarms);
      System.out.printf(
          "a window of %.1f hours: %d alarms, one in %.0f days%n", hours, alarms, days);
      assertThat(days).as("windows of %s hours", hours).isGreaterThan(STATED_DAYS);
    }
  }

  private static int mostRightsThatBreakIt() {
    QualityPromise promise =
        new QualityPromise(Metric.ACCURACY, PROMISED, null, 100, false, Objective.Severity.TICKET);
    int rights = (int) (PROMISED * WINDOW);
    while (promise.judge(
            StrictEstimate.of(new ExpectedAccuracy((double) rights / WINDOW, WINDOW, 0)))
        != SloReport.Verdict.BROKEN) {
      rights--;
    }
    return rights;
  }

  /** For how many outcomes each breach lasts. */
  private static List<Integer> breaches(int most) {
    SplittableRandom random = new SplittableRandom(20_261_126);
    boolean[] ring = new boolean[WINDOW];
    int rights = 0;
    int since = 0;
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < OUTCOMES + WINDOW; i++) {
      int cell = i % WINDOW;
      rights -= ring[cell] ? 1 : 0;
      ring[cell] = random.nextDouble() < PROMISED;
      rights += ring[cell] ? 1 : 0;
      if (i >= WINDOW && rights <= most) {
        since++;
      } else if (since > 0) {
        lengths.add(since);
        since = 0;
      }
    }
    return lengths;
  }
}
