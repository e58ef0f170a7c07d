package io.evenkeel.routing.remediation;

/**
 * What a detector says of a version at present. A detector that finds nothing sends none.
 *
 * @param detector its name, such as {@code inputs} or {@code confidence}
 * @param stage what its evidence is enough for
 * @param evidence how much speaks against "nothing has changed", as the detector counts it; at
 *     least 0
 * @param effect how large the change is (the population stability index), so that a change that is
 *     certain but small doesn't count; at least 0
 * @param rows on how many rows the effect was measured
 */
public record Signal(
    String model,
    String version,
    String detector,
    Stage stage,
    double evidence,
    double effect,
    long rows) {
  /** What evidence is enough for. Acting takes much more of it. */
  public enum Stage {
    /** People should know. */
    INFORM,
    /** The fallback may take over, if all else speaks for it. */
    ACT
  }

  public Signal {
    require(evidence >= 0, "evidence", evidence);
    require(effect >= 0, "effect", effect);
    require(rows >= 0, "rows", rows);
  }

  /** Also refuses NaN, which would pass each comparison with a threshold or none. */
  private static void require(boolean holds, String name, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be at least 0, not " + value);
    }
  }
}
