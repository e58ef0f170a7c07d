package io.evenkeel.admission;

import java.util.List;
import java.util.stream.DoubleStream;

/** The same lane under more and more load. */
final class Sweep {
  static final double SECONDS = 3;

  private static final double[] LOADS = {0.25, 0.5, 0.75, 0.9, 1, 1.2, 1.5, 2, 3, 5, 10};

  private Sweep() {}

  /** What came of one load. */
  record Point(double load, Figures figures) {}

  static List<Point> play() {
    return DoubleStream.of(LOADS)
        .mapToObj(load -> new Point(load, Scenarios.steady(load).play()))
        .toList();
  }
}
