package io.evenkeel.monitoring.drift;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Evidence that one stream of bins has left its reference, with a bound on how soon it can say so
 * wrongly. Not thread-safe. Takes less than 12 KB, whatever the traffic: at most {@link
 * StreamReference#MOST_BINS} bins and twice as many bets, 8 bytes for each pair, and some more.
 *
 * <p><b>The statistic.</b> Before a row is seen, a bet says how probable each bin is, q. Seeing bin
 * x pays {@code L = q(x) / ((1 + eps) p(x))}, where p is the reference. If rows still come from p,
 * the mean of L given the past is at most 1, for every q that depends on the past only; eps covers
 * that p is itself an estimate ({@link Tolerance}). Each bet has its Shiryaev-Roberts statistic,
 * {@code R <- (1 + R) L}: the winnings of all players who started at one row or another and have
 * kept to this bet since. The evidence M is a weighted average over bets. One bet, with a third of
 * the weight, is made of the traffic: counts that forget, drawn towards p. It can learn any drift,
 * but is slow; the others ({@link Bets}) are fixed and find common drifts sooner.
 *
 * <p><b>The bound.</b> The mean of R after row t given the past is at most 1 + R before it, so R -
 * t is a supermartingale, and so is M - t, as an average of such; likewise any average over
 * streams, however they depend on each other. Let T be the first row at which M is at least c. By
 * optional stopping (M is never negative, and the bound holds for the smaller of T and n for every
 * n), the mean of T is at least the mean of M at T, and so at least c: <em>the mean number of rows
 * to a false alarm is at least c</em>. Setting M back only lowers it, so it may be done at any
 * time.
 *
 * <p>Statistics like this are the e-detectors of Shin, Ramdas and Rinaldo, "E-detectors: a
 * nonparametric framework for sequential change detection" (New England Journal of Statistics in
 * Data Science, 2023; arXiv 2203.03532), who also average over bets.
 *
 * <p><b>Numbers.</b> R is kept as it is and not as its logarithm, since it is bounded from both
 * sides: it is set back to a ceiling far above the thresholds, and a row brings it to at least the
 * smallest payoff. This saves an exponential and a logarithm for each bet and row.
 */
final class DriftDetector {
  /** By how many rows the learnt bet is drawn to the reference: it starts there. */
  private static final double PULL = 50;

  private static final int RECENT_ROWS = 100;
  private static final double SHARE_OF_LEARNT = 1.0 / 3;

  private final DriftSettings settings;
  private final int streams;
  private final double ceiling;
  private final double share;
  private final Forgetting learnt;
  private final Forgetting recent;

  /** The fixed bets' statistics, and the learnt one's at the end. */
  private final double[] evidence;

  /** The same, each start weighted by how many rows ago it was. */
  private final double[] ages;

  private StreamReference reference;
  private double[] payoffs;
  private double anywhere;
  private double combined;

  /**
   * @param streams how many are watched together, this one included
   * @param ceiling evidence above it is set back to it
   */
  DriftDetector(StreamReference reference, DriftSettings settings, int streams, double ceiling) {
    this.reference = reference;
    this.settings = settings;
    this.streams = streams;
    this.ceiling = ceiling;
    Tolerance tolerance = new Tolerance(reference, settings, streams);
    this.payoffs = Bets.payoffs(reference, tolerance);
    this.anywhere = tolerance.anywhere();
    int bets = payoffs.length / reference.size();
    this.share = (1 - SHARE_OF_LEARNT) / bets;
    this.evidence = new double[bets + 1];
    this.ages = new double[bets + 1];
    double[] expected = expected(reference);
    this.learnt = new Forgetting(settings.memory(), expected);
    this.recent = new Forgetting(RECENT_ROWS, expected);
  }

  /** Takes a row in, and returns the evidence. Allocates nothing. */
  double observe(int bin) {
    int bets = evidence.length - 1;
    int place = bin * bets;
    double sum = 0;
    for (int bet = 0; bet < bets; bet++) {
      double payoff = payoffs[place + bet];
      double before = evidence[bet];
      double after = (1 + before) * payoff;
      ages[bet] = (ages[bet] + before) * payoff;
      evidence[bet] = after;
      sum += after;
    }
    double payoff = learntPayoff(bin);
    double before = evidence[bets];
    ages[bets] = (ages[bets] + before) * payoff;
    evidence[bets] = (1 + before) * payoff;
    learnt.add(bin);
    recent.add(bin);
    return settle(sum);
  }

