package io.evenkeel.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code fairness} section of a contract. */
final class FairnessSection {
  private final List<Feature> features;
  private final @Nullable Outputs outputs;

  /**
   * @param outputs what answers hold; null where that isn't known because of mistakes
   */
  FairnessSection(List<Feature> features, @Nullable Outputs outputs) {
    this.features = features;
    this.outputs = outputs;
  }

  /** Null where there is no such section, or mistakes were noted. */
  @Nullable Fairness read(YamlNode document) {
    YamlNode section = document.find("fairness");
    if (section == null) {
      return null;
    }
    section.allowKeys(Set.of("attribute", "bands", "favourable", "keepSensitive"));
    if (outputs instanceof Outputs.Raw) {
      section.mistake(
          "raw outputs aren't compared", "declare the outputs as a classification or regression");
    }
    String favourable = favourable(section);
    Feature feature = attribute(section);
    if (feature == null) {
      return null;
    }
    List<Double> bands = bands(section, feature);
    if (!isUsable(section, feature, bands)) {
      return null;
    }
    Fairness fairness = new Fairness(feature, bands, favourable);
    if (fairness.groups().size() > Fairness.MOST_GROUPS) {
      section.mistake(
          "`" + feature.name() + "` makes " + fairness.groups().size() + " groups",
          "choose one that makes at most " + Fairness.MOST_GROUPS);
    }
    return fairness;
  }

  private @Nullable Feature attribute(YamlNode section) {
    String name = section.requireText("attribute", "name the feature that tells groups apart");
    for (Feature feature : features) {
      if (feature.name().equals(name)) {
        return feature;
      }
    }
    YamlNode found = section.find("attribute");
    if (found != null) {
      found.mistakeOfName(
          "there is no feature `" + name + "`", features.stream().map(Feature::name).toList());
    }
    return null;
  }

  private @Nullable String favourable(YamlNode section) {
    YamlNode node = section.find("favourable");
    if (outputs instanceof Outputs.Classification classes) {
      List<String> labels = classes.labels();
      if (node == null) {
        return labels.size() == 2 ? labels.get(1) : null;
      }
      if (!labels.contains(node.text())) {
        node.mistakeOfName("there is no label `" + node.text() + "`", labels);
      }
      return node.text();
    }
    if (node != null && outputs != null) {
      node.mistake("only a classification has labels", "leave `favourable` out");
    }
    return null;
  }

  private static List<Double> bands(YamlNode section, Feature feature) {
    List<Double> bands = new ArrayList<>();
    for (YamlNode node : section.items("bands")) {
      double edge = feature.type().parsed(node.text());
      if (Double.isNaN(edge)) {
        node.mistake(
            "`" + node.text() + "` is no value of `" + feature.name() + "`",
            "write " + feature.type().expected());
      } else if (!bands.isEmpty() && edge <= bands.getLast()) {
        node.mistake("the bands don't ascend", "write them from the least to the greatest");
      } else {
        bands.add(edge);
      }
    }
    return bands;
  }

  private static boolean isUsable(YamlNode section, Feature feature, List<Double> bands) {
    String name = "`" + feature.name() + "`";
    boolean hasBands = section.find("bands") != null;
    boolean hasGroups =
        feature.type() == FeatureType.BOOLEAN
            || (feature.type().isText() && !feature.text().values().isEmpty());
    if (feature.sensitive() && !section.flag("keepSensitive", false)) {
      section.mistake(
          name + " is sensitive, and its groups would be kept with predictions",
          "add `keepSensitive: true` if that is permitted");
      return false;
    }
    if (feature.type().isOrdered() && bands.isEmpty()) {
      section.mistake(
          name + " doesn't say where its groups begin", "add `bands`, for example `[18, 65]`");
      return false;
    }
    if (!feature.type().isOrdered() && !hasGroups) {
      section.mistake(
          name + " has no groups",
          "choose a category, a boolean, a string with `values`, or an ordered feature with"
              + " `bands`");
      return false;
    }
    if (hasGroups && hasBands) {
      section.mistake(name + " has groups already", "leave `bands` out");
      return false;
    }
    return true;
  }
}
