package io.evenkeel.cli.generate;

import io.evenkeel.contract.Bounds;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.FeatureType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.stream.DoubleStream;

/**
 * The values an ordered feature may have, and how they are written: whole, or with as many decimals
 * as the training data had. Immutable.
 */
final class NumberLine {
  /** More would be the dust of a computation. */
  private static final int MOST_DECIMALS = 12;

  private final FeatureType type;
  private final int decimals;
  private final double[] allowed;

  /** The ends within which every value is one that the contract takes. */
  private final double lowest;

  private final double highest;

  /**
   * @param seen values of the training data, from which the decimals are taken
   */
  NumberLine(Feature feature, DoubleStream seen) {
    FeatureType own = feature.tensor() == null ? feature.type() : feature.tensor().elements();
    this.type = own;
    this.decimals =
        own == FeatureType.NUMBER ? seen.mapToInt(NumberLine::decimals).max().orElse(0) : 0;
    this.allowed = feature.text().values().stream().mapToDouble(Double::parseDouble).toArray();
    Bounds bounds = feature.bounds();
    this.lowest = Math.max(upwards(bounds.minimum()), upwards(bounds.exclusiveMinimum(), step()));
    this.highest =
        Math.min(downwards(bounds.maximum()), downwards(bounds.exclusiveMaximum(), step()));
  }

  private static int decimals(double value) {
    return Math.clamp(BigDecimal.valueOf(value).stripTrailingZeros().scale(), 0, MOST_DECIMALS);
  }

  /** The distance between neighbours. */
  double step() {
    return Math.pow(10, -decimals);
  }

  boolean isWhole() {
    return type != FeatureType.NUMBER;
  }

  private double upwards(double bound) {
    return isWhole() ? Math.ceil(bound) : bound;
  }

  private double upwards(double bound, double step) {
    return isWhole() ? Math.floor(bound) + 1 : bound + step;
  }

  private double downwards(double bound) {
    return isWhole() ? Math.floor(bound) : bound;
  }

  private double downwards(double bound, double step) {
    return isWhole() ? Math.ceil(bound) - 1 : bound - step;
  }

  /** The least value that the contract takes; negatively infinite where there is no bound. */
  double lowest() {
    return lowest;
  }

  double highest() {
    return highest;
  }

  /** The nearest value that the contract takes. */
  double fit(double value) {
    double rounded = isWhole() ? Math.rint(value) : round(value).doubleValue();
    double within = Math.max(lowest, Math.min(highest, rounded));
    return allowed.length == 0 ? within : nearestAllowed(within);
  }

  private double nearestAllowed(double value) {
    double nearest = allowed[0];
    for (double candidate : allowed) {
      if (Math.abs(candidate - value) < Math.abs(nearest - value)) {
        nearest = candidate;
      }
    }
    return nearest;
  }

  private BigDecimal round(double value) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
  }

  /** A value as JSON, exactly as it is, within the contract or not. */
  String json(double value) {
    String written =
        type == FeatureType.NUMBER
            ? BigDecimal.valueOf(value).toPlainString()
            : type.written(value);
    return type.isTemporal() ? '"' + written + '"' : written;
  }
}
