package io.evenkeel.preprocess;

import io.evenkeel.contract.Feature;
import io.evenkeel.contract.FeatureType;
import io.evenkeel.contract.YamlNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one transform of one feature from a contract, noting mistakes. */
final class TransformReader {
  private static final Set<String> NAMES =
      Set.of(
          "passthrough",
          "impute",
          "missingIndicator",
          "standardize",
          "minMax",
          "log1p",
          "clip",
          "bucketize",
          "oneHot",
          "ordinal",
          "hash",
          "dateParts");

  private final Feature feature;

  TransformReader(Feature feature) {
    this.feature = feature;
  }

  /** The transform, or null if a mistake was noted. */
  @Nullable Transform read(YamlNode node) {
    String name;
    YamlNode argument = null;
    if (node.isMapping()) {
      Map<String, YamlNode> members = node.members();
      if (members.size() != 1) {
        node.mistake(
            "a transform is one name with its settings",
            "write it like `standardize: {mean: 1, scale: 2}`");
        return null;
      }
      name = members.keySet().iterator().next();
      argument = members.get(name);
    } else {
      name = node.text();
    }
    if (!NAMES.contains(name)) {
      node.mistake(
          "`" + name + "` is no transform", "use one of " + NAMES.stream().sorted().toList());
      return null;
    }
    return argument == null ? bare(name, node) : configured(name, argument);
  }

  private @Nullable Transform bare(String name, YamlNode node) {
    return switch (name) {
      case "passthrough" -> new Transform.Passthrough();
      case "missingIndicator" -> new Transform.MissingIndicator();
      case "log1p" -> new Transform.Log1p();
      case "oneHot" -> new Transform.OneHot(ownValues(node), false);
      case "ordinal" -> new Transform.Ordinal(ownValues(node), -1);
      default -> {
        node.mistake(
            "`" + name + "` lacks its settings",
            "see docs/model-folder.md for what `" + name + "` takes");
        yield null;
      }
    };
  }

  private @Nullable Transform configured(String name, YamlNode node) {
    return switch (name) {
      case "impute" -> impute(node);
      case "standardize" -> standardize(node);
      case "minMax" -> minMax(node);
      case "clip" -> clip(node);
      case "bucketize" -> bucketize(node);
      case "oneHot" -> {
        node.allowKeys(Set.of("values", "other"));
        yield new Transform.OneHot(values(node), node.flag("other", false));
      }
      case "ordinal" -> {
        node.allowKeys(Set.of("values", "unknown"));
        yield new Transform.Ordinal(values(node), node.number("unknown", -1));
      }
      case "hash" -> hash(node);
      case "dateParts" -> dateParts(node);
      default -> {
        node.mistake("`" + name + "` takes no settings", "write just `" + name + "`");
        yield null;
      }
    };
  }

  private Transform impute(YamlNode node) {
    String text = node.text();
    if (feature.type().isText()) {
      return new Transform.Impute(Double.NaN, text);
    }
    if (text.equalsIgnoreCase("nan")) {
      return new Transform.Impute(Double.NaN, null);
    }
    if (feature.type() == FeatureType.BOOLEAN) {
      if (!text.equals("true") && !text.equals("false")) {
        node.mistake("`" + text + "` is neither true nor false", "impute `true` or `false`");
      }
      return new Transform.Impute(text.equals("true") ? 1 : 0, null);
    }
    if (feature.type().isTemporal()) {
      double days = date(node).toEpochDay();
      return new Transform.Impute(feature.type() == FeatureType.DATE ? days : days * 86_400, null);
    }
    return new Transform.Impute(node.number(), null);
  }

  private static Transform standardize(YamlNode node) {
    node.allowKeys(Set.of("mean", "scale"));
    double scale = node.requireNumber("scale");
    if (scale == 0) {
      node.mistake(
          "`scale` is 0", "divide by the standard deviation, or leave a constant feature out");
    }
    return new Transform.Standardize(node.requireNumber("mean"), scale);
  }

  private static Transform minMax(YamlNode node) {
    node.allowKeys(Set.of("min", "max"));
    double min = node.requireNumber("min");
    double max = node.requireNumber("max");
    if (min == max) {
      node.mistake("`min` and `max` are equal", "give the ends of the training data's range");
    }
    return new Transform.MinMax(min, max);
  }

