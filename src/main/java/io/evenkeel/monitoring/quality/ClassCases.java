package io.evenkeel.monitoring.quality;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Classifications whose outcome is known, and the figures of them. A figure is a function of how
 * often each row counts, so that {@link Bootstrap} can draw rows anew. Immutable.
 */
final class ClassCases {
  private final List<Labelled> cases;
  private final int classes;
  private final int[] truths;

  /** The rows in ascending order of each class's probability; of two classes, only the second's. */
  private final int[][] orders;

  /**
   * @param cases at least one; all with the same labels
   */
  ClassCases(List<Labelled> cases) {
    this.cases = List.copyOf(cases);
    List<String> labels = cases.getFirst().predicted().labels();
    this.classes = labels.size();
    this.truths = cases.stream().mapToInt(one -> labels.indexOf(one.outcome())).toArray();
    this.orders = new int[classes][];
    for (int i = classes == 2 ? 1 : 0; i < classes; i++) {
      int index = i;
      orders[i] =
          IntStream.range(0, cases.size())
              .boxed()
              .sorted(
                  Comparator.comparingDouble(
                      (Integer row) -> cases.get(row).predicted().probability(index)))
              .mapToInt(Integer::intValue)
              .toArray();
    }
  }

  int right() {
    return (int) cases.stream().filter(Labelled::isRight).count();
  }

  /**
   * The area under the ROC curve, ties counted half: J. A. Hanley and B. J. McNeil, "The meaning
   * and use of the area under a ROC curve", Radiology 143 (1982). Of two classes that of the
   * second; of more the plain mean over the classes, each against the rest, that came and didn't
   * come.
   */
  double auc(int[] weights) {
    if (classes == 2) {
      return auc(1, weights);
    }
    double sum = 0;
    int counted = 0;
    for (int i = 0; i < classes; i++) {
      double area = auc(i, weights);
      if (!Double.isNaN(area)) {
        sum += area;
        counted++;
      }
    }
    return counted == 0 ? Double.NaN : sum / counted;
  }

  private double auc(int positive, int[] weights) {
    int[] order = orders[positive];
    long negativesBelow = 0;
    long positives = 0;
    double pairs = 0;
    for (int i = 0; i < order.length; ) {
      double probability = cases.get(order[i]).predicted().probability(positive);
      long tiedPositives = 0;
      long tiedNegatives = 0;
      for (;
          i < order.length && cases.get(order[i]).predicted().probability(positive) == probability;
          i++) {
        if (truths[order[i]] == positive) {
          tiedPositives += weights[order[i]];
        } else {
          tiedNegatives += weights[order[i]];
        }
      }
      pairs += tiedPositives * (negativesBelow + tiedNegatives / 2.0);
      positives += tiedPositives;
      negativesBelow += tiedNegatives;
    }
    return positives == 0 || negativesBelow == 0
        ? Double.NaN
        : pairs / ((double) positives * negativesBelow);
  }

  /**
   * F1, the harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN). Of two classes that of
   * the second; of more the plain mean over the classes that were predicted or came ("macro").
   */
  double f1(int[] weights) {
    long[] both = new long[classes];
    long[] either = new long[classes];
    for (int i = 0; i < truths.length; i++) {
      int winner = cases.get(i).predicted().winner();
      either[winner] += weights[i];
      either[truths[i]] += weights[i];
      if (winner == truths[i]) {
        both[winner] += weights[i];
      }
    }
    if (classes == 2) {
      return either[1] == 0 ? 0 : 2.0 * both[1] / either[1];
    }
    double sum = 0;
    int counted = 0;
    for (int i = 0; i < classes; i++) {
      if (either[i] > 0) {
        sum += 2.0 * both[i] / either[i];
        counted++;
      }
    }
    return sum / counted;
  }

  /**
   * Brier's score: G. W. Brier, "Verification of forecasts expressed in terms of probability",
   * Monthly Weather Review 78 (1950). The mean squared distance between the probabilities and what
   * came; of two classes half of that, which is the usual form and lies between 0 and 1.
   */
  double brier(int[] weights) {
    double sum = 0;
    long rows = 0;
    for (int i = 0; i < truths.length; i++) {
      Predicted.Classes predicted = cases.get(i).predicted();
      double distance = 0;
      for (int k = 0; k < classes; k++) {
        double difference = predicted.probability(k) - (truths[i] == k ? 1 : 0);
        distance += difference * difference;
      }
      sum += weights[i] * distance;
      rows += weights[i];
    }
    return sum / rows / (classes == 2 ? 2 : 1);
  }
}
