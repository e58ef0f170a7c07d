package io.evenkeel.monitoring.drift;

import java.util.Arrays;
import java.util.List;

/**
 * How the bins of one stream were filled in training: the values' bins first, then, if the stream
 * has them, one bin for missing values and one for values never seen. Immutable.
 *
 * <p>Probabilities are counts with half a row added to each bin (the estimate by Jeffreys' prior),
 * so that a bin that was empty in training is unlikely and not impossible.
 */
public final class StreamReference {
  /** In place of a bin's number: the stream has no such bin, or wasn't seen in this row. */
  public static final int NONE = -1;

  /** Most bins a stream may have, which bounds its memory. */
  public static final int MOST_BINS = 24;

  static final double PRIOR = 0.5;

  /** Whether neighbouring bins are alike. */
  public enum Order {
    ORDERED,
    NOMINAL
  }

  private final String name;
  private final DriftGroup group;
  private final Order order;
  private final List<String> bins;
  private final long[] counts;
  private final int missing;
  private final int unseen;
  private final long rows;
  private final double[] probabilities;

  private StreamReference(
      String name,
      DriftGroup group,
      Order order,
      List<String> bins,
      long[] counts,
      int missing,
      int unseen) {
    if (bins.size() != counts.length || counts.length < 2 || counts.length > MOST_BINS) {
      throw new IllegalArgumentException(
          name + ": " + bins.size() + " bins, " + counts.length + " counts; 2 to " + MOST_BINS);
    }
    this.name = name;
    this.group = group;
    this.order = order;
    this.bins = List.copyOf(bins);
    this.counts = counts.clone();
    this.missing = missing;
    this.unseen = unseen;
    this.rows = Arrays.stream(counts).sum();
    if (rows < 1 || Arrays.stream(counts).anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException(name + ": no counts: " + Arrays.toString(counts));
    }
    this.probabilities = new double[counts.length];
    for (int bin = 0; bin < counts.length; bin++) {
      probabilities[bin] = (counts[bin] + PRIOR) / (rows + PRIOR * counts.length);
    }
  }

  /** A stream of values without gaps, as answers are. */
  public static StreamReference of(
      String name, DriftGroup group, Order order, List<String> bins, long[] counts) {
    return new StreamReference(name, group, order, bins, counts, NONE, NONE);
  }

  /**
   * A stream of values which may be missing.
   *
   * @param counts the values' bins, then the missing bin, then, with one count more than {@code
   *     order} wants, the bin of values that training has never seen
   * @param unseen whether there is such a last bin
   */
  static StreamReference withGaps(
      String name, Order order, List<String> bins, long[] counts, Unseen unseen) {
    int last = counts.length - 1;
    return unseen == Unseen.HAS_A_BIN
        ? new StreamReference(name, DriftGroup.INPUTS, order, bins, counts, last - 1, last)
        : new StreamReference(name, DriftGroup.INPUTS, order, bins, counts, last, NONE);
  }

  /** Whether values that training has never seen can be told from others. */
  enum Unseen {
    HAS_A_BIN,
    IS_AMONG_THE_OTHERS
  }

  /**
   * A stream of yes and no: bin 1 is yes.
   *
   * @param rate the share of yes that is normal
   * @param rows of how many rows it is the share
   */
  public static StreamReference ofRate(String name, DriftGroup group, double rate, long rows) {
    if (!(rate >= 0 && rate <= 1) || rows < 1) {
      throw new IllegalArgumentException(name + ": rate " + rate + " of " + rows + " rows");
    }
    long yes = Math.round(rate * rows);
    return of(name, group, Order.NOMINAL, List.of("no", "yes"), new long[] {rows - yes, yes});
  }

  /** The same bins, filled otherwise. */
  StreamReference withCounts(long[] others) {
    return new StreamReference(name, group, order, bins, others, missing, unseen);
  }

  /** Whether values of this stream are there, missing or unseen; only for a stream with gaps. */
  StreamReference gaps() {
    long there = rows - counts[missing] - (unseen == NONE ? 0 : counts[unseen]);
    return unseen == NONE
        ? of(
            name,
            DriftGroup.GAPS,
            Order.NOMINAL,
            List.of("present", "missing"),
            new long[] {there, counts[missing]})
        : of(
            name,
            DriftGroup.GAPS,
            Order.NOMINAL,
            List.of("present", "missing", "unseen"),
            new long[] {there, counts[missing], counts[unseen]});
  }

  boolean hasGaps() {
    return missing != NONE;
  }

  /** The bin of {@link #gaps()} that goes with a bin of this stream. */
  int gap(int bin) {
    return bin == missing ? 1 : bin == unseen ? 2 : 0;
  }

  /** How many bins hold values: those for gaps come after them. */
  int values() {
    return counts.length - (missing == NONE ? 0 : 1) - (unseen == NONE ? 0 : 1);
  }

  public String name() {
    return name;
  }

  public DriftGroup group() {
    return group;
  }

  Order order() {
    return order;
  }

  /** What each bin holds, in words. */
  public List<String> bins() {
    return bins;
  }

  public int size() {
    return counts.length;
  }

  /** The missing bin, or {@link #NONE}. */
  public int missing() {
    return missing;
  }

  /** The bin of values that training has never seen, or {@link #NONE}. */
  public int unseen() {
    return unseen;
  }

  /** How many rows the reference was made of. */
  public long rows() {
    return rows;
  }

  /** How many of the reference's rows were in a bin. */
  public long count(int bin) {
    return counts[bin];
  }

  public double probability(int bin) {
    return probabilities[bin];
  }

  /** Changes whenever evidence against this reference would mean nothing against another. */
  long fingerprint() {
    return 31L * (31L * name.hashCode() + group.name().hashCode()) + Arrays.hashCode(counts);
  }
}
