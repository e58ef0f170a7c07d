package io.evenkeel.monitoring.slo;

/**
 * What was counted for an indicator.
 *
 * @param requests that count
 * @param bad those of them that are bad
 */
public record Tally(long requests, long bad) {
  static final Tally NONE = new Tally(0, 0);

  Tally plus(Tally other) {
    return new Tally(requests + other.requests, bad + other.bad);
  }

  /** The share of the bad ones; 0 where nothing was counted. */
  double badShare() {
    return requests == 0 ? 0 : (double) bad / requests;
  }
}
