package io.evenkeel.monitoring.drift;

import io.evenkeel.monitoring.Reference;
import io.evenkeel.monitoring.Seasons;
import io.evenkeel.monitoring.Sketch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one version: each feature, each output, and whether a row broke the contract, in
 * this order. Immutable.
 *
 * @param inputs by feature, in the reference's order
 * @param outputs by output
 * @param violations the share of rows that broke the contract; comes last
 */
public record DriftStreams(
    Map<String, Binning> inputs, Map<String, Binning> outputs, StreamReference violations) {

  public DriftStreams {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /**
   * The streams of a reference.
   *
   * @param violationRate the share of rows that break the contract when all is well; training knows
   *     nothing of it, so it comes from the traffic of a time that was watched
   * @param violationRows of how many rows that share is
   */
  public static DriftStreams of(Reference reference, double violationRate, long violationRows) {
    Map<String, Binning> inputs = new LinkedHashMap<>();
    for (Map.Entry<String, Sketch> feature : reference.features().entrySet()) {
      inputs.put(feature.getKey(), Binning.ofInput(feature.getKey(), feature.getValue()));
    }
    Map<String, Binning> outputs = new LinkedHashMap<>();
    for (Map.Entry<String, Sketch> output : reference.outputs().entrySet()) {
      outputs.put(output.getKey(), Binning.ofOutput(output.getKey(), output.getValue()));
    }
    return new DriftStreams(
        inputs,
        outputs,
        StreamReference.ofRate("violations", DriftGroup.VIOLATIONS, violationRate, violationRows));
  }

  /**
   * The same with what is known of violations.
   *
   * @param rate the share of rows that break the contract when all is well
   * @param rows of how many rows that share is
   */
  public DriftStreams withViolations(double rate, long rows) {
    return new DriftStreams(
        inputs, outputs, StreamReference.ofRate(violations.name(), violations.group(), rate, rows));
  }

  /** What a {@link DriftMonitor} is made of; a row's bins come in the same order. */
  public List<StreamReference> references() {
    return references(null);
  }

  /**
   * The same in a season.
   *
   * @param season null for all the data
   */
  public List<StreamReference> references(Seasons.@Nullable Season season) {
    List<StreamReference> all = new ArrayList<>();
    inputs.forEach((name, binning) ->
        all.add(reference(binning, season == null ? null : season.features().get(name))));
    outputs.forEach((name, binning) ->
        all.add(reference(binning, season == null ? null : season.outputs().get(name))));
    all.add(violations);
    return all;
  }

  private static StreamReference reference(Binning binning, @Nullable Sketch part) {
    return part == null ? binning.reference() : binning.reference(part);
  }
}
