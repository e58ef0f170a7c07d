package io.evenkeel.inference;

import io.evenkeel.contract.Disclosure.Probabilities;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A classification with as much of its probabilities as an answer may show.
 *
 * <p>Probabilities that add up to 1 still do when they are rounded: each is rounded down, and the
 * units that are then missing go to the largest remainders, among equal ones to the label first
 * (the method of largest remainders; M. L. Balinski and H. P. Young, "Fair representation", 1982).
 * So no probability is off by a unit or more, and none overtakes another: a smaller one may become
 * equal to a greater one, never greater, and the label, which the model chose by all digits, stays
 * the label. Equal ones may come to differ by one unit where the sum can't be kept otherwise. What
 * doesn't add up to 1 (sigmoids) is rounded each to its nearest.
 *
 * <p>Of the most probable classes the label is always one. Which ones they are is decided after
 * rounding, so that the choice tells no more than the numbers do.
 */
public final class ShownClasses {
  /** What sums of 32-bit floats are off by, and more. */
  private static final double ABOUT = 1e-3;

  private ShownClasses() {}

  /** The classification itself where everything is shown. Not for {@code labelOnly}. */
  public static Prediction.Classification of(Prediction.Classification found, Probabilities shown) {
    if (shown.labelOnly()) {
      throw new IllegalArgumentException("no probability is shown where only the label is");
    }
    Prediction.Classification rounded = shown.isRounded() ? round(found, shown.digits()) : found;
    return shown.top() < found.labels().size() ? top(rounded, shown.top()) : rounded;
  }

  private static Prediction.Classification round(Prediction.Classification found, int digits) {
    double scale = Math.pow(10, digits);
    double[] units = found.probabilities().toArray();
    for (int i = 0; i < units.length; i++) {
      units[i] *= scale;
    }
    double sum = Arrays.stream(units).sum();
    double[] whole =
        Math.abs(sum / scale - 1) <= ABOUT
            ? keepingTheSum(units, sum, found.winner())
            : Arrays.stream(units).map(unit -> Math.floor(unit + 0.5)).toArray();
    for (int i = 0; i < whole.length; i++) {
      whole[i] /= scale;
    }
    return new Prediction.Classification(
        found.labels(), Numbers.wrap(whole, Precision.DOUBLE), found.winner());
  }

  private static double[] keepingTheSum(double[] units, double sum, int winner) {
    double[] whole = Arrays.stream(units).map(Math::floor).toArray();
    int missing = (int) Math.rint(sum - Arrays.stream(whole).sum());
    List<Integer> order =
        IntStream.range(0, units.length)
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer i) -> whole[i] - units[i])
                    .thenComparing(i -> i != winner))
            .toList();
    for (int i = 0; i < missing; i++) {
      whole[order.get(i)]++;
    }
    return whole;
  }

  private static Prediction.Classification top(Prediction.Classification found, int top) {
    Numbers probabilities = found.probabilities();
    int[] kept =
        IntStream.range(0, probabilities.size())
            .boxed()
            .sorted(
                Comparator.comparing((Integer i) -> i != found.winner())
                    .thenComparingDouble(i -> -orLeast(probabilities.get(i))))
            .limit(top)
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray();
    return new Prediction.Classification(
        Arrays.stream(kept).mapToObj(found.labels()::get).toList(),
        Numbers.wrap(
            Arrays.stream(kept).mapToDouble(probabilities::get).toArray(),
            probabilities.precision()),
        found.winner() < 0 ? -1 : Arrays.binarySearch(kept, found.winner()));
  }

  /** A NaN comes last. */
  private static double orLeast(double probability) {
    return Double.isNaN(probability) ? Double.NEGATIVE_INFINITY : probability;
  }
}
