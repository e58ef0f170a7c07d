package io.evenkeel.cli.draft;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the contract will say of the graph's outputs.
 *
 * @param task what the model does
 * @param output the output with the probabilities or the value; empty for raw outputs
 * @param label the output with the predicted class; null where the most probable class is it
 * @param activation how scores become probabilities
 * @param labels the classes' names; empty where one isn't known
 * @param doubts what a person should look at
 */
record OutputDraft(
    Task task,
    String output,
    @Nullable String label,
    String activation,
    List<String> labels,
    List<String> doubts) {
  enum Task {
    CLASSIFICATION,
    REGRESSION,
    RAW
  }

  static final String NO_ACTIVATION = "none";

  OutputDraft {
    labels = List.copyOf(labels);
    doubts = List.copyOf(doubts);
  }

  static OutputDraft raw(String doubt) {
    return new OutputDraft(Task.RAW, "", null, NO_ACTIVATION, List.of(), List.of(doubt));
  }

  static OutputDraft regression(String output) {
    return new OutputDraft(Task.REGRESSION, output, null, NO_ACTIVATION, List.of(), List.of());
  }

  /** Whether every class has a name, so that answers can be written by it. */
  boolean areLabelsKnown() {
    return labels.stream().noneMatch(String::isEmpty);
  }

  /** The section of the contract. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("outputs:");
    doubts.forEach(doubt -> lines.add("  " + Draft.DOUBT + doubt));
    switch (task) {
      case CLASSIFICATION -> {
        lines.add("  task: classification");
        lines.add("  probabilities: " + Yaml.scalar(output));
        if (!activation.equals(NO_ACTIVATION)) {
          lines.add("  activation: " + activation);
        }
        if (label != null) {
          lines.add("  label: " + Yaml.scalar(label));
        }
        lines.add("  labels:  # in the order of the columns");
        for (int i = 0; i < labels.size(); i++) {
          String name = labels.get(i);
          String placeholder = "name class " + i + ", the one of column " + i + " of " + output;
          lines.add("    - " + (name.isEmpty() ? Yaml.todo(placeholder) : Yaml.scalar(name)));
        }
      }
      case REGRESSION -> {
        lines.add("  task: regression");
        lines.add("  value: " + Yaml.scalar(output));
      }
      case RAW -> lines.add("  task: raw");
    }
    return lines;
  }
}
