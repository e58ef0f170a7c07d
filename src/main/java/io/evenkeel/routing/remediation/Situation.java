package io.evenkeel.routing.remediation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model at a moment.
 *
 * @param version the stable version: the one that answers unless it is diverted from
 * @param signals all that stand at this moment, of any version
 * @param fallback the one its route names; null where it names none
 * @param pin the version that an operator has pinned the model to; null where there is none
 * @param rowsWatched how many rows the stable version's detectors have seen so far. They must see
 *     rows while the fallback answers too; else silence would be taken for calm
 */
public record Situation(
    String model,
    String version,
    List<Signal> signals,
    @Nullable Fallback fallback,
    @Nullable String pin,
    long rowsWatched) {
  public Situation {
    signals = List.copyOf(signals);
    for (Signal signal : signals) {
      if (!signal.model().equals(model)) {
        throw new IllegalArgumentException(
            "a signal about " + signal.model() + " says nothing of " + model);
      }
    }
  }

  /** The signals about the stable version. */
  List<Signal> alarms() {
    return signals.stream().filter(signal -> signal.version().equals(version)).toList();
  }
}
