package io.evenkeel.serving.shadow;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.RuleFlags;
import io.evenkeel.inference.Prediction;
import io.evenkeel.routing.Shadowing;
import io.evenkeel.serving.spi.ShadowedRow;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What has come of the copies for one pair of versions so far, in a few kilobytes however many
 * there were. Thread-safe: one thread compares, any number take, drop and report.
 */
final class Comparison {
  private static final double NANOS = 1e9;

  private final Pairing pairing;
  private final Instant since;
  private final ShadowMeters meters;
  private final LongAdder taken = new LongAdder();
  private final Map<DropReason, LongAdder> dropped = new EnumMap<>(DropReason.class);

  private long agree;
  private long differ;
  private long failed;
  private long late;
  private long incomparable;
  private ShadowReport.@Nullable Measure measure;
  private final Spread distance = new Spread();
  private final Spread absolute = new Spread();
  private final LabelPairs labels = new LabelPairs();
  private final Spread stableSeconds = new Spread();
  private final Spread candidateSeconds = new Spread();

  /** What the rows of the last copy kept, and whether the candidate reads rows so. */
  private @Nullable Reading reading;

  private record Reading(RuleFlags flags, Contract candidate, boolean same) {}

  Comparison(Pairing pairing, Instant since, ShadowMeters meters) {
    this.pairing = pairing;
    this.since = since;
    this.meters = meters;
    for (DropReason reason : DropReason.values()) {
      dropped.put(reason, new LongAdder());
    }
  }

  Pairing pairing() {
    return pairing;
  }

  /** A row is copied. */
  void take() {
    taken.increment();
  }

  /** A copy isn't tried. */
  void drop(DropReason reason) {
    // The meters first: who sees it in a report sees it there too.
    meters.drop(reason);
    LongAdder count = dropped.get(reason);
    if (count != null) {
      count.increment();
    }
  }

  /**
   * Whether a candidate would have read a row as the stable version did.
   *
   * @param flags the rules that the row wasn't held to
   * @param candidate what the candidate's rows have to keep at present
   */
  @SuppressWarnings("ReferenceEquality") // whether they have been compared already
  boolean readsAlike(RuleFlags flags, Contract candidate) {
    Reading known = reading;
    if (known == null || known.flags() != flags || known.candidate() != candidate) {
      boolean same = candidate.readsRowsAs(pairing.stableContract().relaxed(flags));
      known = new Reading(flags, candidate, same);
      reading = known;
    }
    return known.same();
  }

  /** The candidate has answered. */
  synchronized void add(Copy copy, Prediction answer, Difference difference, ShadowedRow row) {
    meters.compared(row);
    if (difference.agrees()) {
      agree++;
    } else {
      differ++;
    }
    Prediction given = copy.prediction();
    boolean ofClasses = given instanceof Prediction.Classification;
    measure =
        ofClasses ? ShadowReport.Measure.TOTAL_VARIATION : ShadowReport.Measure.RELATIVE_DIFFERENCE;
    if (Double.isNaN(difference.distance())) {
      incomparable++;
    }
    distance.add(difference.distance());
    absolute.add(difference.absolute());
    if (ofClasses) {
      labels.add(label(given), label(answer));
    }
    if (copy.single()) {
      stableSeconds.add(copy.laneMicros() / 1e6);
      candidateSeconds.add(row.laneNanos() / NANOS);
    }
  }

  private static @Nullable String label(Prediction prediction) {
    return prediction instanceof Prediction.Classification found ? found.label() : null;
  }

  /** The candidate gave no answer. */
  synchronized void addFailure(ShadowedRow row, boolean wasLate) {
    meters.compared(row);
    failed++;
    late += wasLate ? 1 : 0;
  }

  /** What has come of it so far. */
  synchronized ShadowReport report(Shadowing shadowing, Instant at) {
    Contract candidate = pairing.candidateContract();
    // Before what was taken, so that nothing seems to be dropped that wasn't.
    Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);
    dropped.forEach((reason, count) -> drops.put(reason, count.sum()));
    return new ShadowReport(
        shadowing,
        new ShadowReport.Pair(
            pairing.stable().version(),
            pairing.stableContract().fingerprint(),
            candidate == null ? null : candidate.fingerprint(),
            since),
        at,
        new ShadowReport.Rows(taken.sum(), agree, differ, failed, late),
        drops,
        new ShadowReport.Answers(
            agree + differ == 0 ? null : Agreement.of(agree, agree + differ),
            measure,
            distance.figures(),
            absolute.figures(),
            incomparable,
            labels.list(),
            labels.unlisted()),
        new ShadowReport.LaneSeconds(stableSeconds.figures(), candidateSeconds.figures()));
  }
}
