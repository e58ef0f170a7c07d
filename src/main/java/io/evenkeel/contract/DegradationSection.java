package io.evenkeel.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the {@code degradation} section of a contract. */
final class DegradationSection {
  private static final Pattern VERSION = Pattern.compile("\\d{1,9}(\\.\\d{1,9}){0,2}");

  private final @Nullable Outputs outputs;

  /**
   * @param outputs what a default has to fit; null where that isn't known because of mistakes
   */
  DegradationSection(@Nullable Outputs outputs) {
    this.outputs = outputs;
  }

  /** The ways in the order in which they are tried; incomplete where mistakes were noted. */
  List<Degradation> read(YamlNode document) {
    List<Degradation> ways = new ArrayList<>();
    YamlNode section = document.find("degradation");
    if (section == null) {
      return ways;
    }
    Set<Degradation.Mode> seen = EnumSet.noneOf(Degradation.Mode.class);
    for (YamlNode node : section.items()) {
      Degradation way = way(node);
      if (way == null) {
        continue;
      }
      if (seen.contains(Degradation.Mode.DEFAULT)) {
        node.mistake("what comes after `default` is never tried", "put `default` last");
      } else if (!seen.add(way.mode())) {
        node.mistake("`" + way.mode().word() + "` stands twice", "keep one of them");
      }
      ways.add(way);
    }
    if (section.isSequence() && section.items().isEmpty()) {
      section.mistake("there is no way to degrade", "list at least one, or leave the section out");
    }
    return ways;
  }

  /** Null where what it says isn't enough to go on with. */
  private @Nullable Degradation way(YamlNode node) {
    YamlNode cache = node.find(Degradation.Mode.CACHE.word());
    YamlNode fallback = node.find(Degradation.Mode.FALLBACK.word());
    YamlNode stated = node.find(Degradation.Mode.DEFAULT.word());
    if (cache != null) {
      node.allowKeys(Set.of(Degradation.Mode.CACHE.word()));
      return cache(cache);
    } else if (fallback != null) {
      node.allowKeys(Set.of(Degradation.Mode.FALLBACK.word()));
      return fallback(fallback);
    } else if (stated != null) {
      node.allowKeys(Set.of(Degradation.Mode.DEFAULT.word()));
      return outputs == null ? null : DefaultReader.read(stated, outputs);
    }
    node.mistake("this is no way to degrade", "begin it with `cache:`, `fallback:` or `default:`");
    return null;
  }

  private static Degradation cache(YamlNode node) {
    node.allowKeys(Set.of("maxAge", "maxSize"));
    Duration maxAge = Duration.ofMillis(Quantity.DURATION.require(node, "maxAge"));
    return new Degradation.Cache(maxAge, Quantity.SIZE.require(node, "maxSize"));
  }

  private static Degradation fallback(YamlNode node) {
    node.allowKeys(Set.of("version"));
    String version = node.requireText("version", "name another version of this model");
    if (!version.isEmpty() && !VERSION.matcher(version).matches()) {
      node.mistake(
          "`" + version + "` is no version",
          "write it like the version's folder, for example `2.1`");
    }
    return new Degradation.Fallback(version);
  }

  /** Notes a mistake where a version would fall back to itself. */
  static void checkFallback(YamlNode document, String ownVersion) {
    for (YamlNode node : document.items("degradation")) {
      YamlNode fallback = node.find(Degradation.Mode.FALLBACK.word());
      if (fallback != null && ownVersion.equals(fallback.findText("version"))) {
        fallback.mistake(
            "version `" + ownVersion + "` falls back to itself",
            "name another version of this model");
      }
    }
  }
}
