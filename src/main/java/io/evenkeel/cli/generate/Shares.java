package io.evenkeel.cli.generate;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws positions by their shares, which needn't add up to 1. Immutable. */
final class Shares {
  private final double[] sums;

  Shares(List<Double> shares) {
    this.sums = new double[shares.size()];
    double sum = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += shares.get(i);
      sums[i] = sum;
    }
  }

  boolean isEmpty() {
    return sums.length == 0 || sums[sums.length - 1] <= 0;
  }

  int draw(RandomGenerator random) {
    double wanted = random.nextDouble() * sums[sums.length - 1];
    int found = Arrays.binarySearch(sums, wanted);
    // A sum belongs to the next share: what lies below it is the share before.
    int position = found >= 0 ? found + 1 : -(found + 1);
    while (position > 0 && sums[position] == sums[position - 1]) {
      position++;
    }
    return position;
  }
}