  /**
   * Takes in many rows at once, of which only the bins' counts are known, as they come from other
   * replicas. The learnt bet is the same for all of them, so their order doesn't matter; the bound
   * holds with each of the rows counted. Slower to find drift the larger the blocks are.
   */
  double observe(long[] counts) {
    if (counts.length != reference.size()) {
      throw new IllegalArgumentException(
          counts.length + " counts for " + reference.size() + " bins of " + reference.name());
    }
    double rows = Arrays.stream(counts).sum();
    if (rows == 0) {
      return combined;
    }
    int bets = evidence.length - 1;
    double[] logarithms = new double[bets + 1];
    for (int bin = 0; bin < counts.length; bin++) {
      for (int bet = 0; bet < bets && counts[bin] > 0; bet++) {
        logarithms[bet] += counts[bin] * Math.log(payoffs[bin * bets + bet]);
      }
      logarithms[bets] += counts[bin] * Math.log(learntPayoff(bin));
    }
    double sum = 0;
    double highest = ceiling / Math.min(share, SHARE_OF_LEARNT);
    for (int bet = 0; bet <= bets; bet++) {
      double before = evidence[bet];
      double after = Math.min(highest, Math.exp(Math.log(rows + before) + logarithms[bet]));
      double factor = after / (rows + before);
      // Starts within the block count as having been in its middle.
      ages[bet] = (ages[bet] + before * rows + rows * rows / 2) * factor;
      evidence[bet] = after;
      sum += bet < bets ? after : 0;
    }
    learnt.add(counts);
    recent.add(counts);
    return settle(sum);
  }

  private double learntPayoff(int bin) {
    double divisor = 1 + anywhere * learnt.distance(PULL) + settings.insignificance();
    return learnt.probability(bin, PULL) / (divisor * reference.probability(bin));
  }

  private double settle(double sumOfFixed) {
    combined = share * sumOfFixed + SHARE_OF_LEARNT * evidence[evidence.length - 1];
    if (combined > ceiling) {
      double factor = ceiling / combined;
      for (int bet = 0; bet < evidence.length; bet++) {
        evidence[bet] *= factor;
        ages[bet] *= factor;
      }
      combined = ceiling;
    }
    return combined;
  }

  double evidence() {
    return combined;
  }

  /** Forgets the evidence; what was learnt of the traffic stays. */
  void restart() {
    Arrays.fill(evidence, 0);
    Arrays.fill(ages, 0);
    combined = 0;
  }

  /** Forgets all, as if it had seen nothing. */
  void clear() {
    restart();
    learnt.clear();
    recent.clear();
  }

  /**
   * From now on holds rows against another reference with the same bins, as for another hour of the
   * week. The bound holds as long as the choice doesn't depend on the rows it is used for.
   */
  void expect(StreamReference other) {
    if (!other.bins().equals(reference.bins()) || other.order() != reference.order()) {
      throw new IllegalArgumentException("other bins for " + reference.name());
    }
    reference = other;
    Tolerance tolerance = new Tolerance(other, settings, streams);
    payoffs = Bets.payoffs(other, tolerance);
    anywhere = tolerance.anywhere();
    learnt.expect(expected(other));
    recent.expect(expected(other));
  }

  StreamReference reference() {
    return reference;
  }

  /**
   * How many rows ago the drift began, if there is one: the mean over all starts, weighted by what
   * each has won. It is the statistic's own estimate, and like it is meant for large evidence.
   */
  double rowsAgo() {
    double sum = SHARE_OF_LEARNT * ages[ages.length - 1];
    for (int bet = 0; bet < ages.length - 1; bet++) {
      sum += share * ages[bet];
    }
    return combined > 0 ? sum / combined : 0;
  }

  /** A bin's share of the last hundred rows or so, drawn towards the reference by a single row. */
  double recentShare(int bin) {
    return recent.probability(bin, 1);
  }

  void write(DataOutput out) throws IOException {
    for (int bet = 0; bet < evidence.length; bet++) {
      out.writeDouble(evidence[bet]);
      out.writeDouble(ages[bet]);
    }
    learnt.write(out);
    recent.write(out);
  }

  /** Adds what was written; {@link DriftState} says why evidence may be added. */
  void read(DataInput in) throws IOException {
    double sum = 0;
    for (int bet = 0; bet < evidence.length; bet++) {
      evidence[bet] += DriftState.amount(in);
      ages[bet] += DriftState.amount(in);
      sum += bet < evidence.length - 1 ? evidence[bet] : 0;
    }
    learnt.read(in);
    recent.read(in);
    settle(sum);
  }

  private static double[] expected(StreamReference reference) {
    double[] expected = new double[reference.size()];
    Arrays.setAll(expected, reference::probability);
    return expected;
  }
}
