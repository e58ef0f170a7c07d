package io.evenkeel.monitoring;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the section {@code covariance} of {@code reference.json}. For one reading. */
final class CovarianceReader {
  private static final String SECTION = "covariance";
  private static final String SHRINK =
      "make it anew with shrinkage, as models/modelfolder.py does by Ledoit and Wolf";

  private final ReferenceReader reader;

  CovarianceReader(ReferenceReader reader) {
    this.reader = reader;
  }

  /** The section; null where something is wrong with it, which is noted. */
  @Nullable Covariance read(JsonNode node) {
    int before = reader.mistakes();
    if (!node.isObject()) {
      reader.mistake(SECTION, "is no object", ReferenceReader.MEND);
      return null;
    }
    reader.allow(
        node,
        SECTION,
        Set.of(
            "rows", "features", "mean", "std", "shrinkage", "correlation", "shares", "distances"));
    List<String> features = features(node.path("features"));
    if (features.size() < 2 || features.size() > Covariance.MOST_FEATURES) {
      reader.mistake(
          SECTION + "/features",
          "has " + features.size() + " names, not 2 to " + Covariance.MOST_FEATURES,
          "keep the most important ones, or leave the section out");
      return null;
    }
    Covariance found =
        new Covariance(
            reader.rows(node, SECTION),
            features,
            sized(node, "mean", features.size()),
            deviations(node, features.size()),
            correlation(node.path("correlation"), features.size()),
            shares(node),
            distances(node));
    if (found.shares().size() != found.distances().size()) {
      reader.mistake(SECTION + "/distances", "aren't as many as shares", ReferenceReader.MEND);
    }
    if (reader.mistakes() > before) {
      return null;
    }
    try {
      found.factor();
      return found;
    } catch (ArithmeticException e) {
      reader.mistake(SECTION + "/correlation", "can't be: " + e.getMessage(), SHRINK);
      return null;
    }
  }

  private List<String> features(JsonNode node) {
    Set<String> seen = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (JsonNode name : node) {
      if (!name.isString() || !seen.add(name.asString())) {
        reader.mistake(
            SECTION + "/features", "has something that is no name, or a name twice", "correct it");
      }
      names.add(name.asString(""));
    }
    return names;
  }

  private List<Double> sized(JsonNode node, String key, int size) {
    List<Double> numbers = reader.numbers(node, key, SECTION);
    if (numbers.size() != size) {
      reader.mistake(SECTION + "/" + key, "isn't as long as features", ReferenceReader.MEND);
    }
    return numbers;
  }

  private List<Double> deviations(JsonNode node, int size) {
    List<Double> deviations = sized(node, "std", size);
    if (deviations.stream().anyMatch(deviation -> deviation <= 0)) {
      reader.mistake(
          SECTION + "/std", "has one that isn't above 0", "leave out features that never change");
    }
    return deviations;
  }

  private List<List<Double>> correlation(JsonNode node, int size) {
    List<List<Double>> rows = new ArrayList<>();
    if (!node.isArray() || node.size() != size - 1) {
      reader.mistake(
          SECTION + "/correlation",
          "isn't an array for each feature but the first",
          ReferenceReader.MEND);
      return rows;
    }
    for (int i = 0; i < node.size(); i++) {
      List<Double> row = reader.numbers(node.path(i), SECTION + "/correlation/" + i);
      if (row.size() != i + 1 || row.stream().anyMatch(one -> Math.abs(one) > 1)) {
        reader.mistake(
            SECTION + "/correlation/" + i,
            "isn't a number from -1 to 1 for each feature before",
            ReferenceReader.MEND);
      }
      rows.add(row);
    }
    return rows;
  }

  private List<Double> shares(JsonNode node) {
    List<Double> shares = reader.numbers(node, "shares", SECTION);
    boolean ascend = shares.size() >= 2 && shares.getFirst() >= 0 && shares.getLast() <= 1;
    for (int i = 1; i < shares.size(); i++) {
      ascend &= shares.get(i - 1) < shares.get(i);
    }
    if (!ascend) {
      reader.mistake(
          SECTION + "/shares", "aren't two or more that ascend within 0 and 1", "correct them");
    }
    return shares;
  }

  private List<Double> distances(JsonNode node) {
    List<Double> distances = reader.numbers(node, "distances", SECTION);
    boolean ascend = distances.isEmpty() || distances.getFirst() >= 0;
    for (int i = 1; i < distances.size(); i++) {
      ascend &= distances.get(i - 1) <= distances.get(i);
    }
    if (!ascend) {
      reader.mistake(SECTION + "/distances", "are negative or don't ascend", ReferenceReader.MEND);
    }
    return distances;
  }
}
