package io.evenkeel.bench;

import java.util.SplittableRandom;

/**
 * When requests arrive: evenly spaced, or as a Poisson process, which is how independent callers
 * arrive.
 */
enum Arrivals {
  FIXED {
    @Override
    double gapNanos(double perSecond, SplittableRandom random) {
      return 1e9 / perSecond;
    }
  },
  POISSON {
    @Override
    double gapNanos(double perSecond, SplittableRandom random) {
      return random.nextExponential() * 1e9 / perSecond;
    }
  };

  /** The time from one arrival to the next. */
  abstract double gapNanos(double perSecond, SplittableRandom random);
}
