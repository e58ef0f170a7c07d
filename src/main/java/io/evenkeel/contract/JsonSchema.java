package io.evenkeel.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schema (2020-12) of what a contract takes as an instance, as JSON values in the order in
 * which people read them. An instance that breaks the schema violates the contract, and one that
 * satisfies it doesn't, but for what the member {@code x-alsoChecked} lists: rules that the
 * language has no words for. For that, formats are asserted.
 *
 * <p>Numbers are read as 64-bit floats here; a validator that reads more digits than those have may
 * judge otherwise about numbers that have them.
 */
public final class JsonSchema {
  /** Which JSON Schema it is. */
  public static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  private static final String COMMENT =
      "`format` is asserted, and numbers are 64-bit floats. `x-alsoChecked` lists what the server"
          + " checks besides.";

  private final Contract contract;
  private final FurtherChecks further = new FurtherChecks();
  private final Map<String, Object> schema = new LinkedHashMap<>();

  private JsonSchema(Contract contract) {
    this.contract = contract;
  }

  /** The schema as a document of its own, which says whose it is. */
  public static Map<String, Object> document(String model, String version, Contract contract) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("$schema", DIALECT);
    document.put(
        "$id", "urn:evenkeel:schema:" + model + ":" + version + ":" + contract.fingerprint());
    document.put("title", "An instance for " + model + " " + version);
    document.put("x-model", model);
    document.put("x-version", version);
    document.put("x-schemaVersion", contract.schemaVersion());
    document.put("x-contract", contract.fingerprint());
    document.putAll(of(contract));
    return document;
  }

  /** The schema alone. */
  public static Map<String, Object> of(Contract contract) {
    return new JsonSchema(contract).build();
  }

  /** All names that a feature can be sent under, its own first. */
  static List<String> names(Feature feature) {
    return Stream.concat(Stream.of(feature.name()), feature.evolution().aliases().stream())
        .toList();
  }

  private Map<String, Object> build() {
    schema.put("$comment", COMMENT);
    schema.put("description", contract.description());
    putDeprecation();
    schema.put("type", "object");
    schema.put("properties", properties());
    List<String> required =
        contract.features().stream()
            .filter(feature -> feature.presence().required())
            .filter(feature -> feature.evolution().aliases().isEmpty())
            .map(Feature::name)
            .toList();
    putIfAny("required", required);
    schema.put("additionalProperties", contract.unknownFields() != UnknownFields.REJECT);
    putIfAny("dependentSchemas", oneNameEach());
    putIfAny("allOf", conditions());
    further.add("", "duplicate", "no member twice");
    putExample();
    schema.put("x-alsoChecked", further.all());
    return schema;
  }

  private void putDeprecation() {
    Deprecation deprecation = contract.deprecation();
    if (deprecation == null) {
      return;
    }
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("since", deprecation.since().toString());
    if (deprecation.sunset() != null) {
      words.put("sunset", deprecation.sunset().toString());
    }
    if (deprecation.message() != null) {
      words.put("message", deprecation.message());
    }
    schema.put("deprecated", true);
    schema.put("x-deprecated", words);
  }

  private Map<String, Object> properties() {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Feature feature : contract.features()) {
      properties.put(feature.name(), FeatureSchema.of(feature, further));
      for (String alias : feature.evolution().aliases()) {
        properties.put(alias, FeatureSchema.ofAlias(feature));
      }
    }
    return properties;
  }

  /** That a feature doesn't come under two of its names. */
  private Map<String, Object> oneNameEach() {
    Map<String, Object> dependent = new LinkedHashMap<>();
    for (Feature feature : contract.features()) {
      Map<String, Object> before = new LinkedHashMap<>();
      for (String name : names(feature)) {
        if (!before.isEmpty()) {
          dependent.put(name, Map.of("properties", new LinkedHashMap<>(before)));
        }
        before.put(name, false);
      }
    }
    return dependent;
  }

  /** What the members of an instance have to do with each other. */
  private List<Object> conditions() {
    List<Object> conditions = new ArrayList<>();
    for (Feature feature : contract.features()) {
      if (feature.presence().required() && !feature.evolution().aliases().isEmpty()) {
        conditions.add(Map.of("anyOf", names(feature).stream().map(JsonSchema::has).toList()));
      }
    }
    for (Rule rule : contract.rules()) {
      switch (rule) {
        case Rule.Comparison comparison ->
            further.add(
                contract.features().get(comparison.blamed()).name(), "check", comparison.text());
        case Rule.RequiredIf requirement -> {
          Map<String, Object> condition = RequirementSchema.of(contract, requirement, further);
          if (condition != null) {
            conditions.add(condition);
          }
        }
      }
    }
    return conditions;
  }

  private static Map<String, Object> has(String name) {
    return Map.of("required", List.of(name));
  }

  /** An instance of the features' examples, if they fit each other. */
  private void putExample() {
    Map<String, @Nullable Object> example = new LinkedHashMap<>();
    for (Feature feature : contract.features()) {
      Object value = feature.documentation().example();
      if (value != null) {
        example.put(feature.name(), value);
      }
    }
    if (ExampleCheck.read(contract, example).isValid()) {
      schema.put("examples", List.of(example));
    }
  }

  private void putIfAny(String name, Map<String, Object> values) {
    if (!values.isEmpty()) {
      schema.put(name, values);
    }
  }

  private void putIfAny(String name, List<?> values) {
    if (!values.isEmpty()) {
      schema.put(name, values);
    }
  }
}
