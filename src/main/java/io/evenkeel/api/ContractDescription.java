package io.evenkeel.api;

import io.evenkeel.contract.Bounds;
import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Degradation;
import io.evenkeel.contract.Deprecation;
import io.evenkeel.contract.Enforcement;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.FeatureType;
import io.evenkeel.contract.OutOfRange;
import io.evenkeel.contract.Outputs;
import io.evenkeel.contract.Rule;
import io.evenkeel.contract.RuleFlags;
import io.evenkeel.contract.UnknownCategory;
import io.evenkeel.contract.UnknownFields;
import io.evenkeel.contract.YamlNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A contract as JSON values, in the words of {@code contract.yaml}. What isn't set is left out. */
final class ContractDescription {
  private ContractDescription() {}

  static Map<String, Object> of(Contract contract) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("fingerprint", contract.fingerprint());
    description.put("schemaVersion", contract.schemaVersion());
    description.put("description", contract.description());
    if (contract.deprecation() != null) {
      description.put("deprecated", deprecation(contract.deprecation()));
    }
    if (contract.unknownFields() != UnknownFields.REJECT) {
      description.put("unknownFields", YamlNode.written(contract.unknownFields()));
    }
    description.put(
        "features", contract.features().stream().map(ContractDescription::feature).toList());
    description.put("rules", contract.rules().stream().map(Rule::text).toList());
    description.put("outputs", outputs(contract.outputs()));
    if (!contract.degradation().isEmpty()) {
      description.put(
          "degradation", contract.degradation().stream().map(ContractDescription::way).toList());
    }
    description.putAll(DisclosureDescription.of(contract));
    return description;
  }

  /** The rules that are not enforced at present, in the words of {@code rules.yaml}. */
  static List<Object> flags(RuleFlags flags) {
    return flags.flags().entrySet().stream()
        .sorted(
            Comparator.comparing(
                    (Map.Entry<RuleFlags.Key, Enforcement> flag) -> flag.getKey().feature())
                .thenComparing(flag -> flag.getKey().rule()))
        .<Object>map(flag -> {
          Map<String, Object> described = new LinkedHashMap<>();
          putIfSet(
              described,
              "feature",
              flag.getKey().feature().isEmpty() ? null : flag.getKey().feature());
          described.put("rule", flag.getKey().rule());
          described.put("mode", YamlNode.written(flag.getValue()));
          return described;
        })
        .toList();
  }

  static Map<String, Object> deprecation(Deprecation deprecation) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("since", deprecation.since().toString());
    putIfSet(
        described, "sunset", deprecation.sunset() == null ? null : deprecation.sunset().toString());
    putIfSet(described, "message", deprecation.message());
    return described;
  }

  private static Map<String, Object> feature(Feature feature) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("name", feature.name());
    described.put("type", YamlNode.written(feature.type()));
    described.put("required", feature.presence().required());
    described.put("nullable", feature.presence().nullable());
    for (Bounds.End end : Bounds.End.values()) {
      double bound = feature.bounds().at(end);
      if (Double.isFinite(bound)) {
        described.put(
            end.rule(),
            feature.type().isTemporal() ? feature.type().written(bound) : (Object) bound);
      }
    }
    if (feature.outOfRange() != OutOfRange.REJECT) {
      described.put("outOfRange", YamlNode.written(feature.outOfRange()));
    }
    text(feature, described);
    if (feature.tensor() != null) {
      described.put("shape", feature.tensor().shape());
      described.put("elements", YamlNode.written(feature.tensor().elements()));
    }
    if (!feature.evolution().aliases().isEmpty()) {
      described.put("aliases", feature.evolution().aliases());
    }
    putIfSet(described, "default", feature.evolution().absent());
    putIfSet(described, "deprecated", feature.evolution().deprecated());
    putIfSet(described, "unit", feature.documentation().unit());
    putIfSet(described, "description", feature.documentation().description());
    putIfSet(described, "example", feature.documentation().example());
    if (feature.sensitive()) {
      described.put("sensitive", true);
    }
    return described;
  }

  private static void text(Feature feature, Map<String, Object> described) {
    Feature.TextRules text = feature.text();
    if (!text.values().isEmpty()) {
      described.put("values", text.values());
    }
    if (feature.type() == FeatureType.CATEGORY && text.unknown() == UnknownCategory.OTHER) {
      described.put("unknown", YamlNode.written(text.unknown()));
    }
    putIfSet(described, "pattern", text.pattern() == null ? null : text.pattern().pattern());
    putIfSet(described, "minLength", text.minLength() == 0 ? null : text.minLength());
    putIfSet(
        described, "maxLength", text.maxLength() == Integer.MAX_VALUE ? null : text.maxLength());
  }

  private static Map<String, Object> outputs(Outputs outputs) {
    return switch (outputs) {
      case Outputs.Classification classification ->
          Map.of("task", "classification", "labels", List.copyOf(classification.labels()));
      case Outputs.Regression ignored -> Map.of("task", "regression");
      case Outputs.Raw ignored -> Map.of("task", "raw");
    };
  }

  private static Map<String, Object> way(Degradation way) {
    Object content =
        switch (way) {
          case Degradation.Cache cache ->
              Map.of("maxAge", cache.writtenAge(), "maxSize", cache.writtenSize());
          case Degradation.Fallback fallback -> Map.of("version", fallback.version());
          case Degradation.DefaultClass stated -> stated(stated);
          case Degradation.DefaultValue stated -> Map.of("value", stated.value());
        };
    return Map.of(way.mode().word(), content);
  }

  private static Map<String, Object> stated(Degradation.DefaultClass stated) {
    Map<String, Double> probabilities = new LinkedHashMap<>();
    for (int i = 0; i < stated.labels().size(); i++) {
      probabilities.put(stated.labels().get(i), stated.probabilities().get(i));
    }
    return Map.of("label", stated.labels().get(stated.winner()), "probabilities", probabilities);
  }

  private static void putIfSet(Map<String, Object> described, String name, @Nullable Object value) {
    if (value != null) {
      described.put(name, value);
    }
  }
}
