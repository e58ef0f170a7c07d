package io.evenkeel.serving.shadow;

import io.evenkeel.routing.Shadowing;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a shadow compares with the version whose requests it sees copies of.
 *
 * @param shadowing the model, the shadow and its share
 * @param pair whose answers were compared, and from when on; null as long as nothing was copied
 * @param at the moment of the report
 * @param rows what became of the copies
 * @param dropped the copies that weren't tried, by reason; every reason is there
 * @param answers how far the answers are apart
 * @param laneSeconds how long both took; of rows that came as single requests
 */
public record ShadowReport(
    Shadowing shadowing,
    @Nullable Pair pair,
    Instant at,
    Rows rows,
    Map<DropReason, Long> dropped,
    Answers answers,
    LaneSeconds laneSeconds) {
  public ShadowReport {
    dropped = Map.copyOf(dropped);
  }

  /**
   * Two versions that are compared.
   *
   * @param stable the version that answers
   * @param stableContract its contract's fingerprint
   * @param candidateContract the shadow's; null as long as it isn't ready
   * @param since when the first copy was taken
   */
  public record Pair(
      String stable, String stableContract, @Nullable String candidateContract, Instant since) {}

  /**
   * What became of the copies.
   *
   * @param taken all of them: those that follow, those that were dropped, and those that wait
   * @param agree those with answers that agree
   * @param differ those with answers that don't
   * @param failed those that the candidate gave no answer to
   * @param late of those that failed, those whose time was over
   */
  public record Rows(long taken, long agree, long differ, long failed, long late) {
    /** Those that both versions have answered. */
    public long compared() {
      return agree + differ;
    }
  }

  /** What the distance of two answers is. */
  public enum Measure {
    TOTAL_VARIATION,
    RELATIVE_DIFFERENCE
  }

  /**
   * How far answers are apart.
   *
   * @param agreement null as long as nothing was compared
   * @param measure what the distance is; null as long as nothing was compared
   * @param distance null as long as there is none
   * @param absolute the largest absolute difference of a number; null as long as there is none
   * @param incomparable compared rows without a distance: a number of one answer only was NaN or
   *     infinite, or the answers had different shapes
   * @param labels how often which labels met; empty where answers have none
   * @param unlisted rows whose labels were beyond those that are listed
   */
  public record Answers(
      @Nullable Agreement agreement,
      @Nullable Measure measure,
      @Nullable Figures distance,
      @Nullable Figures absolute,
      long incomparable,
      List<LabelPair> labels,
      long unlisted) {
    static final Answers NONE = new Answers(null, null, null, null, 0, List.of(), 0);

    public Answers {
      labels = List.copyOf(labels);
    }
  }

  /**
   * Rows with one label by the stable version and one by the candidate.
   *
   * @param stable null where no label could be told
   * @param candidate null where no label could be told
   */
  public record LabelPair(@Nullable String stable, @Nullable String candidate, long rows) {}

  /**
   * How long versions took, from the entry to the lane to the answer, in seconds.
   *
   * @param stable null as long as there is none
   * @param candidate null as long as there is none
   */
  public record LaneSeconds(@Nullable Figures stable, @Nullable Figures candidate) {}

  /** Some values; the quantiles are estimates, right to within 1.33 % of the ranks. */
  public record Figures(long rows, double mean, double p50, double p95, double p99, double max) {}

  /** Nothing was copied so far. */
  static ShadowReport nothing(Shadowing shadowing, Instant at) {
    return new ShadowReport(
        shadowing,
        null,
        at,
        new Rows(0, 0, 0, 0, 0),
        noDrops(),
        Answers.NONE,
        new LaneSeconds(null, null));
  }

  private static Map<DropReason, Long> noDrops() {
    Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);
    for (DropReason reason : DropReason.values()) {
      drops.put(reason, 0L);
    }
    return drops;
  }

  /** How many copies weren't tried for a reason. */
  public long dropped(DropReason reason) {
    return dropped.getOrDefault(reason, 0L);
  }

  /** How many copies weren't tried. */
  public long allDropped() {
    return dropped.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What is to be thought of it, in words. */
  public String verdict() {
    return Verdict.of(this);
  }
}
