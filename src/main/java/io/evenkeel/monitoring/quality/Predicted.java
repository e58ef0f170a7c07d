package io.evenkeel.monitoring.quality;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a model predicted for a row, as far as its quality is judged by it. Immutable. */
public sealed interface Predicted {
  /** One number, finite. */
  record Value(double value) implements Predicted {
    public Value {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("value " + value + " isn't finite");
      }
    }
  }

  /** One of several classes. */
  final class Classes implements Predicted {
    private final List<String> labels;
    private final double[] probabilities;
    private final int winner;

    /**
     * @param probabilities one for each label, finite; copied
     * @param winner the index of the predicted label
     */
    public Classes(List<String> labels, double[] probabilities, int winner) {
      if (labels.isEmpty()
          || labels.size() != probabilities.length
          || winner < 0
          || winner >= probabilities.length) {
        throw new IllegalArgumentException(
            probabilities.length
                + " probabilities, "
                + labels.size()
                + " labels, winner "
                + winner);
      }
      this.labels = List.copyOf(labels);
      this.probabilities = probabilities.clone();
      this.winner = winner;
      for (double probability : probabilities) {
        if (!Double.isFinite(probability)) {
          throw new IllegalArgumentException("probability " + probability + " isn't finite");
        }
      }
    }

    public List<String> labels() {
      return labels;
    }

    public double probability(int index) {
      return probabilities[index];
    }

    /** The index of the predicted label. */
    public int winner() {
      return winner;
    }

    /** The predicted label. */
    public String label() {
      return labels.get(winner);
    }

    /** The probability of the predicted label. */
    public double confidence() {
      return probabilities[winner];
    }

    /** How far the largest probability is above the second; the only one where there is one. */
    public double margin() {
      double first = 0;
      double second = 0;
      for (double probability : probabilities) {
        if (probability > first) {
          second = first;
          first = probability;
        } else if (probability > second) {
          second = probability;
        }
      }
      return first - second;
    }

    /**
     * Shannon's entropy of the probabilities as a part of its maximum, the logarithm of the number
     * of classes: 0 where one class is certain, 1 where all are equally likely.
     */
    public double entropy() {
      if (probabilities.length < 2) {
        return 0;
      }
      double sum = 0;
      for (double probability : probabilities) {
        if (probability > 0) {
          sum -= probability * Math.log(probability);
        }
      }
      return sum / Math.log(probabilities.length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Classes that
          && labels.equals(that.labels)
          && winner == that.winner
          && Arrays.equals(probabilities, that.probabilities);
    }

    @Override
    public int hashCode() {
      return 31 * labels.hashCode() + Arrays.hashCode(probabilities);
    }

    @Override
    public String toString() {
      return label() + " of " + labels + " " + Arrays.toString(probabilities);
    }
  }
}
