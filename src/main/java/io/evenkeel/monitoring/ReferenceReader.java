package io.evenkeel.monitoring;

import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.UnusableModelException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code reference.json} strictly, and notes every mistake by its place. For one reading. */
final class ReferenceReader {
  private static final ObjectReader JSON =
      JsonMapper.shared().reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
  static final String MEND = "make the file anew from the training data";
  private static final double ROUNDING = 1e-6;

  private final Mistakes mistakes = new Mistakes();

  /** Of the document: what a sketch was made of that doesn't say. */
  private long documentRows;

  Reference read(byte[] json) {
    JsonNode document = parse(json);
    allow(
        document,
        "",
        Set.of(
            "schemaVersion", "rows", "features", "outputs", "importance", "covariance", "seasons"));
    if (document.path("schemaVersion").asInt(0) != 1) {
      mistake("schemaVersion", "is not 1, the form that is known", MEND);
    }
    documentRows = document.path("rows").asLong(0);
    if (documentRows < 1) {
      mistake("rows", "is no count of at least 1", "write how many rows the file was made of");
    }
    Map<String, Sketch> features = sketches(document, "features");
    Map<String, Sketch> outputs =
        document.has("outputs") ? sketches(document, "outputs") : Map.of();
    Importance importance = document.has("importance") ? importance(document) : null;
    Covariance covariance =
        document.has("covariance")
            ? new CovarianceReader(this).read(document.path("covariance"))
            : null;
    Seasons seasons =
        document.has("seasons")
            ? new SeasonsReader(this, features, outputs).read(document.path("seasons"))
            : null;
    mistakes.throwIfAny();
    return new Reference(documentRows, features, outputs, importance, covariance, seasons);
  }

  /** How many mistakes there are so far. */
  int mistakes() {
    return mistakes.all().size();
  }

