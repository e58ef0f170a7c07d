package io.evenkeel.bench;

import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What became of requests: latencies by status, from when a request was due, and how many were
 * good.
 */
final class Outcomes implements Tally {
  private static final int DIGITS = 3;

  private final long deadlineNanos;
  private final Map<Integer, Histogram> latencyByStatus = new TreeMap<>();
  private long good;
  private long broken;

  /** A deadline of Long.MAX_VALUE is none. */
  Outcomes(long deadlineNanos) {
    this.deadlineNanos = deadlineNanos;
  }

  static Histogram histogram() {
    return new Histogram(DIGITS);
  }

  @Override
  public void answered(int status, long dueNanos, long answeredNanos) {
    long latencyNanos = answeredNanos - dueNanos;
    latencyByStatus.computeIfAbsent(status, s -> histogram()).recordValue(latencyNanos);
    if (status == 200 && latencyNanos <= deadlineNanos) {
      good++;
    }
  }

  @Override
  public void broke(long dueNanos) {
    broken++;
  }

  /** Answers of status 200 within the deadline. */
  long good() {
    return good;
  }

  long broken() {
    return broken;
  }

  long answered() {
    return latencyByStatus.values().stream().mapToLong(Histogram::getTotalCount).sum();
  }

  /** A line for each status. */
  String text() {
    StringBuilder text = new StringBuilder();
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

  /** The members of a JSON object, without its braces. */
  String json() {
    StringJoiner statuses = new StringJoiner(", ", "{", "}");
    latencyByStatus.forEach((status, latency) ->
        statuses.add(
            format(
                "\"%d\": {\"count\": %d, \"latencyMillis\": %s}",
                status, latency.getTotalCount(), json(latency))));
    return format(
        "\"answered\": %d, \"good\": %d, \"broken\": %d, \"status\": %s",
        answered(), good, broken, statuses);
  }

  static String json(Histogram histogram) {
    return format(
        "{\"p50\": %s, \"p90\": %s, \"p99\": %s, \"p999\": %s, \"max\": %s}",
        millis(histogram, 50),
        millis(histogram, 90),
        millis(histogram, 99),
        millis(histogram, 99.9),
        millis(histogram, 100));
  }

  static String millis(Histogram histogram, double percentile) {
    return format("%.3f", histogram.getValueAtPercentile(percentile) / 1e6);
  }

  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
