package io.evenkeel.admission;

import java.util.Random;

/**
 * How long runs really take, which the lane doesn't know. Immutable.
 *
 * @param noise how runs of the same size differ
 * @param trouble what happens to the model during the disturbance
 */
record TrueModel(Noise noise, Trouble trouble) {
  /** A net whose rows cost twelve times as much alone as in the largest batch. */
  private static final int[] SIZES = {1, 2, 4, 8, 16, 32};

  private static final long BASE_NANOS = 3_600_000;
  private static final long ROW_NANOS = 200_000;

  /** How long a run takes that doesn't end by itself. */
  static final long NEVER = Long.MAX_VALUE;

  /** A run that nobody waits for ends between two of the graph's operators. */
  static final long TERMINATION_NANOS = 500_000;

  /** How a run's time differs from the mean of its size; the mean of the factor is 1. */
  enum Noise {
    CALM {
      @Override
      double factor(Random random) {
        return 0.9 + 0.2 * random.nextDouble();
      }
    },

    /** A bounded Pareto distribution: one run in 100 takes eight times the mean or longer. */
    HEAVY_TAIL {
      @Override
      double factor(Random random) {
        double bound = StrictMath.pow(LEAST / MOST, SHAPE);
        double power = 1 - random.nextDouble() * (1 - bound);
        return LEAST * StrictMath.pow(power, -1 / SHAPE);
      }
    };

    private static final double SHAPE = 1.5;
    private static final double LEAST = 0.3704;
    private static final double MOST = 50;

    abstract double factor(Random random);
  }

  /** What can happen to a model. */
  enum Trouble {
    NONE,
    /** Runs take two and a half times as long. */
    SLOW,
    /** Runs never end by themselves. */
    BLACK_HOLE
  }

  /** What the warm-up measures. */
  ServiceTimes warmUp() {
    long[] nanos = new long[SIZES.length];
    for (int i = 0; i < SIZES.length; i++) {
      nanos[i] = meanNanos(SIZES[i]);
    }
    return new ServiceTimes(SIZES, nanos, 0);
  }

  /** The rows that an executor gets through in a second at most. */
  double rowsPerSecond() {
    int largest = SIZES[SIZES.length - 1];
    return largest * 1e9 / meanNanos(largest);
  }

  private static long meanNanos(int size) {
    return BASE_NANOS + size * ROW_NANOS;
  }

  /** How long a run takes, or {@link Long#MAX_VALUE} if it never ends. */
  long runNanos(int rows, boolean disturbed, Random random) {
    int size = 1;
    while (size < rows) {
      size *= 2;
    }
    double nanos = meanNanos(size) * noise.factor(random);
    return switch (disturbed ? trouble : Trouble.NONE) {
      case NONE -> (long) nanos;
      case SLOW -> (long) (2.5 * nanos);
      case BLACK_HOLE -> NEVER;
    };
  }
}
