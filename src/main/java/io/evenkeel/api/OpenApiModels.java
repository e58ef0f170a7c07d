package io.evenkeel.api;

import io.evenkeel.api.OpenApiOperations.Shapes;
import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Degradation;
import io.evenkeel.contract.Disclosure;
import io.evenkeel.contract.JsonSchema;
import io.evenkeel.contract.Outputs;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Servable;
import io.evenkeel.routing.Router;
import io.evenkeel.routing.Routing;
import io.evenkeel.routing.Target;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Describes each loaded model with its own types, so that code generated from the document is typed
 * per model: requests by its contract, answers by its outputs.
 */
final class OpenApiModels {
  private final ModelRegistry registry;
  private final Router router;
  private final int maxInstances;

  OpenApiModels(ModelRegistry registry, Router router, int maxInstances) {
    this.registry = registry;
    this.router = router;
    this.maxInstances = maxInstances;
  }

  /**
   * Adds the paths and schemas of every version that answers, and of the one that each model is
   * routed to.
   *
   * @return the shapes of the default model; null while it has no ready version
   */
  @Nullable Shapes describe(OpenAPI document) {
    UniqueNames names = new UniqueNames();
    document.getComponents().getSchemas().keySet().forEach(names::take);
    Shapes ofDefault = null;
    for (String model : registry.models()) {
      Shapes shapes = add(document, names, new Target(model, null), UniqueNames.ofModel(model));
      if (shapes != null) {
        addPaths(document, names, "/v1/models/" + model, shapes);
        ofDefault = model.equals(router.defaultModel()) ? shapes : ofDefault;
      }
      for (ModelVersion version : versions(model)) {
        String base = UniqueNames.ofModel(model) + "V" + version.version().replace('.', '_');
        Shapes pinned = add(document, names, new Target(model, version.version()), base);
        if (pinned != null) {
          addPaths(
              document, names, "/v1/models/" + model + "/versions/" + version.version(), pinned);
        }
      }
    }
    return ofDefault;
  }

  private List<ModelVersion> versions(String model) {
    List<ModelVersion> versions = registry.findVersions(model);
    return versions == null ? List.of() : versions;
  }

  private static void addPaths(OpenAPI document, UniqueNames names, String path, Shapes shapes) {
    String single = names.take("predict" + shapes.base(), List.of(""));
    String batch = names.take("predictBatch" + shapes.base(), List.of(""));
    document
        .getPaths()
        .addPathItem(
            path + "/predict", new PathItem().post(OpenApiOperations.single(single, shapes)));
    document
        .getPaths()
        .addPathItem(
            path + "/predict/batch", new PathItem().post(OpenApiOperations.batch(batch, shapes)));
    String validate = names.take("validate" + shapes.base(), List.of(""));
    document
        .getPaths()
        .addPathItem(
            path + "/validate", new PathItem().post(OpenApiOperations.validate(validate, shapes)));
    String explain = names.take("explain" + shapes.base(), List.of(""));
    document
        .getPaths()
        .addPathItem(
            path + "/explain", new PathItem().post(OpenApiOperations.explain(explain, shapes)));
  }

  /** Null if no version would answer. */
  private @Nullable Shapes add(OpenAPI document, UniqueNames names, Target target, String wanted) {
    if (!(router.route(target) instanceof Routing.Routed routed)) {
      return null;
    }
    ModelVersion version = routed.version();
    Contract contract = routed.servable().contractInForce();
    String base = names.take(wanted, Shapes.COMPONENTS);
    Map<String, Map<String, Object>> schemas = new LinkedHashMap<>();
    schemas.put("Instance", JsonSchema.of(contract));
    schemas.put("Prediction", prediction(version, contract));
    OpenApiSchemas.addPredictions(base, version.model(), maxInstances, schemas);
    schemas.forEach((name, schema) ->
        document.getComponents().addSchemas(base + name, OpenApiSchemas.of(schema)));
    String example = version.exampleInstance();
    return new Shapes(
        version.model(),
        base,
        example == null ? null : JsonMapper.shared().readValue(example, Object.class),
        version.notice() != null);
  }

  /** By the version's own outputs, and by those of the version that stands in for it. */
  private Map<String, Object> prediction(ModelVersion version, Contract contract) {
    List<Map<String, Object>> forms =
        Stream.concat(
                Stream.of(prediction(contract.outputs(), shown(contract))),
                standIns(version, contract)
                    .map(other -> prediction(other.outputs(), shown(other).and(shown(contract)))))
            .distinct()
            .toList();
    return forms.size() == 1 ? forms.getFirst() : Map.of("anyOf", forms);
  }

  private static Disclosure.Probabilities shown(Contract contract) {
    return contract.disclosure().probabilities();
  }

  private Stream<Contract> standIns(ModelVersion version, Contract contract) {
    return contract.degradation().stream()
        .filter(Degradation.Fallback.class::isInstance)
        .map(way -> registry.find(version.model(), ((Degradation.Fallback) way).version()))
        .flatMap(other -> Stream.ofNullable(other == null ? null : other.servable()))
        .map(Servable::contract);
  }

  private static Map<String, Object> prediction(Outputs outputs, Disclosure.Probabilities shown) {
    boolean open = outputs.nonFinite() == Outputs.NonFinite.NULL;
    Map<String, Object> number = Map.of("type", open ? List.of("number", "null") : "number");
    return switch (outputs) {
      case Outputs.Classification classes -> {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("label", label(classes.labels(), open));
        if (!shown.labelOnly()) {
          properties.put("probabilities", probabilities(classes.labels(), number, shown));
          properties.put("confidence", number);
        }
        yield OpenApiSchemas.object(properties);
      }
      case Outputs.Regression ignored -> OpenApiSchemas.object(Map.of("value", number));
      case Outputs.Raw ignored ->
          OpenApiSchemas.object(
              Map.of(
                  "outputs",
                  Map.of(
                      "type", "object",
                      "description", "Each output of the graph by its name",
                      "additionalProperties", true)));
    };
  }

  private static Map<String, Object> probabilities(
      List<String> labels, Map<String, Object> number, Disclosure.Probabilities shown) {
    Map<String, Object> members = new LinkedHashMap<>();
    labels.forEach(label -> members.put(label, number));
    Map<String, Object> all = new LinkedHashMap<>(OpenApiSchemas.object(members));
    all.put("additionalProperties", false);
    if (shown.top() < labels.size()) {
      all.remove("required");
      all.put("minProperties", shown.top());
      all.put("maxProperties", shown.top());
    }
    if (shown.isRounded()) {
      all.put("description", "Rounded to " + shown.digits() + " decimal places");
    }
    return all;
  }

  private static Map<String, Object> label(List<String> labels, boolean open) {
    if (!open) {
      return Map.of("type", "string", "enum", labels);
    }
    List<@Nullable Object> values = new ArrayList<>(labels);
    values.add(null);
    return Map.of("type", List.of("string", "null"), "enum", values);
  }
}
