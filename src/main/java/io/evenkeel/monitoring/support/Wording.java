package io.evenkeel.monitoring.support;

import io.evenkeel.contract.Feature;
import io.evenkeel.monitoring.Sketch;

/**
 * What is said about a feature's values. No text holds a value that came. Of a sensitive feature
 * none holds a range either: it would tell where about the value lies.
 */
record Wording(Feature feature, long rows) {
  private static final String GUESSES = ": the model has to guess there";
  private static final String KNOWS_LITTLE = ": the model has seen little of it";

  private String none() {
    return "none of the " + rows + " training rows";
  }

  private static String few() {
    return "fewer than 1 in " + Math.round(1 / Rarity.MOST_EACH) + " training rows";
  }

  private Remark of(String rule, String message) {
    return new Remark(feature, rule, message);
  }

  private String written(double value) {
    return feature.tensor() == null ? feature.type().written(value) : Double.toString(value);
  }

  private String range(double low, double high) {
    return feature.sensitive() ? "" : ", " + written(low) + " to " + written(high);
  }

  Remark beyond(Sketch.Numeric sketch) {
    return of(
        Remark.BEYOND,
        "is outside of what the "
            + rows
            + " training rows have"
            + range(sketch.min(), sketch.max())
            + GUESSES);
  }

  Remark beyondMean(Sketch.Numeric overall) {
    return of(
        Remark.BEYOND,
        "has elements whose mean is outside of what the "
            + rows
            + " training rows have"
            + range(overall.min(), overall.max())
            + GUESSES);
  }

  Remark unseenRange(Sketch.Numeric sketch, int bin) {
    return of(
        Remark.UNSEEN, "is in a range where " + none() + " is" + range(sketch, bin) + GUESSES);
  }

  Remark rareRange(Sketch.Numeric sketch, int bin) {
    return of(
        Remark.RARE, "is in a range where " + few() + " are" + range(sketch, bin) + KNOWS_LITTLE);
  }

  private String range(Sketch.Numeric sketch, int bin) {
    double low = bin == 0 ? sketch.min() : sketch.edges().get(bin - 1);
    double high = bin == sketch.edges().size() ? sketch.max() : sketch.edges().get(bin);
    return range(low, high);
  }

  Remark unseenText() {
    return of(Remark.UNSEEN, "is a value that " + none() + " has" + GUESSES);
  }

  Remark rareText() {
    return of(Remark.RARE, "is a value that " + few() + " have" + KNOWS_LITTLE);
  }

  Remark unseenGap() {
    return of(
        Remark.UNSEEN,
        "is missing, as in " + none() + ": the model hasn't learnt to do without it");
  }

  Remark rareGap() {
    return of(
        Remark.RARE,
        "is missing, as in " + few() + ": the model has hardly learnt to do without it");
  }

  /** Nothing is to be said. */
  Remark usual() {
    return of("", "");
  }
}
