package io.evenkeel.cli.draft;

import io.evenkeel.contract.YamlNode;
import io.evenkeel.preprocess.InputTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes {@code contract.yaml} of what was guessed. */
final class ContractText {
  /** Longer examples would only hide the contract. */
  private static final int LONGEST_EXAMPLE = 8_000;

  private final List<FeatureDraft> features;
  private final List<InputTensor> inputs;
  private final Map<String, Object> example;

  /**
   * @param inputs the graph's inputs, in its order
   * @param example a row to take the features' examples from; empty without one
   */
  ContractText(List<FeatureDraft> features, List<InputTensor> inputs, Map<String, Object> example) {
    this.features = features;
    this.inputs = inputs;
    this.example = example;
  }

  /**
   * The file's text.
   *
   * @param outputs the lines of the section that says what the outputs mean
   */
  String with(List<String> outputs) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "# Drafted by `evenkeel init`: yours from now on. docs/model-folder.md has all keys.");
    lines.add("schemaVersion: 1.0.0");
    lines.add("description: " + Yaml.todo("say what one row is"));
    if (features.stream().anyMatch(feature -> feature.range() != null)) {
      lines.add(
          "# Bounds: twice the seen range further on both sides, rounded outwards. Set them by what"
              + " is possible:");
      lines.add("# a value beyond them is refused, or clamped with `outOfRange: clamp`.");
    }
    lines.add("features:");
    features.forEach(feature -> addFeature(feature, lines));
    addInputs(lines);
    lines.addAll(outputs);
    return String.join("\n", lines) + "\n";
  }

  private void addFeature(FeatureDraft feature, List<String> lines) {
    Slot slot = feature.slot();
    boolean renamed = !slot.original().isEmpty() && !slot.original().equals(slot.name());
    String comment = slot.isTensor() || !renamed ? "" : "  # in the data: " + slot.original();
    lines.add(
        "  - name: "
            + Yaml.scalar(slot.name())
            + comment.replaceAll("\\s+", " ").replaceFirst("^ #", "  #"));
    String seen = feature.seen().isEmpty() ? "" : "  # " + feature.seen();
    String type = YamlNode.written(feature.type());
    if (slot.isTensor()) {
      Range range = feature.range();
      String ends =
          range == null ? "" : ", minimum: " + range.minimum() + ", maximum: " + range.maximum();
      lines.add("    type: tensor");
      lines.add("    shape: " + slot.shape());
      lines.add("    elements: {type: " + type + ends + "}" + seen);
    } else {
      lines.add("    type: " + type);
      addRange(feature.range(), seen, lines);
      if (!feature.values().isEmpty()) {
        lines.add("    values: " + Yaml.list(feature.values()) + seen);
      }
    }
    if (feature.nullable()) {
      lines.add("    nullable: true");
    }
    if (feature.doubt() != null) {
      lines.add("    description: " + Yaml.todo(feature.doubt()));
    }
    addExample(feature, lines);
  }

  private static void addRange(@Nullable Range range, String seen, List<String> lines) {
    if (range != null) {
      lines.add("    minimum: " + range.minimum() + seen);
      if (!range.maximum().isEmpty()) {
        lines.add("    maximum: " + range.maximum());
      }
    }
  }

  private void addExample(FeatureDraft feature, List<String> lines) {
    Object value = example.get(feature.name());
    if (value != null) {
      String text = JsonMapper.shared().writeValueAsString(value);
      if (text.length() <= LONGEST_EXAMPLE) {
        lines.add("    example: " + text);
      }
    }
  }

  /** Says what fills the inputs, where that isn't simply all features in their order. */
  private void addInputs(List<String> lines) {
    boolean plain = features.stream().allMatch(feature -> feature.transforms().isEmpty());
    if (inputs.size() == 1 && plain) {
      return;
    }
    if (features.stream().anyMatch(feature -> feature.transforms().contains("{impute: nan}"))) {
      lines.add("# `impute: nan` hands a missing value to the graph, as the training data had it.");
    }
    lines.add("inputs:");
    for (InputTensor input : inputs) {
      lines.add("  - tensor: " + Yaml.scalar(input.name()));
      lines.add("    columns:");
      List<FeatureDraft> ofInput =
          features.stream().filter(feature -> feature.slot().input().equals(input)).toList();
      for (List<FeatureDraft> alike : grouped(ofInput)) {
        String names =
            alike.stream()
                .map(feature -> Yaml.scalar(feature.name()))
                .collect(Collectors.joining(", "));
        lines.add(
            alike.size() == 1 ? "      - feature: " + names : "      - features: [" + names + "]");
        List<String> transforms = alike.getFirst().transforms();
        if (!transforms.isEmpty()) {
          lines.add("        transforms: [" + String.join(", ", transforms) + "]");
        }
      }
    }
  }

  /** Neighbours that go through the same transforms. */
  private static List<List<FeatureDraft>> grouped(List<FeatureDraft> features) {
    List<List<FeatureDraft>> groups = new ArrayList<>();
    for (FeatureDraft feature : features) {
      boolean alike =
          !groups.isEmpty()
              && Objects.equals(groups.getLast().getFirst().transforms(), feature.transforms());
      if (!alike) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(feature);
    }
    return groups;
  }
}
