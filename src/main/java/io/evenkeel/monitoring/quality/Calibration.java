package io.evenkeel.monitoring.quality;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From a confidence to the probability that the classification is right, learned from outcomes by
 * isotonic regression: for each predicted label by itself where that has enough rows (C. Gupta and
 * A. Ramdas, "Top-label calibration and multiclass-to-binary reductions", ICLR 2022), else for all
 * labels together. Immutable.
 */
public final class Calibration {
  /** Takes confidences for what they say. */
  public static final Calibration NONE = new Calibration(0, null, Map.of());

  /** Fewer rows follow chance more than the model. */
  private static final int LEAST_ROWS = 200;

  private final int rows;
  private final @Nullable IsotonicRegression pooled;
  private final Map<String, IsotonicRegression> byLabel;

  private Calibration(
      int rows, @Nullable IsotonicRegression pooled, Map<String, IsotonicRegression> byLabel) {
    this.rows = rows;
    this.pooled = pooled;
    this.byLabel = Map.copyOf(byLabel);
  }

  /** Learns it; {@link #NONE} where there are fewer than 200 outcomes. */
  public static Calibration of(List<Labelled> cases) {
    if (cases.size() < LEAST_ROWS) {
      return NONE;
    }
    Map<String, List<Labelled>> grouped = new HashMap<>();
    for (Labelled one : cases) {
      grouped.computeIfAbsent(one.predicted().label(), label -> new ArrayList<>()).add(one);
    }
    Map<String, IsotonicRegression> byLabel = new HashMap<>();
    grouped.forEach((label, group) -> {
      if (group.size() >= LEAST_ROWS) {
        byLabel.put(label, fit(group));
      }
    });
    return new Calibration(cases.size(), fit(cases), byLabel);
  }

  private static IsotonicRegression fit(List<Labelled> cases) {
    return IsotonicRegression.fit(
        cases.stream().mapToDouble(one -> one.predicted().confidence()).toArray(),
        cases.stream().mapToDouble(one -> one.isRight() ? 1 : 0).toArray());
  }

  /** From how many outcomes it was learned; 0 where it takes confidences for what they say. */
  public int rows() {
    return rows;
  }

  /** The probability that a classification is right. */
  public double of(Predicted.Classes predicted) {
    IsotonicRegression fitted = byLabel.getOrDefault(predicted.label(), pooled);
    return fitted == null ? predicted.confidence() : fitted.at(predicted.confidence());
  }
}
