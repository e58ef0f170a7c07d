package io.evenkeel.contract.compatibility;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Contracts, changes of them and instances, at random and out of small sets of values, so that they
 * often meet at a bound. Many a contract contradicts itself; the caller leaves those out.
 */
final class RandomContracts {
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");
  private static final List<Double> NUMBERS = List.of(-1.0, 0.0, 0.5, 1.0, 2.0, 3.0, 5.0, 5.5, 8.0);
  private static final List<String> WORDS = List.of("", "x", "y", "xy", "xyz", "yyyy");
  private static final List<String> DAYS = List.of("2020-01-01", "2020-06-01", "2021-01-01");
  private static final List<String> TYPES =
      List.of(
          "number",
          "number",
          "integer",
          "integer",
          "boolean",
          "category",
          "string",
          "date",
          "tensor");
  private static final List<String> OPERATORS = List.of("<=", "<", ">=", ">", "=", "!=");

  private final Random random;

  RandomContracts(long seed) {
    this.random = new Random(seed);
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private List<String> some(List<String> values) {
    List<String> some = new ArrayList<>(values.stream().filter(value -> chance(60)).toList());
    return some.isEmpty() ? new ArrayList<>(List.of(any(values))) : some;
  }

  /** A contract as JSON values. */
  Map<String, Object> contract() {
    Map<String, Object> contract = new LinkedHashMap<>();
    contract.put("schemaVersion", "1.0.0");
    contract.put("outputs", Map.of("task", "raw"));
    contract.put("unknownFields", any(List.of("reject", "reject", "warn", "ignore")));
    List<Object> features = new ArrayList<>();
    for (String name : some(NAMES)) {
      features.add(feature(name, any(TYPES)));
    }
    contract.put("features", features);
    List<Object> rules = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      rules.add(rule(features));
    }
    contract.put("rules", rules);
    return contract;
  }

  private Map<String, Object> feature(String name, String type) {
    Map<String, Object> feature = new LinkedHashMap<>();
    feature.put("name", name);
    feature.put("type", type);
    if (chance(25)) {
      feature.put("default", value(type));
    } else if (chance(30)) {
      feature.put("required", false);
    }
    if (chance(25)) {
      feature.put("nullable", true);
    }
    if (chance(20)) {
      feature.put("aliases", List.of(name + name));
    }
    switch (type) {
      case "number", "integer" -> bounds(feature, NUMBERS);
      case "date" -> bounds(feature, DAYS);
      case "category" -> {
        feature.put("values", some(WORDS));
        feature.put("unknown", any(List.of("reject", "reject", "other")));
      }
      case "string" -> text(feature);
      case "tensor" -> tensor(feature);
      default -> {}
    }
    return feature;
  }

  private void bounds(Map<String, Object> feature, List<?> values) {
    for (String key : List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")) {
      if (chance(25)) {
        feature.put(key, any(values));
      }
    }
    if (chance(40)) {
      feature.put("outOfRange", any(List.of("clamp", "warn")));
    }
    if (text(feature, "type").equals("integer") && chance(20)) {
      feature.put("values", List.of(1, random.nextInt(5) + 2));
    }
  }

  private void text(Map<String, Object> feature) {
    if (chance(25)) {
      feature.put("values", some(WORDS));
    }
    if (chance(25)) {
      feature.put("minLength", random.nextInt(3));
    }
    if (chance(25)) {
      feature.put("maxLength", 2 + random.nextInt(3));
    }
    if (chance(25)) {
      feature.put("pattern", any(List.of("x", "^y", "y$")));
    }
  }

  private void tensor(Map<String, Object> feature) {
    feature.put("shape", chance(85) ? List.of(2) : List.of(2, 1));
    Map<String, Object> elements = new LinkedHashMap<>();
    elements.put("type", any(List.of("number", "integer")));
    if (chance(40)) {
      elements.put("maximum", any(NUMBERS));
    }
    feature.put("elements", elements);
    if (chance(40)) {
      feature.put("outOfRange", any(List.of("clamp", "warn")));
    }
  }

