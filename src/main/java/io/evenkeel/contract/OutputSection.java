package io.evenkeel.contract;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code outputs} section of a contract. */
final class OutputSection {
  private enum Task {
    CLASSIFICATION,
    REGRESSION,
    RAW
  }

  private OutputSection() {}

  /** What the outputs mean. Where a mistake was noted, something to go on with. */
  static Outputs read(YamlNode document) {
    YamlNode node = document.find("outputs");
    Outputs none = new Outputs.Raw(Outputs.NonFinite.REJECT);
    if (node == null) {
      document.mistake(
          "the key `outputs` is missing",
          "add for example `outputs: {task: regression, value: <the graph's output>}`");
      return none;
    }
    if (node.requireText("task", "add `task: classification`, `regression` or `raw`").isEmpty()) {
      return none;
    }
    Outputs.NonFinite nonFinite =
        node.choice("nonFinite", Outputs.NonFinite.class, Outputs.NonFinite.REJECT);
    return switch (node.choice("task", Task.class, Task.RAW)) {
      case CLASSIFICATION -> classification(node, nonFinite);
      case REGRESSION -> regression(node, nonFinite);
      case RAW -> {
        node.allowKeys(Set.of("task", "nonFinite"));
        yield new Outputs.Raw(nonFinite);
      }
    };
  }

  private static Outputs classification(YamlNode node, Outputs.NonFinite nonFinite) {
    node.allowKeys(Set.of("task", "probabilities", "activation", "labels", "label", "nonFinite"));
    String probabilities =
        node.requireText(
            "probabilities", "name the graph's output with a probability for each class");
    @Nullable String label = node.findText("label");
    return new Outputs.Classification(
        probabilities,
        node.choice("activation", Outputs.Activation.class, Outputs.Activation.NONE),
        labels(node),
        label,
        nonFinite);
  }

  private static List<String> labels(YamlNode node) {
    Set<String> labels = new LinkedHashSet<>();
    for (YamlNode item : node.items("labels")) {
      if (!labels.add(item.text())) {
        item.mistake(
            "the label `" + item.text() + "` stands twice", "give each class its own name");
      }
    }
    if (labels.size() < 2) {
      node.mistake(
          "a classification needs at least two `labels`",
          "list the classes in the order of the columns");
    }
    return List.copyOf(labels);
  }

  private static Outputs regression(YamlNode node, Outputs.NonFinite nonFinite) {
    node.allowKeys(Set.of("task", "value", "nonFinite"));
    return new Outputs.Regression(
        node.requireText("value", "name the graph's output with the value"), nonFinite);
  }
}
