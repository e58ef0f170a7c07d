package io.evenkeel.monitoring.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Whether confidences are what they say: of the rows with a confidence of 0.8, 80 % should be
 * right.
 *
 * <p>The expected calibration error is the mean distance between confidence and accuracy over ten
 * bins of equal width, weighted by their rows: M. P. Naeini, G. F. Cooper and M. Hauskrecht,
 * "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015; with the confidence
 * of the predicted class as in C. Guo et al., "On calibration of modern neural networks", ICML
 * 2017. It is above 0 by chance alone. How far is found by drawing outcomes as if each confidence
 * were true (J. Bröcker and L. A. Smith, "Increasing the reliability of reliability diagrams",
 * Weather and Forecasting 22 (2007)): of calibrated confidences 95 of 100 give no more than {@link
 * #errorByChance}.
 *
 * @param bins those that have rows, in ascending order
 * @param error the expected calibration error
 * @param errorByChance what it may be though the confidences are calibrated
 */
public record Reliability(List<Bin> bins, double error, double errorByChance) {
  private static final int BINS = 10;
  private static final int DRAWS = 200;
  private static final long SEED = 20_260_102;

  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * The rows whose confidence is above {@code low} and at most {@code high}; 0 is in the first.
   *
   * @param confidence their mean confidence
   * @param accuracy the share of them that was right
   */
  public record Bin(double low, double high, int rows, double confidence, double accuracy) {
    /** This bin and a later one as one. */
    public Bin and(Bin next) {
      int both = rows + next.rows;
      return new Bin(
          low,
          next.high,
          both,
          (rows * confidence + next.rows * next.confidence) / both,
          (rows * accuracy + next.rows * next.accuracy) / both);
    }
  }

  static Reliability of(List<Labelled> cases) {
    double[] confidences =
        cases.stream().mapToDouble(one -> one.predicted().confidence()).toArray();
    double[] rights = cases.stream().mapToDouble(one -> one.isRight() ? 1 : 0).toArray();
    List<Bin> bins = bins(confidences, rights);
    return new Reliability(bins, error(bins), errorByChance(confidences));
  }

  /** The expected calibration error alone. */
  static double errorOf(List<Labelled> cases) {
    return error(
        bins(
            cases.stream().mapToDouble(one -> one.predicted().confidence()).toArray(),
            cases.stream().mapToDouble(one -> one.isRight() ? 1 : 0).toArray()));
  }

  private static List<Bin> bins(double[] confidences, double[] rights) {
    int[] rows = new int[BINS];
    double[] confidence = new double[BINS];
    double[] right = new double[BINS];
    for (int i = 0; i < confidences.length; i++) {
      int bin = bin(confidences[i]);
      rows[bin]++;
      confidence[bin] += confidences[i];
      right[bin] += rights[i];
    }
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < BINS; i++) {
      if (rows[i] > 0) {
        bins.add(
            new Bin(
                (double) i / BINS,
                (double) (i + 1) / BINS,
                rows[i],
                confidence[i] / rows[i],
                right[i] / rows[i]));
      }
    }
    return bins;
  }

  private static int bin(double confidence) {
    int bin = 0;
    while (bin < BINS - 1 && confidence > (double) (bin + 1) / BINS) {
      bin++;
    }
    return bin;
  }

  private static double error(List<Bin> bins) {
    long rows = bins.stream().mapToLong(Bin::rows).sum();
    return bins.stream()
        .mapToDouble(bin -> bin.rows() * Math.abs(bin.accuracy() - bin.confidence()) / rows)
        .sum();
  }

  private static double errorByChance(double[] confidences) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] errors = new double[DRAWS];
    double[] rights = new double[confidences.length];
    for (int draw = 0; draw < DRAWS; draw++) {
      Arrays.setAll(rights, i -> random.nextDouble() < confidences[i] ? 1 : 0);
      errors[draw] = error(bins(confidences, rights));
    }
    Arrays.sort(errors);
    return errors[DRAWS - DRAWS / 20];
  }
}
