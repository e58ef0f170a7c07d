package io.evenkeel.rollout;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How much worse a canary may be in one respect before it is rolled back. */
public sealed interface Limit {
  /** The detector's share of the false-rollback rate, relative to the other detectors' weights. */
  double weight();

  /** The detector's name in plans, evidence and metrics. */
  String detector();

  /** As a plan writes it. */
  Map<String, Object> toJson();

  /**
   * Requests that fail by the model's fault.
   *
   * @param ratio how many times stable's share of failures is allowed, from 1
   * @param allowance what stable's share is taken to be larger by, from 0 to below 1
   */
  record Failures(double ratio, double allowance, double weight) implements Limit {
    public Failures {
      requireRatio(ratio);
      requireAllowance(allowance);
      requireWeight(weight);
    }

    @Override
    public String detector() {
      return "failures";
    }

    @Override
    public Map<String, Object> toJson() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("ratio", ratio);
      json.put("allowance", Words.written(allowance));
      json.put("weight", weight);
      return json;
    }
  }

  /**
   * How long answers take.
   *
   * @param ratio how many times stable's latency is allowed, from 1
   * @param quantiles of stable's latencies at which the two are compared
   */
  record Latency(double ratio, List<Double> quantiles, double weight) implements Limit {
    public Latency {
      requireRatio(ratio);
      quantiles = requireQuantiles(quantiles);
      requireWeight(weight);
    }

    @Override
    public String detector() {
      return "latency";
    }

    @Override
    public Map<String, Object> toJson() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("ratio", ratio);
      json.put("quantiles", quantiles.stream().map(Words::written).toList());
      json.put("weight", weight);
      return json;
    }
  }

  /**
   * How confidences, or a regression's values, are distributed.
   *
   * @param tolerance by how much the odds of a bin may differ, above 0: a quarter is 0.25
   */
  record Confidence(double tolerance, double weight) implements Limit {
    public Confidence {
      if (!(tolerance >= 0 && tolerance <= 10)) {
        throw new IllegalArgumentException("tolerance " + tolerance + " isn't from 0% to 1000%");
      }
      requireWeight(weight);
    }

    @Override
    public String detector() {
      return "confidence";
    }

    @Override
    public Map<String, Object> toJson() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("tolerance", Words.written(tolerance));
      json.put("weight", weight);
      return json;
    }
  }

  /**
   * Predictions of both versions for the same rows.
   *
   * @param atMost the share of comparisons that may disagree, above 0 and below 1
   * @param distance the distance beyond which two predictions of the same label disagree
   */
  record Disagreement(double atMost, double distance, double weight) implements Limit {
    public Disagreement {
      if (!(atMost > 0 && atMost < 1)) {
        throw new IllegalArgumentException("atMost " + atMost + " isn't above 0% and below 100%");
      }
      if (!(distance >= 0)) {
        throw new IllegalArgumentException("distance " + distance + " is no number from 0");
      }
      requireWeight(weight);
    }

    boolean isBroken(Observation.Comparison comparison) {
      return !comparison.sameLabel() || !(comparison.distance() <= distance);
    }

    @Override
    public String detector() {
      return "disagreement";
    }

    @Override
    public Map<String, Object> toJson() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("atMost", Words.written(atMost));
      json.put("distance", distance);
      json.put("weight", weight);
      return json;
    }
  }

  /** How good answers were, as feedback tells. */
  sealed interface Outcomes extends Limit {
    /** How many outcomes of the canary's have to be counted before it can be promoted. */
    int atLeast();

    @Override
    default String detector() {
      return "outcomes";
    }
  }

  /**
   * The share of wrong answers.
   *
   * @param ratio how many times stable's share is allowed, from 1
   * @param allowance what stable's share is taken to be larger by, from 0 to below 1
   */
  record Wrong(double ratio, double allowance, int atLeast, double weight) implements Outcomes {
    public Wrong {
      requireRatio(ratio);
      requireAllowance(allowance);
      requireCount("atLeast", atLeast, 0);
      requireWeight(weight);
    }

    @Override
    public Map<String, Object> toJson() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("measure", "wrong");
      json.put("ratio", ratio);
      json.put("allowance", Words.written(allowance));
      json.put("atLeast", atLeast);
      json.put("weight", weight);
      return json;
    }
  }

  /**
   * The losses, such as absolute errors.
   *
   * @param ratio how many times stable's losses are allowed, from 1
   * @param quantiles of stable's losses at which the two are compared
   */
  record Loss(double ratio, List<Double> quantiles, int atLeast, double weight)
      implements Outcomes {
    public Loss {
      requireRatio(ratio);
      quantiles = requireQuantiles(quantiles);
      requireCount("atLeast", atLeast, 0);
      requireWeight(weight);
    }

    @Override
    public Map<String, Object> toJson() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("measure", "loss");
      json.put("ratio", ratio);
      json.put("quantiles", quantiles.stream().map(Words::written).toList());
      json.put("atLeast", atLeast);
      json.put("weight", weight);
      return json;
    }
  }

  private static void requireRatio(double ratio) {
    if (!(ratio >= 1 && ratio <= 1000)) {
      throw new IllegalArgumentException("ratio " + ratio + " isn't from 1 to 1000");
    }
  }

  private static void requireAllowance(double allowance) {
    if (!(allowance >= 0 && allowance < 1)) {
      throw new IllegalArgumentException("allowance " + allowance + " isn't from 0% to below 100%");
    }
  }

  private static void requireWeight(double weight) {
    if (!(weight > 0 && weight <= 1e6)) {
      throw new IllegalArgumentException("weight " + weight + " isn't above 0 and up to 1000000");
    }
  }

  private static List<Double> requireQuantiles(List<Double> quantiles) {
    if (quantiles.isEmpty() || quantiles.size() > 5) {
      throw new IllegalArgumentException("quantiles are one to five");
    }
    quantiles.forEach(quantile -> {
      if (!(quantile >= 0.1 && quantile <= 0.999)) {
        throw new IllegalArgumentException("quantile " + quantile + " isn't from 10% to 99.9%");
      }
    });
    return List.copyOf(quantiles);
  }

  private static void requireCount(String name, long count, long least) {
    if (count < least) {
      throw new IllegalArgumentException(name + " " + count + " is less than " + least);
    }
  }
}
