package io.evenkeel.contract.compatibility;

import io.evenkeel.contract.Outputs;
import io.evenkeel.contract.Outputs.Activation;
import io.evenkeel.contract.Outputs.Classification;
import io.evenkeel.contract.Outputs.NonFinite;
import io.evenkeel.contract.Outputs.Regression;
import io.evenkeel.contract.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares what answers can hold, and where in the graph they come from. */
final class OutputComparison {
  private final Changes changes;

  private OutputComparison(Changes changes) {
    this.changes = changes;
  }

  /** Notes what changed. */
  static void compare(Outputs old, Outputs now, Changes changes) {
    OutputComparison comparison = new OutputComparison(changes);
    if (!task(old).equals(task(now))) {
      changes.add(ChangeKind.TASK_CHANGED, "task " + Changes.now(task(now), task(old)));
      return;
    }
    if (old instanceof Classification before && now instanceof Classification after) {
      comparison.compareClasses(before, after);
    } else if (old instanceof Regression before && now instanceof Regression after) {
      comparison.compareSource("value", before.value(), after.value());
    }
    if (old.nonFinite() != now.nonFinite()) {
      changes.add(
          now.nonFinite() == NonFinite.NULL ? ChangeKind.NULLS_ADDED : ChangeKind.NULLS_ENDED,
          "nonFinite "
              + Changes.now(YamlNode.written(now.nonFinite()), YamlNode.written(old.nonFinite())));
    }
  }

  private static String task(Outputs outputs) {
    return switch (outputs) {
      case Classification ignored -> "classification";
      case Regression ignored -> "regression";
      case Outputs.Raw ignored -> "raw";
    };
  }

  private void compareClasses(Classification old, Classification now) {
    compareLabels(old.labels(), now.labels());
    compareSource("probabilities", old.probabilities(), now.probabilities());
    compareSource("label", old.label(), now.label());
    if (old.activation() != now.activation()) {
      compareActivations(old.activation(), now.activation());
    }
  }

  private void compareLabels(List<String> old, List<String> now) {
    List<String> removed = without(old, now);
    List<String> added = without(now, old);
    if (isRenamed(old, now)) {
      for (int i = 0; i < old.size(); i++) {
        if (!old.get(i).equals(now.get(i))) {
          changes.add(
              ChangeKind.LABEL_RENAMED, "label `" + now.get(i) + "`, was `" + old.get(i) + "`");
        }
      }
      return;
    }
    removed.forEach(
        label -> changes.add(ChangeKind.LABEL_REMOVED, "label `" + label + "` removed"));
    added.forEach(label -> changes.add(ChangeKind.LABEL_ADDED, "label `" + label + "` added"));
    if (!without(old, removed).equals(without(now, added))) {
      changes.add(ChangeKind.LABELS_REORDERED, "labels " + Changes.now(now, old));
    }
  }

  /** Whether labels that went have others in their places, and all the rest stayed in theirs. */
  private static boolean isRenamed(List<String> old, List<String> now) {
    if (old.size() != now.size()) {
      return false;
    }
    for (int i = 0; i < old.size(); i++) {
      boolean other = !old.get(i).equals(now.get(i));
      if (other && (now.contains(old.get(i)) || old.contains(now.get(i)))) {
        return false;
      }
    }
    return !old.equals(now);
  }

  private static List<String> without(List<String> labels, List<String> others) {
    List<String> left = new ArrayList<>(labels);
    left.removeAll(others);
    return left;
  }

  /** Of sigmoids it isn't said that they add up to 1; of all others it is. */
  private void compareActivations(Activation old, Activation now) {
    ChangeKind kind =
        now == Activation.SIGMOID
            ? ChangeKind.SUM_GIVEN_UP
            : old == Activation.SIGMOID ? ChangeKind.SUM_PROMISED : ChangeKind.OUTPUT_CHANGED;
    changes.add(kind, "activation " + Changes.now(YamlNode.written(now), YamlNode.written(old)));
  }

  private void compareSource(String key, @Nullable String old, @Nullable String now) {
    if (!Objects.equals(old, now)) {
      changes.add(
          ChangeKind.OUTPUT_CHANGED,
          key
              + " from "
              + Changes.now(
                  Objects.requireNonNullElse(now, "none"),
                  Objects.requireNonNullElse(old, "none")));
    }
  }
}
