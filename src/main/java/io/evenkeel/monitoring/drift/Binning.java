package io.evenkeel.monitoring.drift;

import io.evenkeel.monitoring.Sketch;

/** The way from a feature's or an output's value to its bin. Immutable. */
public sealed interface Binning permits NumberBins, TextBins {
  /** How the bins were filled in training. */
  StreamReference reference();

  /**
   * How the same bins were filled in a part of the training data.
   *
   * @param part of the same kind, with the same edges or categories
   */
  StreamReference reference(Sketch part);

  /** The bins of an input, with one for missing values. */
  static Binning ofInput(String name, Sketch sketch) {
    return switch (sketch) {
      case Sketch.Numeric numeric -> NumberBins.ofInput(name, numeric);
      case Sketch.Categorical categorical -> TextBins.ofInput(name, categorical);
      case Sketch.Tensor tensor -> NumberBins.ofInput(name, tensor.overall());
    };
  }

  /** The bins of an output, which always is there. */
  static Binning ofOutput(String name, Sketch sketch) {
    DriftGroup group = name.equals("confidence") ? DriftGroup.CONFIDENCE : DriftGroup.PREDICTIONS;
    return switch (sketch) {
      case Sketch.Numeric numeric -> NumberBins.ofOutput(name, group, numeric);
      case Sketch.Categorical categorical -> TextBins.ofOutput(name, group, categorical);
      case Sketch.Tensor tensor -> NumberBins.ofOutput(name, group, tensor.overall());
    };
  }
}
