package io.evenkeel.bench;

import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What came of the requests that were due in one step. Latencies are counted from when a request
 * was due, in ns.
 */
final class StepFigures {
  private static final int DIGITS = 3;

  private final Step step;
  private final long deadlineNanos;
  private final Map<Integer, Histogram> latencyByStatus = new TreeMap<>();
  private final Histogram sendLag = new Histogram(DIGITS);
  private long due;
  private long good;
  private long broken;
  private long mostWaiting;

  /** A deadline of Long.MAX_VALUE is none. */
  StepFigures(Step step, long deadlineNanos) {
    this.step = step;
    this.deadlineNanos = deadlineNanos;
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

  void answered(int status, long latencyNanos) {
    latencyByStatus.computeIfAbsent(status, s -> new Histogram(DIGITS)).recordValue(latencyNanos);
    if (status == 200 && latencyNanos <= deadlineNanos) {
      good++;
    }
  }

  /** The connection ended before the answer did. */
  void broke() {
    broken++;
  }

  private long answered() {
    return latencyByStatus.values().stream().mapToLong(Histogram::getTotalCount).sum();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        format(
            "%,.0f/s for %.1f s: %,d due (%,.0f/s), %,.0f/s good, %d broken, %d unanswered, sent late by p50 %s p99 %s max %s ms,"
                + " most waiting %,d%n",
            step.perSecond(),
            step.seconds(),
            due,
            due / step.seconds(),
            good / step.seconds(),
            broken,
            due - answered() - broken,
            millis(sendLag, 50),
            millis(sendLag, 99),
            millis(sendLag, 100),
            mostWaiting));
    latencyByStatus.forEach((status, latency) ->
        text.append(
            format(
                "  status %d: %,9d  ms: p50 %s  p90 %s  p99 %s  p99.9 %s  max %s%n",
                status,
                latency.getTotalCount(),
                millis(latency, 50),
                millis(latency, 90),
                millis(latency, 99),
                millis(latency, 99.9),
                millis(latency, 100))));
    return text.toString();
  }

  String json() {
    StringJoiner statuses = new StringJoiner(", ", "{", "}");
    latencyByStatus.forEach((status, latency) ->
        statuses.add(
            format(
                "\"%d\": {\"count\": %d, \"latencyMillis\": %s}",
                status, latency.getTotalCount(), json(latency))));
    return format(
        "{\"perSecond\": %s, \"seconds\": %s, \"due\": %d, \"good\": %d, \"goodPerSecond\": %.1f, \"broken\": %d, "
            + "\"unanswered\": %d, \"mostWaiting\": %d, \"sendLagMillis\": %s, \"status\": %s}",
        step.perSecond(),
        step.seconds(),
        due,
        good,
        good / step.seconds(),
        broken,
        due - answered() - broken,
        mostWaiting,
        json(sendLag),
        statuses);
  }

  private static String json(Histogram histogram) {
    return format(
        "{\"p50\": %s, \"p90\": %s, \"p99\": %s, \"p999\": %s, \"max\": %s}",
        millis(histogram, 50),
        millis(histogram, 90),
        millis(histogram, 99),
        millis(histogram, 99.9),
        millis(histogram, 100));
  }

  private static String millis(Histogram histogram, double percentile) {
    return format("%.3f", histogram.getValueAtPercentile(percentile) / 1e6);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
