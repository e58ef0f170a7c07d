package io.evenkeel.routing;

import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.contract.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code routes.yaml} says.
 *
 * @param defaultModel the model of {@code /v1/predict}; null where the file doesn't say
 * @param stable for each model that is named, the version that serves
 */
public record RoutesFile(@Nullable String defaultModel, Map<String, String> stable) {
  /** The file's name within the models' folder. */
  public static final String NAME = "routes.yaml";

  public RoutesFile {
    stable = Map.copyOf(stable);
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
    YamlNode models = document.find("models");
    if (models != null) {
      models
          .members()
          .forEach((model, route) -> {
            route.allowKeys(Set.of("stable"));
            stable.put(model, route.requireText("stable", "add for example `stable: \"1\"`"));
          });
    }
    String defaultModel = document.findText("default");
    mistakes.throwIfAny();
    return new RoutesFile(defaultModel, stable);
  }
}
