package io.evenkeel.cli.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a replay, ready to be shown. Immutable, but for lists that nobody changes any more.
 *
 * @param baseline what the candidate's predictions were held against
 * @param live the version that the candidate was held against; null without one
 * @param acceptance which rows which version takes; null without another version
 * @param differences how the predictions differ; null where there is nothing to compare with
 */
public record ReplayReport(
    Data data,
    Version candidate,
    @Nullable Version live,
    Baseline baseline,
    @Nullable Acceptance acceptance,
    @Nullable Differences differences,
    Verdict verdict) {

  /** What predictions were held against. */
  public enum Baseline {
    NONE,
    RECORDED,
    LIVE
  }

  /**
   * The data.
   *
   * @param rows lines with an instance
   * @param unreadable lines that can't be used
   * @param complaints the first of those, with their numbers and causes
   * @param passedOver a CSV's columns that mean nothing
   */
  public record Data(
      String file,
      long rows,
      long unreadable,
      List<Complaint> complaints,
      List<String> passedOver,
      double seconds) {}

  /** Why a line can't be used. */
  public record Complaint(long line, String cause) {}

  /**
   * What one version did.
   *
   * @param accepted rows that keep its contract
   * @param failed accepted rows on which the model failed
   * @param failure the first failure's words; null without one
   * @param labels how often each label was predicted
   * @param outputs the distribution of what is the main number of a prediction
   * @param quality how good the predictions are; null where nothing says what happened
   */
  public record Version(
      String model,
      String version,
      String contract,
      long accepted,
      long refused,
      long failed,
      @Nullable String failure,
      List<Finding> violations,
      List<Finding> warnings,
      List<LabelCount> labels,
      @Nullable Distribution outputs,
      @Nullable Quality quality,
      Latency latency) {}

  /** A rule that rows broke, or a warning they got. */
  public record Finding(String feature, String rule, long count, List<Example> examples) {}

  /** One of them; what came is null where the feature is sensitive. */
  public record Example(long line, String expected, @Nullable String received) {}

  public record LabelCount(String label, long count) {}

  /**
   * A histogram with the usual figures.
   *
   * @param name what is distributed
   * @param edges ascending, one more than shares
   */
  public record Distribution(
      String name, double mean, double median, List<Double> edges, List<Double> shares) {}

  /** How good predictions are. */
  public sealed interface Quality {
    /** Rows of which it is known what happened. */
    long rows();

    /**
     * Of classes.
     *
     * @param logLoss null where no probabilities are known
     * @param auc the area under the ROC curve, of two classes; null for more, or if one never came
     * @param confusion rows: what happened, columns: what was predicted
     * @param unknown rows that happened to be what no label says
     */
    record Classes(
        long rows,
        double accuracy,
        @Nullable Double logLoss,
        @Nullable Double auc,
        List<String> labels,
        List<List<Long>> confusion,
        long unknown)
        implements Quality {}

    /**
     * Of values.
     *
     * @param bias the mean of predicted minus happened
     * @param r2 the share of the variance that is explained; null where nothing varies
     */
    record Values(
        long rows,
        double meanAbsoluteError,
        double rootMeanSquare,
        double bias,
        @Nullable Double r2)
        implements Quality {}
  }

  /**
   * Times, in microseconds: for each row to read and preprocess it, its part of a run together with
   * others, and a run alone; for each block the run.
   */
  public record Latency(
      Times read,
      Times preprocess,
      Times runTogether,
      Times runAlone,
      Times block,
      int blockRows) {}

  /** Quantiles of times, in microseconds. */
  public record Times(double p50, double p90, double p99, double max) {}

  /**
   * Which rows which version takes.
   *
   * @param onlyLive rows that the candidate refuses, or fails on, and the live version answers
   * @param refusals what the candidate says of those
   */
  public record Acceptance(
      long both, long onlyLive, long onlyCandidate, long neither, List<Finding> refusals) {}

  /**
   * How predictions differ.
   *
   * @param rows that both answered
   * @param differing of those, with a difference beyond rounding
   * @param disagreeing of those, with another label; 0 where there are no labels
   * @param quantity what is different, in words
   * @param scale what the features' bins tell the change of, in words
   * @param size of the absolute difference
   * @param distribution of the difference
   * @param transitions the most frequent changes of the label
   * @param headline what explains it, in a sentence
   * @param features the best explanation first
   * @param swapped the share of the difference that goes away with all of the live version's
   *     columns; null where no column differs
   * @param unmatched columns that only one version has
   */
  public record Differences(
      long rows,
      long differing,
      long disagreeing,
      String quantity,
      String scale,
      Size size,
      @Nullable Distribution distribution,
      List<Transition> transitions,
      String headline,
      List<Explanation> features,
      @Nullable Double swapped,
      List<String> unmatched) {}

  /** Figures of absolute differences. */
  public record Size(double mean, double p50, double p90, double p99, double max) {}

  /** Rows whose label changed. */
  public record Transition(String from, String to, long count) {}

  /**
   * What one feature has to do with the differences.
   *
   * @param explained the share of their variance that goes with the feature's values
   * @param columnDifference how far its columns differ, in standard deviations; null where they
   *     don't
   * @param column the column that differs most; null where none does
   * @param swapped the share of the difference that goes away with the live version's columns of
   *     this feature; null where none differs
   * @param bins the mean difference by the feature's values; only for the first few features
   */
  public record Explanation(
      String feature,
      double explained,
      @Nullable Double columnDifference,
      @Nullable String column,
      @Nullable Double swapped,
      List<Bin> bins) {
    /** The better of both proofs. */
    public double weight() {
      return Math.max(explained, swapped == null ? 0 : swapped);
    }
  }

  /** Rows whose feature has such a value, with the mean difference of their predictions. */
  public record Bin(String name, long rows, double difference) {}

  /** Whether the candidate kept the limits, and if not which it broke. */
  public record Verdict(boolean passed, List<String> reasons) {}
}
