package io.evenkeel.routing;

import io.evenkeel.contract.Deprecation;
import io.evenkeel.contract.DeprecationSection;
import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.contract.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code routes.yaml} says.
 *
 * @param defaultModel the model of {@code /v1/predict}; null where the file doesn't say
 * @param stable for each model that is named with one, the version that serves
 * @param acceptBreaking the models whose versions may break their predecessors' clients
 * @param deprecated by model and version, that it is going away
 */
public record RoutesFile(
    @Nullable String defaultModel,
    Map<String, String> stable,
    Set<String> acceptBreaking,
    Map<String, Map<String, Deprecation>> deprecated) {
  /** The file's name within the models' folder. */
  public static final String NAME = "routes.yaml";

  private static final Set<String> KEYS = Set.of("stable", "acceptBreaking", "deprecated");

  public RoutesFile {
    stable = Map.copyOf(stable);
    acceptBreaking = Set.copyOf(acceptBreaking);
    deprecated = Map.copyOf(deprecated);
  }

  /** Routes that neither accept what breaks clients nor let go of a version. */
  public RoutesFile(@Nullable String defaultModel, Map<String, String> stable) {
    this(defaultModel, stable, Set.of(), Map.of());
  }

  /**
   * Reads the file, if there is one.
   *
   * @throws UnusableModelException with every mistake found
   */
  public static RoutesFile read(Path models) {
    Path file = models.resolve(NAME);
    if (!Files.exists(file)) {
      return new RoutesFile(null, Map.of());
    }
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new UnusableModelException(
          NAME, 0, "the file can't be read", "check its permissions, and that it is UTF-8");
    }
  }

  private static RoutesFile parse(String text) {
    Mistakes mistakes = new Mistakes();
    YamlNode document = YamlNode.parse(NAME, text, mistakes);
    document.allowKeys(Set.of("default", "models"));
    Map<String, String> stable = new HashMap<>();
    Set<String> acceptBreaking = new HashSet<>();
    Map<String, Map<String, Deprecation>> deprecated = new HashMap<>();
    YamlNode models = document.find("models");
    if (models != null) {
      models
          .members()
          .forEach((model, route) -> {
            route.allowKeys(KEYS);
            if (route.find("stable") != null || !saysMore(route)) {
              stable.put(model, route.requireText("stable", "add for example `stable: \"1\"`"));
            }
            if (route.flag("acceptBreaking", false)) {
              acceptBreaking.add(model);
            }
            if (route.find("deprecated") != null) {
              deprecated.put(model, deprecated(route));
            }
          });
    }
    String defaultModel = document.findText("default");
    mistakes.throwIfAny();
    return new RoutesFile(defaultModel, stable, acceptBreaking, deprecated);
  }

  private static boolean saysMore(YamlNode route) {
    return KEYS.stream().anyMatch(key -> route.find(key) != null);
  }

  private static Map<String, Deprecation> deprecated(YamlNode route) {
    Map<String, Deprecation> deprecated = new HashMap<>();
    YamlNode versions = route.find("deprecated");
    if (versions != null) {
      versions
          .members()
          .forEach((version, node) -> deprecated.put(version, DeprecationSection.readItself(node)));
    }
    return Map.copyOf(deprecated);
  }
}
