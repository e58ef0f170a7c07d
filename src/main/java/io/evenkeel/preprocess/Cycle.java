package io.evenkeel.preprocess;

import java.util.stream.IntStream;

/**
 * A cycle of the calendar as an angle. The sines are computed once: {@link StrictMath}, which
 * agrees on every platform, is slow and allocates. Immutable.
 */
final class Cycle {
  static final Cycle MONTH = new Cycle(12, 12);
  static final Cycle WEEK = new Cycle(7, 7);
  static final Cycle YEAR = new Cycle(366, 365.25);
  static final Cycle DAY = new Cycle(24, 24);

  private final double[] sines;
  private final double[] cosines;

  private Cycle(int positions, double length) {
    double[] angles =
        IntStream.range(0, positions)
            .mapToDouble(position -> 2 * Math.PI * position / length)
            .toArray();
    this.sines =
        IntStream.range(0, positions).mapToDouble(i -> StrictMath.sin(angles[i])).toArray();
    this.cosines =
        IntStream.range(0, positions).mapToDouble(i -> StrictMath.cos(angles[i])).toArray();
  }

  /** The sine of a position, counted from 0. */
  double sine(int position) {
    return sines[position];
  }

  /** The cosine of a position, counted from 0. */
  double cosine(int position) {
    return cosines[position];
  }
}
