package io.evenkeel.contract.compatibility;

import io.evenkeel.contract.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Compares how rows become tensors: the {@code inputs} sections of two documents. */
final class InputsComparison {
  private InputsComparison() {}

  /** Notes what changed, feature by feature. */
  static void compare(YamlNode old, YamlNode now, Changes changes) {
    Object before = inputs(old);
    Object after = inputs(now);
    if (Objects.equals(before, after)) {
      return;
    }
    Map<String, List<String>> transformsBefore = transforms(before);
    Map<String, List<String>> transformsAfter = transforms(after);
    if (transformsBefore.equals(transformsAfter)) {
      changes.add(ChangeKind.INPUTS_REARRANGED, "tensors or their columns are in another order");
      return;
    }
    Set<String> features = new LinkedHashSet<>(transformsBefore.keySet());
    features.addAll(transformsAfter.keySet());
    for (String feature : features) {
      List<String> was = transformsBefore.getOrDefault(feature, List.of());
      List<String> is = transformsAfter.getOrDefault(feature, List.of());
      if (!was.equals(is)) {
        changes.add(ChangeKind.TRANSFORMS_CHANGED, feature, Changes.now(written(is), written(was)));
      }
    }
  }

  private static @Nullable Object inputs(YamlNode document) {
    YamlNode inputs = document.find("inputs");
    return inputs == null ? null : inputs.toJson();
  }

  /** For each feature, each of its ways into a tensor. What isn't of the right form is left out. */
  private static Map<String, List<String>> transforms(@Nullable Object inputs) {
    Map<String, List<String>> transforms = new LinkedHashMap<>();
    for (Object tensor : list(inputs)) {
      Object name = member(tensor, "tensor");
      for (Object column : list(member(tensor, "columns"))) {
        List<Object> features = new ArrayList<>(list(member(column, "features")));
        Object single = member(column, "feature");
        if (single != null) {
          features.add(single);
        }
        Object steps = Objects.requireNonNullElse(member(column, "transforms"), List.of());
        String way = name + ": " + JsonMapper.shared().writeValueAsString(steps);
        for (Object feature : features) {
          transforms.computeIfAbsent(String.valueOf(feature), key -> new ArrayList<>()).add(way);
        }
      }
    }
    return transforms;
  }

  private static List<Object> list(@Nullable Object json) {
    List<Object> items = new ArrayList<>();
    if (json instanceof List<?> list) {
      list.stream().filter(Objects::nonNull).forEach(items::add);
    }
    return items;
  }

  private static @Nullable Object member(Object json, String name) {
    return json instanceof Map<?, ?> map ? map.get(name) : null;
  }

  private static String written(List<String> ways) {
    return ways.isEmpty() ? "no transforms" : String.join("; ", ways);
  }
}
