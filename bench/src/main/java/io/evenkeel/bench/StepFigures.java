package io.evenkeel.bench;

import static io.evenkeel.bench.Outcomes.format;
import static io.evenkeel.bench.Outcomes.millis;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What came of the requests that were due in one step. */
final class StepFigures implements Tally {
  private final Step step;
  private final int number;
  private final Outcomes outcomes;
  private final @Nullable Trace trace;
  private final Histogram sendLag = Outcomes.histogram();
  private long due;
  private long mostWaiting;

  StepFigures(Step step, int number, Outcomes outcomes, @Nullable Trace trace) {
    this.step = step;
    this.number = number;
    this.outcomes = outcomes;
    this.trace = trace;
  }

  void due(int waiting) {
    due++;
    mostWaiting = Math.max(mostWaiting, waiting);
  }

  /**
   * A request was written so long after it was due: for want of a free connection, or because the
   * generator was late.
   */
  void sent(long lagNanos) {
    sendLag.recordValue(Math.max(0, lagNanos));
  }

  @Override
  public void answered(int status, long dueNanos, long answeredNanos) {
    outcomes.answered(status, dueNanos, answeredNanos);
    if (trace != null) {
      trace.add(number, status, dueNanos, answeredNanos - dueNanos);
    }
  }

  @Override
  public void broke(long dueNanos) {
    outcomes.broke(dueNanos);
    if (trace != null) {
      trace.add(number, BROKEN, dueNanos, 0);
    }
  }

  private long unanswered() {
    return due - outcomes.answered() - outcomes.broken();
  }

  String text() {
    return format(
            "%,.0f/s for %.1f s: %,d due (%,.0f/s), %,.0f/s good, %d broken, %d unanswered, sent late by p50 %s p99 %s max %s ms,"
                + " most waiting %,d%n",
            step.perSecond(),
            step.seconds(),
            due,
            due / step.seconds(),
            outcomes.good() / step.seconds(),
            outcomes.broken(),
            unanswered(),
            millis(sendLag, 50),
            millis(sendLag, 99),
            millis(sendLag, 100),
            mostWaiting)
        + outcomes.text();
  }

  String json() {
    return format(
        "{\"perSecond\": %s, \"seconds\": %s, \"due\": %d, \"goodPerSecond\": %.1f, \"unanswered\": %d, "
            + "\"mostWaiting\": %d, \"sendLagMillis\": %s, %s}",
        step.perSecond(),
        step.seconds(),
        due,
        outcomes.good() / step.seconds(),
        unanswered(),
        mostWaiting,
        Outcomes.json(sendLag),
        outcomes.json());
  }
}
