package io.evenkeel.monitoring.slo;

import java.util.Locale;

/**
 * One side of an objective: what is counted, and which share of it is to be good.
 *
 * @param objective it belongs to
 * @param endpoint whose requests are counted
 * @param kind what is counted
 * @param target the share that is promised to be good
 * @param thresholdNanos up to which an answer is fast enough; without meaning for availability
 */
public record Indicator(
    Objective objective, String endpoint, Kind kind, Percent target, long thresholdNanos) {
  /** What is counted. */
  public enum Kind {
    /** Of all requests that count: bad are those with a bad outcome. */
    AVAILABILITY,
    /** Of all answers: bad are those that took longer than the threshold. */
    LATENCY;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The word in metrics. */
    public String label() {
      return label;
    }
  }

  /** The share that may be bad. */
  double allowed() {
    return 1 - target.share();
  }

  /** What counts for it of some requests. */
  Tally tally(RequestSeries series, Verdicts verdicts) {
    boolean isBad = verdicts.isBad(series.outcome());
    boolean isGood = verdicts.isGood(series.outcome());
    long count = series.latencies().total();
    return switch (kind) {
      case AVAILABILITY -> new Tally(isBad || isGood ? count : 0, isBad ? count : 0);
      // An answer that is bad as such is no answer: its time is neither fast nor slow.
      case LATENCY ->
          isGood ? new Tally(count, count - series.latencies().within(thresholdNanos)) : Tally.NONE;
    };
  }
}