  private Object rule(List<Object> features) {
    List<Object> numbers = features.stream().filter(RandomContracts::isNumber).toList();
    if (!numbers.isEmpty() && chance(70)) {
      return Map.of("check", name(any(numbers)) + " " + any(OPERATORS) + " " + name(any(numbers)));
    }
    String value = any(List.of("1", "2", "5", "true", "x", "2020-06-01"));
    return Map.of("require", name(any(features)), "when", name(any(features)) + " = " + value);
  }

  private static boolean isNumber(Object feature) {
    return List.of("number", "integer").contains(text((Map<?, ?>) feature, "type"));
  }

  private static String name(Object feature) {
    return text((Map<?, ?>) feature, "name");
  }

  /** A value of a type, which may break any rule. */
  private Object value(String type) {
    return switch (type) {
      case "number" -> any(NUMBERS);
      case "integer" -> random.nextInt(9);
      case "boolean" -> random.nextBoolean();
      case "date" -> any(DAYS);
      case "tensor" ->
          chance(85)
              ? List.of(random.nextInt(9), random.nextInt(9))
              : List.of(List.of(1), List.of(any(NUMBERS)));
      default -> any(WORDS);
    };
  }

  /** The same contract after one change or two. */
  Map<String, Object> changed(Map<String, Object> contract) {
    Map<String, Object> changed = copy(contract);
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      change(changed);
    }
    return changed;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> copy(Map<String, Object> contract) {
    JsonMapper json = JsonMapper.shared();
    return json.readValue(json.writeValueAsString(contract), Map.class);
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Map<?, ?> object, String key) {
    return (List<Object>) requireNonNull(object.get(key));
  }

  private static String text(Map<?, ?> object, String key) {
    return String.valueOf(object.get(key));
  }

  @SuppressWarnings("unchecked")
  private void change(Map<String, Object> contract) {
    List<Object> features = list(contract, "features");
    List<Object> rules = list(contract, "rules");
    Map<String, Object> feature = (Map<String, Object>) any(features);
    String type = text(feature, "type");
    switch (random.nextInt(12)) {
      case 0 -> contract.put("unknownFields", any(List.of("reject", "warn", "ignore")));
      case 1 -> {
        if (features.size() > 1) {
          features.remove(feature);
        }
      }
      case 2 -> features.add(feature(any(NAMES), any(TYPES)));
      case 3 -> rules.add(rule(features));
      case 4 -> {
        if (!rules.isEmpty()) {
          rules.set(0, rule(features));
        }
      }
      case 5 -> {
        feature.put("aliases", chance(70) ? List.of(name(feature)) : List.of());
        feature.put("name", any(NAMES));
      }
      case 6 -> features.set(features.indexOf(feature), feature(name(feature), any(TYPES)));
      default -> {
        Map<String, Object> other = feature(name(feature), type);
        List<String> keys = new ArrayList<>(chance(50) ? other.keySet() : feature.keySet());
        keys.removeAll(List.of("name", "type"));
        String key = keys.isEmpty() ? "nullable" : any(keys);
        if (!other.containsKey(key)) {
          feature.remove(key);
        } else {
          feature.put(key, other.get(key));
        }
      }
    }
  }

  /** Instances that often keep a contract, as JSON. */
  List<String> instances(Map<String, Object> contract, int count) {
    return Stream.generate(() -> instance(contract)).limit(count).toList();
  }

  private String instance(Map<String, Object> contract) {
    Map<String, Object> instance = new LinkedHashMap<>();
    for (Object item : list(contract, "features")) {
      Map<?, ?> feature = (Map<?, ?>) item;
      boolean optional = feature.containsKey("default") || feature.containsKey("required");
      boolean nullable = feature.containsKey("nullable");
      if (optional && chance(50)) {
        continue;
      }
      List<?> aliases = feature.get("aliases") instanceof List<?> listed ? listed : List.of();
      String name =
          aliases.isEmpty() || chance(60) ? name(feature) : String.valueOf(aliases.getFirst());
      instance.put(
          name,
          nullable && chance(30)
              ? JsonNodeFactory.instance.nullNode()
              : value(text(feature, "type")));
    }
    if (!text(contract, "unknownFields").equals("reject") && chance(30)) {
      instance.put("neither", 1);
    }
    return JsonMapper.shared().writeValueAsString(instance);
  }
}
