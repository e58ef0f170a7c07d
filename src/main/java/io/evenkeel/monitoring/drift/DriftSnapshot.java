package io.evenkeel.monitoring.drift;

import java.util.List;
import java.util.Map;

/**
 * What a monitor has to tell at a moment. Immutable.
 *
 * @param rows how many rows were seen
 * @param level whether an alarm is raised
 * @param evidence the statistic that the thresholds are held against
 * @param informs how often people were informed
 * @param acts how often the second threshold was reached
 * @param raisedRowsAgo how many rows ago the present alarm was raised; 0 if there is none
 * @param groups how much of the evidence comes from each group
 * @param causes the streams that have most of the evidence, the greatest first
 */
public record DriftSnapshot(
    long rows,
    DriftLevel level,
    double evidence,
    long informs,
    long acts,
    long raisedRowsAgo,
    Map<DriftGroup, Double> groups,
    List<Cause> causes) {

  public DriftSnapshot {
    groups = Map.copyOf(groups);
    causes = List.copyOf(causes);
  }

  /**
   * A stream that looks drifted.
   *
   * @param evidence what it adds to the whole
   * @param sinceRowsAgo how many rows ago its drift began, as the statistic itself estimates
   * @param shifts the bins that changed most, the greatest first
   */
  public record Cause(
      String stream, DriftGroup group, double evidence, long sinceRowsAgo, List<Shift> shifts) {
    public Cause {
      shifts = List.copyOf(shifts);
    }
  }

  /**
   * A bin that is fuller or emptier than in training.
   *
   * @param expected its share in the reference
   * @param recent its share lately
   */
  public record Shift(String bin, double expected, double recent) {}
}
