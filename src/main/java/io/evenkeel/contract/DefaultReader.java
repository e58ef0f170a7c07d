package io.evenkeel.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a stated default and holds it against what the contract's outputs mean. */
final class DefaultReader {
  private static final double ROUNDING = 1e-6;

  private DefaultReader() {}

  /** Null where mistakes were noted. */
  static Degradation.@Nullable Default read(YamlNode node, Outputs outputs) {
    return switch (outputs) {
      case Outputs.Classification classes -> statedClass(node, classes);
      case Outputs.Regression ignored -> statedValue(node);
      case Outputs.Raw ignored -> {
        node.mistake(
            "raw outputs have no form in which a default could be stated",
            "leave `default` out, or declare the outputs as a classification or regression");
        yield null;
      }
    };
  }

  private static Degradation.@Nullable Default statedValue(YamlNode node) {
    node.allowKeys(Set.of("value"));
    return new Degradation.DefaultValue(node.requireNumber("value"));
  }

  private static Degradation.@Nullable Default statedClass(
      YamlNode node, Outputs.Classification classes) {
    node.allowKeys(Set.of("label", "probabilities"));
    int winner = winner(node, classes.labels());
    List<Double> probabilities = probabilities(node, classes);
    if (winner < 0 || probabilities.isEmpty()) {
      return null;
    }
    double highest = probabilities.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    if (classes.label() == null && probabilities.get(winner) < highest) {
      node.mistake(
          "`" + classes.labels().get(winner) + "` isn't the most probable class",
          "state the most probable one, which is the label of this model's answers");
    }
    return new Degradation.DefaultClass(classes.labels(), probabilities, winner);
  }

  private static int winner(YamlNode node, List<String> labels) {
    String label = node.requireText("label", "add one of " + labels);
    int winner = labels.indexOf(label);
    if (winner < 0 && !label.isEmpty()) {
      noteUnknownLabel(node, label, labels);
    }
    return winner;
  }

  private static void noteUnknownLabel(YamlNode where, String label, List<String> labels) {
    where.mistake(
        "there is no label `" + label + "`",
        Suggestion.of(label, labels)
            .map(near -> "did you mean `" + near + "`?")
            .orElse("use one of " + labels));
  }

  /** In the order of the labels; empty where mistakes were noted. */
  private static List<Double> probabilities(YamlNode node, Outputs.Classification classes) {
    YamlNode section = node.find("probabilities");
    if (section == null) {
      node.mistake(
          "the key `probabilities` is missing", "state one for each of " + classes.labels());
      return List.of();
    }
    int mistakesBefore = node.mistakes().all().size();
    Map<String, YamlNode> members = section.members();
    if (!section.isMapping()) {
      return List.of();
    }
    members.forEach((label, value) -> {
      if (!classes.labels().contains(label)) {
        noteUnknownLabel(value, label, classes.labels());
      }
    });
    List<Double> probabilities = new ArrayList<>();
    for (String label : classes.labels()) {
      YamlNode value = members.get(label);
      probabilities.add(value == null ? missing(section, label) : probability(value));
    }
    if (node.mistakes().all().size() == mistakesBefore) {
      checkSum(section, probabilities, classes.activation());
    }
    return node.mistakes().all().size() == mistakesBefore ? probabilities : List.of();
  }

  private static double missing(YamlNode section, String label) {
    section.mistake("the label `" + label + "` has no probability", "state one, for example 0");
    return 0;
  }

  private static double probability(YamlNode node) {
    double value = node.number();
    if (value < 0 || value > 1) {
      node.mistake("`" + node.text() + "` is no probability", "write a number from 0 to 1");
    }
    return value;
  }

  /** Sigmoids are taken of each class for itself, so theirs needn't add up. */
  private static void checkSum(
      YamlNode section, List<Double> probabilities, Outputs.Activation activation) {
    double sum = probabilities.stream().mapToDouble(Double::doubleValue).sum();
    if (activation != Outputs.Activation.SIGMOID && Math.abs(sum - 1) > ROUNDING) {
      section.mistake("the probabilities add up to " + sum, "make them add up to 1");
    }
  }
}
