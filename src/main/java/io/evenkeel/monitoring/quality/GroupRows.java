package io.evenkeel.monitoring.quality;

import java.util.List;

/**
 * What a version predicted for the rows of one group. Immutable.
 *
 * @param group its name
 * @param classes classifications, all with the same labels, whether or not their outcome is known
 * @param labelled classifications whose outcome is known
 * @param values predicted values, whether or not their outcome is known
 * @param errors what was predicted less what came, where that is known
 */
public record GroupRows(
    String group,
    List<Predicted.Classes> classes,
    List<Labelled> labelled,
    List<Double> values,
    List<Double> errors) {
  public GroupRows {
    classes = List.copyOf(classes);
    labelled = List.copyOf(labelled);
    values = List.copyOf(values);
    errors = List.copyOf(errors);
  }

  int rows() {
    return classes.size() + values.size();
  }

  int outcomes() {
    return labelled.size() + errors.size();
  }
}