  private static JsonNode parse(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
      throw new UnusableModelException(
          Reference.NAME,
          line,
          "this is not valid JSON, or a member stands twice",
          "correct it, or make the file anew from the training data");
    }
  }

  private Map<String, Sketch> sketches(JsonNode document, String section) {
    JsonNode found = document.path(section);
    Map<String, Sketch> sketches = new LinkedHashMap<>();
    if (!found.isObject()) {
      mistake(section, "is no object with a sketch for each", MEND);
      return sketches;
    }
    found
        .properties()
        .forEach(member -> {
          Sketch sketch = sketch(member.getValue(), section + "/" + member.getKey());
          if (sketch != null) {
            sketches.put(member.getKey(), sketch);
          }
        });
    return sketches;
  }

  private Importance importance(JsonNode document) {
    String where = "importance";
    JsonNode section = document.path(where);
    allow(section, where, Set.of("rows", "method", "features"));
    if (!section.path("method").asString("").equals(Importance.METHOD)) {
      mistake(where + "/method", "is not `occlusion`, the only one that is known", MEND);
    }
    long rows = section.path("rows").asLong(0);
    if (rows < 2) {
      mistake(where + "/rows", "is no count of at least 2", MEND);
    }
    JsonNode members = section.path("features");
    if (!members.isObject()) {
      mistake(where + "/features", "is no object with `mean` and `sd` for each feature", MEND);
    }
    Map<String, Importance.Spread> features = new LinkedHashMap<>();
    for (String name : members.propertyNames()) {
      features.put(name, spread(members.path(name), where + "/features/" + name));
    }
    return new Importance(Math.max(2, rows), features);
  }

  private Importance.Spread spread(JsonNode node, String where) {
    allow(node, where, Set.of("mean", "sd"));
    return new Importance.Spread(size(node, "mean", where), size(node, "sd", where));
  }

  private double size(JsonNode node, String key, String where) {
    double size = number(node, key, where);
    if (size < 0) {
      mistake(where + "/" + key, "is negative", MEND);
    }
    return Math.max(0, size);
  }

  private @Nullable Sketch sketch(JsonNode node, String where) {
    return switch (node.path("kind").asString("")) {
      case "numeric" -> numeric(node, where);
      case "categorical" -> categorical(node, where);
      case "tensor" -> tensor(node, where);
      default -> {
        mistake(where + "/kind", "is none of numeric, categorical and tensor", MEND);
        yield null;
      }
    };
  }

  private Sketch.@Nullable Numeric numeric(JsonNode node, String where) {
    allow(
        node,
        where,
        Set.of("kind", "rows", "missing", "edges", "probabilities", "mean", "std", "min", "max"));
    int before = mistakes.all().size();
    List<Double> edges = numbers(node, "edges", where);
    List<Double> probabilities = numbers(node, "probabilities", where);
    double minimum = number(node, "min", where);
    double maximum = number(node, "max", where);
    for (int i = 1; i < edges.size(); i++) {
      if (edges.get(i - 1) >= edges.get(i)) {
        mistake(where + "/edges", "don't ascend at position " + i, "merge equal edges");
      }
    }
    if (probabilities.size() != edges.size() + 1) {
      mistake(where + "/probabilities", "aren't one more than the edges", MEND);
    }
    checkShares(probabilities, where + "/probabilities");
    if (minimum > maximum) {
      mistake(where + "/min", "is greater than max", MEND);
    }
    double mean = number(node, "mean", where);
    double deviation = deviation(number(node, "std", where), where);
    double missing = missing(node, where);
    long rows = rows(node, where);
    return mistakes.all().size() > before
        ? null
        : new Sketch.Numeric(
            rows, missing, edges, probabilities, mean, deviation, minimum, maximum);
  }

  private Sketch.@Nullable Categorical categorical(JsonNode node, String where) {
    allow(node, where, Set.of("kind", "rows", "missing", "categories", "other"));
    int before = mistakes.all().size();
    Map<String, Double> categories = new LinkedHashMap<>();
    JsonNode members = node.path("categories");
    if (!members.isObject()) {
      mistake(where + "/categories", "is no object with the share of each value", MEND);
    }
    for (String name : members.propertyNames()) {
      categories.put(name, number(members, name, where + "/categories"));
    }
    double other = number(node, "other", where);
    double missing = missing(node, where);
    long rows = rows(node, where);
    if (mistakes.all().size() == before) {
      List<Double> shares = new ArrayList<>(categories.values());
      shares.add(other);
      // Where every value was missing there are no shares.
      if (missing < 1) {
        checkShares(shares, where + "/categories");
      }
    }
    return mistakes.all().size() > before
        ? null
        : new Sketch.Categorical(rows, missing, categories, other);
  }

  private Sketch.@Nullable Tensor tensor(JsonNode node, String where) {
    allow(node, where, Set.of("kind", "rows", "missing", "mean", "std", "overall"));
    int before = mistakes.all().size();
    List<Double> mean = numbers(node, "mean", where);
    List<Double> deviations = numbers(node, "std", where);
    deviations.forEach(deviation -> deviation(deviation, where));
    if (mean.size() != deviations.size()) {
      mistake(where + "/std", "isn't as long as mean", MEND);
    }
    double missing = missing(node, where);
    long rows = rows(node, where);
    Sketch.Numeric overall = numeric(node.path("overall"), where + "/overall");
    return mistakes.all().size() > before || overall == null
        ? null
        : new Sketch.Tensor(rows, missing, mean, deviations, overall);
  }

  /** How many rows a sketch was made of; those of the document where it doesn't say. */
  long rows(JsonNode node, String where) {
    long own = node.path("rows").asLong(node.has("rows") ? 0 : Math.max(1, documentRows));
    if (own < 1) {
      mistake(where + "/rows", "is no count of at least 1", MEND);
    }
    return own;
  }

  double missing(JsonNode node, String where) {
    double missing = number(node, "missing", where);
    if (missing < 0 || missing > 1) {
      mistake(where + "/missing", "is no share", "write a number from 0 to 1");
    }
    return missing;
  }

  private double deviation(double deviation, String where) {
    if (deviation < 0) {
      mistake(where + "/std", "is negative", MEND);
    }
    return deviation;
  }

  void checkShares(List<Double> shares, String where) {
    double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
    if (shares.stream().anyMatch(share -> share < 0) || Math.abs(sum - 1) > ROUNDING) {
      mistake(where, "aren't shares that add up to 1", MEND);
    }
  }

  List<Double> numbers(JsonNode node, String key, String where) {
    return numbers(node.path(key), where + "/" + key);
  }

  List<Double> numbers(JsonNode array, String where) {
    List<Double> numbers = new ArrayList<>();
    if (!array.isArray()) {
      mistake(where, "is no array of numbers", MEND);
      return numbers;
    }
    for (int i = 0; i < array.size(); i++) {
      numbers.add(finite(array.path(i), where + "/" + i));
    }
    return numbers;
  }

  double number(JsonNode node, String key, String where) {
    return finite(node.path(key), where + "/" + key);
  }

  private double finite(JsonNode node, String where) {
    if (node.isNumber() && Double.isFinite(node.asDouble())) {
      return node.asDouble();
    }
    mistake(where, node.isMissingNode() ? "is missing" : "is no number", MEND);
    return 0;
  }

  void allow(JsonNode node, String where, Set<String> keys) {
    for (String key : node.propertyNames()) {
      if (!keys.contains(key)) {
        mistake(
            where.isEmpty() ? key : where + "/" + key,
            "is no key that is known",
            "leave it out, or correct its name");
      }
    }
  }

  void mistake(String where, String cause, String mend) {
    mistakes.add(Reference.NAME, 0, "`" + where + "` " + cause, mend);
  }
}
