package io.evenkeel.routing;

import io.evenkeel.contract.Deprecation;
import io.evenkeel.contract.DeprecationSection;
import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.contract.YamlNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Routes as a document, in YAML or JSON: read with every mistake found, and written. */
public final class RoutesDocument {
  private static final Set<String> KEYS =
      Set.of(
          "stable",
          "canary",
          "shadow",
          "fallback",
          "pin",
          "diverted",
          "pinned",
          "acceptBreaking",
          "deprecated");

  private RoutesDocument() {}

  /**
   * Reads all routes.
   *
   * @param name what the text is called in mistakes
   * @throws UnusableModelException with every mistake found
   */
  public static Routes read(String name, String text) {
    Mistakes mistakes = new Mistakes();
    YamlNode document = YamlNode.parse(name, text, mistakes);
    document.allowKeys(Set.of("default", "models"));
    Map<String, ModelRoute> models = new LinkedHashMap<>();
    YamlNode section = document.find("models");
    if (section != null) {
      section.members().forEach((model, route) -> models.put(model, route(model, route)));
    }
    String defaultModel = document.findText("default");
    mistakes.throwIfAny();
    return new Routes(defaultModel, models);
  }

  /**
   * Reads one model's route.
   *
   * @param name what the text is called in mistakes
   * @throws UnusableModelException with every mistake found
   */
  public static ModelRoute readRoute(String name, String model, String text) {
    Mistakes mistakes = new Mistakes();
    ModelRoute route = route(model, YamlNode.parse(name, text, mistakes));
    mistakes.throwIfAny();
    return route;
  }

  private static ModelRoute route(String model, YamlNode node) {
    node.allowKeys(KEYS);
    if (!node.isMapping() || KEYS.stream().allMatch(key -> node.find(key) == null)) {
      node.mistake("the route of `" + model + "` says nothing", "add for example `stable: \"1\"`");
      return ModelRoute.NEWEST;
    }
    ModelRoute route =
        new ModelRoute(
            version(node, "stable"),
            split(node, "canary"),
            split(node, "shadow"),
            version(node, "fallback"),
            version(node, "pin"),
            node.flag("diverted", false),
            pinned(node),
            node.flag("acceptBreaking", false),
            deprecated(node));
    checkParts(node, route);
    return route;
  }

  private static void checkParts(YamlNode node, ModelRoute route) {
    Split canary = route.canary();
    YamlNode canaryNode = node.find("canary");
    if (canary != null && canaryNode != null) {
      if (route.stable() == null) {
        canaryNode.mistake(
            "there is a canary but no `stable`", "name the version that answers the others");
      } else if (canary.version().equals(route.stable())) {
        canaryNode.mistake(
            "canary and stable are the same version", "name another version, or drop the canary");
      }
    }
    YamlNode fallback = node.find("fallback");
    if (fallback != null && route.fallback() != null && route.fallback().equals(route.stable())) {
      fallback.mistake(
          "fallback and stable are the same version", "name another version, or drop `fallback`");
    }
    YamlNode diverted = node.find("diverted");
    if (diverted != null && route.diverted() && route.fallback() == null) {
      diverted.mistake("the model is diverted to no version", "name a `fallback`");
    }
    YamlNode shadow = node.find("shadow");
    if (shadow != null
        && route.shadow() != null
        && route.shadow().version().equals(route.stable())) {
      shadow.mistake(
          "shadow and stable are the same version", "name another version, or drop `shadow`");
    }
  }

  private static @Nullable String version(YamlNode node, String key) {
    String version = node.findText(key);
    if (version != null && version.isBlank()) {
      YamlNode found = node.find(key);
      if (found != null) {
        found.mistake("`" + key + "` names no version", "write for example `" + key + ": \"1\"`");
      }
      return null;
    }
    return version;
  }

  private static @Nullable Split split(YamlNode node, String key) {
    YamlNode section = node.find(key);
    if (section == null) {
      return null;
    }
    section.allowKeys(Set.of("version", "share"));
    if (!section.isMapping()) {
      section.mistake("expected a version and its share", "write `{version: \"2\", share: 5%}`");
      return null;
    }
    String version = section.requireText("version", "add for example `version: \"2\"`");
    String text = section.requireText("share", "add for example `share: 5%`");
    YamlNode shareNode = section.find("share");
    Share share = Share.parse(text);
    if (share == null) {
      if (shareNode != null) {
        shareNode.mistake(
            "`" + text + "` is no share",
            "write it in percent, from 0% to 100% with up to 4 decimals, for example `share: 5%`");
      }
      share = Share.NONE;
    }
    return new Split(version, share);
  }

  private static Map<String, String> pinned(YamlNode node) {
    Map<String, String> pinned = new TreeMap<>();
    YamlNode callers = node.find("pinned");
    if (callers != null) {
      callers.members().forEach((caller, version) -> pinned.put(caller, version.text()));
    }
    return pinned;
  }

  private static Map<String, Deprecation> deprecated(YamlNode route) {
    Map<String, Deprecation> deprecated = new TreeMap<>();
    YamlNode versions = route.find("deprecated");
    if (versions != null) {
      versions
          .members()
          .forEach((version, node) -> deprecated.put(version, DeprecationSection.readItself(node)));
    }
    return deprecated;
  }

  /** As JSON values that {@link #read} reads back, always in the same order. */
  public static Map<String, Object> write(Routes routes) {
    Map<String, Object> document = new LinkedHashMap<>();
    put(document, "default", routes.defaultModel());
    Map<String, Object> models = new LinkedHashMap<>();
    new TreeMap<>(routes.models()).forEach((model, route) -> models.put(model, write(route)));
    document.put("models", models);
    return document;
  }

  /** The same of one model's route. */
  public static Map<String, Object> write(ModelRoute route) {
    Map<String, Object> document = new LinkedHashMap<>();
    put(document, "stable", route.stable());
    put(document, "canary", write(route.canary()));
    put(document, "shadow", write(route.shadow()));
    put(document, "fallback", route.fallback());
    put(document, "pin", route.pin());
    if (route.diverted()) {
      document.put("diverted", true);
    }
    if (!route.pinned().isEmpty()) {
      document.put("pinned", new TreeMap<>(route.pinned()));
    }
    if (route.acceptBreaking()) {
      document.put("acceptBreaking", true);
    }
    if (!route.deprecated().isEmpty()) {
      Map<String, Object> deprecated = new TreeMap<>();
      route.deprecated().forEach((version, said) -> deprecated.put(version, write(said)));
      document.put("deprecated", deprecated);
    }
    return document;
  }

  private static @Nullable Map<String, Object> write(@Nullable Split split) {
    if (split == null) {
      return null;
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("version", split.version());
    document.put("share", split.share().toString());
    return document;
  }

  private static Map<String, Object> write(Deprecation deprecation) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("since", deprecation.since().toString());
    put(document, "sunset", deprecation.sunset() == null ? null : deprecation.sunset().toString());
    put(document, "message", deprecation.message());
    return document;
  }

  private static void put(Map<String, Object> document, String key, @Nullable Object value) {
    if (value != null) {
      document.put(key, value);
    }
  }
}
