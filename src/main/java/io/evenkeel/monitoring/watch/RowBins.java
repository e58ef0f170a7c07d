package io.evenkeel.monitoring.watch;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.FeatureType;
import io.evenkeel.contract.Row;
import io.evenkeel.inference.Prediction;
import io.evenkeel.monitoring.drift.Binning;
import io.evenkeel.monitoring.drift.DriftStreams;
import io.evenkeel.monitoring.drift.NumberBins;
import io.evenkeel.monitoring.drift.StreamReference;
import io.evenkeel.monitoring.drift.TextBins;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The way from a row and its prediction to the bins of a version's streams. Immutable. */
public final class RowBins {
  private static final int NONE = StreamReference.NONE;

  private final Contract contract;
  private final List<Map.Entry<String, Binning>> inputs;
  private final List<Map.Entry<String, Binning>> outputs;

  /** By input, the feature's position. */
  private final int[] features;

  /**
   * @param streams of the version's reference, which fits the contract
   */
  public RowBins(Contract contract, DriftStreams streams) {
    this.contract = contract;
    this.inputs = List.copyOf(streams.inputs().entrySet());
    this.outputs = List.copyOf(streams.outputs().entrySet());
    this.features = inputs.stream().mapToInt(input -> contract.indexOf(input.getKey())).toArray();
  }

  /** How many bins a row has: one of each stream. */
  public int size() {
    return inputs.size() + outputs.size() + 1;
  }

  /**
   * Writes a row's bins. Of a row that breaks the contract only that is known.
   *
   * @param prediction null where the version computed none
   * @param watchesViolations whether it is known yet how many violations are normal
   * @param bins one for each stream
   */
  public void write(
      Row row, @Nullable Prediction prediction, boolean watchesViolations, int[] bins) {
    boolean valid = row.isValid();
    int next = 0;
    for (int i = 0; i < features.length; i++) {
      bins[next++] = valid ? input(row, i) : NONE;
    }
    for (Map.Entry<String, Binning> output : outputs) {
      bins[next++] = prediction == null ? NONE : output(output, prediction);
    }
    bins[next] = watchesViolations ? (valid ? 0 : 1) : NONE;
  }

  private int input(Row row, int input) {
    int feature = features[input];
    Binning binning = inputs.get(input).getValue();
    return switch (binning) {
      case NumberBins numbers ->
          row.isMissing(feature) ? numbers.missing() : numbers.bin(number(row, feature));
      case TextBins texts -> texts.bin(row.isMissing(feature) ? null : text(row, feature));
    };
  }

  private double number(Row row, int feature) {
    int slot = contract.slot(feature);
    Feature.TensorRules tensor = contract.features().get(feature).tensor();
    if (tensor == null) {
      return row.number(slot);
    }
    double sum = 0;
    for (int i = 0; i < tensor.size(); i++) {
      sum += row.number(slot + i);
    }
    return sum / tensor.size();
  }

  private @Nullable String text(Row row, int feature) {
    if (contract.features().get(feature).type() == FeatureType.BOOLEAN) {
      return row.number(contract.slot(feature)) == 0 ? "false" : "true";
    }
    return row.text(feature);
  }

  private static int output(Map.Entry<String, Binning> output, Prediction prediction) {
    return switch (output.getValue()) {
      case TextBins texts ->
          prediction instanceof Prediction.Classification found ? texts.bin(found.label()) : NONE;
      case NumberBins numbers ->
          switch (prediction) {
            case Prediction.Classification found -> numbers.bin(found.confidence());
            case Prediction.Regression found -> numbers.bin(found.value());
            case Prediction.Raw ignored -> NONE;
          };
    };
  }
}
