package io.evenkeel.serving.shadow;

import io.evenkeel.inference.Numbers;
import io.evenkeel.inference.Prediction;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * How two answers to the same row differ.
 *
 * <p>Of classifications the distance is the total variation of the probabilities, half the sum of
 * their absolute differences: 0 where they are the same, 1 where they have nothing in common. Two
 * agree if they have the same label.
 *
 * <p>Of numbers the distance is their difference relative to the larger one, |a - b| / max(|a|,
 * |b|): from 0 to 2. Of raw outputs it is the largest difference of two numbers relative to the
 * largest number. Two agree if it is within the tolerance, and all that isn't a number is the same.
 *
 * @param agrees whether they agree
 * @param distance NaN where there is none: a number of the one is NaN or infinite and of the other
 *     isn't, or the answers have different shapes
 * @param absolute the largest absolute difference of two numbers; NaN as the distance
 */
record Difference(boolean agrees, double distance, double absolute) {
  private static final Difference INCOMPARABLE = new Difference(false, Double.NaN, Double.NaN);

  /**
   * @param tolerance how far numbers that agree may be apart, as a part of the larger one
   */
  static Difference between(Prediction stable, Prediction candidate, double tolerance) {
    if (stable instanceof Prediction.Classification one
        && candidate instanceof Prediction.Classification other) {
      return ofClasses(one, other);
    }
    if (stable instanceof Prediction.Regression one
        && candidate instanceof Prediction.Regression other) {
      return ofValues(one.value(), other.value(), tolerance);
    }
    if (stable instanceof Prediction.Raw one && candidate instanceof Prediction.Raw other) {
      return ofOutputs(one.outputs(), other.outputs(), tolerance);
    }
    return INCOMPARABLE;
  }

  private static Difference ofClasses(
      Prediction.Classification one, Prediction.Classification other) {
    boolean agrees = Objects.equals(one.label(), other.label());
    Walk walk = new Walk();
    if (one.labels().equals(other.labels())) {
      Numbers left = one.probabilities();
      Numbers right = other.probabilities();
      for (int i = 0; i < left.size(); i++) {
        walk.add(left.get(i), right.get(i));
      }
    } else {
      TreeSet<String> labels = new TreeSet<>(one.labels());
      labels.addAll(other.labels());
      labels.forEach(label -> walk.add(probability(one, label), probability(other, label)));
    }
    return walk.incomparable
        ? new Difference(agrees, Double.NaN, Double.NaN)
        : new Difference(agrees, walk.sum / 2, walk.largestDifference);
  }

  /** Nothing where the version doesn't know the label. */
  private static double probability(Prediction.Classification found, String label) {
    int position = found.labels().indexOf(label);
    return position < 0 ? 0 : found.probabilities().get(position);
  }

  private static Difference ofValues(double one, double other, double tolerance) {
    Walk walk = new Walk();
    walk.add(one, other);
    return walk.ofNumbers(tolerance);
  }

  private static Difference ofOutputs(
      Map<String, Object> one, Map<String, Object> other, double tolerance) {
    Walk walk = new Walk();
    walk.compare(one, other);
    return walk.ofNumbers(tolerance);
  }

  /** A walk through two answers side by side. */
  private static final class Walk {
    private double sum;
    private double largestDifference;
    private double largestNumber;
    private boolean otherwise;
    private boolean incomparable;

    void compare(Object one, Object other) {
      if (one instanceof Map<?, ?> left && other instanceof Map<?, ?> right) {
        compareMaps(left, right);
      } else if (one instanceof List<?> left && other instanceof List<?> right) {
        compareLists(left, right);
      } else if (one instanceof Number left && other instanceof Number right) {
        add(left.doubleValue(), right.doubleValue());
      } else if (!one.equals(other)) {
        otherwise = true;
      }
    }

    private void compareMaps(Map<?, ?> one, Map<?, ?> other) {
      if (!one.keySet().equals(other.keySet())) {
        incomparable = true;
        return;
      }
      one.forEach((name, value) -> compare(value, Objects.requireNonNull(other.get(name))));
    }

    private void compareLists(List<?> one, List<?> other) {
      if (one.size() != other.size()) {
        incomparable = true;
        return;
      }
      for (int i = 0; i < one.size(); i++) {
        compare(one.get(i), other.get(i));
      }
    }

    void add(double one, double other) {
      if (one == other || (Double.isNaN(one) && Double.isNaN(other))) {
        largestNumber =
            Double.isFinite(one) ? Math.max(largestNumber, Math.abs(one)) : largestNumber;
        return;
      }
      if (!Double.isFinite(one) || !Double.isFinite(other)) {
        incomparable = true;
        return;
      }
      double difference = Math.abs(one - other);
      sum += difference;
      largestDifference = Math.max(largestDifference, difference);
      largestNumber = Math.max(largestNumber, Math.max(Math.abs(one), Math.abs(other)));
    }

    Difference ofNumbers(double tolerance) {
      if (incomparable) {
        return INCOMPARABLE;
      }
      double relative = largestDifference == 0 ? 0 : largestDifference / largestNumber;
      return new Difference(!otherwise && relative <= tolerance, relative, largestDifference);
    }
  }
}