  private static Transform clip(YamlNode node) {
    node.allowKeys(Set.of("min", "max"));
    double min = node.number("min", Double.NEGATIVE_INFINITY);
    double max = node.number("max", Double.POSITIVE_INFINITY);
    if (min > max || (Double.isInfinite(min) && Double.isInfinite(max))) {
      node.mistake(
          "this clips nothing sensibly", "give `min`, `max` or both, the smaller one as `min`");
    }
    return new Transform.Clip(min, max);
  }

  private static Transform bucketize(YamlNode node) {
    node.allowKeys(Set.of("edges", "output"));
    List<Double> edges = new ArrayList<>();
    for (YamlNode item : node.items("edges")) {
      double edge = item.number();
      if (!edges.isEmpty() && edge <= edges.getLast()) {
        item.mistake("the edges don't ascend", "sort them, each once");
      }
      edges.add(edge);
    }
    if (edges.isEmpty()) {
      node.mistake("there are no `edges`", "list at least one");
    }
    return new Transform.Bucketize(
        edges, node.choice("output", Transform.Layout.class, Transform.Layout.INDEX));
  }

  private static Transform hash(YamlNode node) {
    node.allowKeys(Set.of("buckets", "seed", "output"));
    int buckets = node.integer("buckets", 0);
    if (buckets < 1) {
      node.mistake("`buckets` is missing or below 1", "say how many buckets training used");
    }
    Transform.Layout layout =
        node.choice("output", Transform.Layout.class, Transform.Layout.ONE_HOT);
    return new Transform.Hash(Math.max(1, buckets), node.integer("seed", 0), layout);
  }

  private Transform dateParts(YamlNode node) {
    node.allowKeys(Set.of("parts", "reference"));
    List<DatePart> parts = new ArrayList<>();
    for (YamlNode item : node.items("parts")) {
      DatePart part = find(item.text());
      if (part == null) {
        item.mistake(
            "`" + item.text() + "` is no part of a date",
            "see the list of parts in docs/model-folder.md");
      } else if (part.needsTime() && feature.type() != FeatureType.DATETIME) {
        item.mistake("a date has no hour", "use a datetime, or another part");
      } else {
        parts.add(part);
      }
    }
    if (node.items("parts").isEmpty()) {
      node.mistake("there are no `parts`", "list at least one, for example `parts: [year]`");
    }
    YamlNode reference = node.find("reference");
    if (reference == null && parts.contains(DatePart.DAYS_SINCE)) {
      node.mistake("`daysSince` needs a `reference`", "add for example `reference: 2020-01-01`");
    }
    return new Transform.DateParts(parts, reference == null ? LocalDate.EPOCH : date(reference));
  }

  private static @Nullable DatePart find(String name) {
    for (DatePart part : DatePart.values()) {
      if (YamlNode.written(part).equals(name)) {
        return part;
      }
    }
    return null;
  }

  private static LocalDate date(YamlNode node) {
    try {
      return LocalDate.parse(node.text());
    } catch (DateTimeParseException e) {
      node.mistake("`" + node.text() + "` is no date", "write it like 2020-01-01");
      return LocalDate.EPOCH;
    }
  }

  private List<String> values(YamlNode node) {
    if (node.find("values") == null) {
      return ownValues(node);
    }
    List<String> values = new ArrayList<>();
    for (YamlNode item : node.items("values")) {
      String value = value(item);
      if (values.contains(value)) {
        item.mistake("the value `" + item.text() + "` stands twice", "keep one of them");
      }
      values.add(value);
    }
    if (values.isEmpty()) {
      node.mistake("there are no `values`", "list at least one");
    }
    return values;
  }

  /** A listed value, of the feature's own type: as text, or as Java writes the number. */
  private String value(YamlNode item) {
    String text = item.text();
    return switch (feature.type()) {
      case NUMBER, INTEGER -> Double.toString(item.number());
      case BOOLEAN -> {
        if (!text.equals("true") && !text.equals("false")) {
          item.mistake("`" + text + "` is neither true nor false", "write `true` or `false`");
        }
        yield text;
      }
      case CATEGORY, STRING, DATE, DATETIME, TENSOR -> text;
    };
  }

  private List<String> ownValues(YamlNode node) {
    if (feature.type() == FeatureType.BOOLEAN) {
      return List.of("false", "true");
    }
    if (feature.text().values().isEmpty()) {
      node.mistake("`" + feature.name() + "` has no values of its own", "list `values` here");
    }
    return feature.text().values();
  }
}
