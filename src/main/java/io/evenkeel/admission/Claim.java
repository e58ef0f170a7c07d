package io.evenkeel.admission;

/**
 * What a request asks of a lane. Immutable.
 *
 * @param endpoint through which it came
 * @param priority how much it matters
 * @param rows how many rows it wants run, at least one
 * @param deadline when it wants them by
 */
public record Claim(Endpoint endpoint, Priority priority, int rows, Deadline deadline) {
  public Claim {
    if (rows < 1) {
      throw new IllegalArgumentException("rows " + rows + " must be at least 1");
    }
  }
}
