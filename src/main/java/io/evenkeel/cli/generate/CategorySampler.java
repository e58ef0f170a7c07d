package io.evenkeel.cli.generate;

import io.evenkeel.contract.Feature;
import io.evenkeel.contract.FeatureType;
import io.evenkeel.contract.UnknownCategory;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.monitoring.Reference;
import io.evenkeel.monitoring.Sketch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Categories, strings and booleans, by their shares. */
final class CategorySampler implements Sampler {
  private final List<String> texts;
  private final Shares shares;

  CategorySampler(Feature feature, Sketch.Categorical sketch, List<Drift> drifts) {
    Map<String, Double> weights = new LinkedHashMap<>();
    sketch
        .categories()
        .forEach((category, share) -> {
          if (takes(feature, category)) {
            weights.put(json(feature, category), share);
          }
        });
    if (feature.type() == FeatureType.CATEGORY
        && feature.text().unknown() == UnknownCategory.OTHER
        && sketch.other() > 0) {
      weights.put(unlisted(feature), sketch.other());
    }
    for (Drift drift : drifts) {
      if (drift instanceof Drift.Share share) {
        move(weights, json(feature, share.category()), share.amount());
      }
    }
    this.texts = new ArrayList<>(weights.keySet());
    this.shares = new Shares(new ArrayList<>(weights.values()));
    if (shares.isEmpty()) {
      throw new UnusableModelException(
          Reference.NAME,
          0,
          "`" + feature.name() + "` has no value that the contract takes",
          "make the file anew from the training data");
    }
  }

  private static boolean takes(Feature feature, String category) {
    return feature.text().values().isEmpty()
        || feature.text().values().contains(category)
        || feature.text().unknown() == UnknownCategory.OTHER;
  }

  private static String json(Feature feature, String category) {
    return feature.type() == FeatureType.BOOLEAN ? category : Json.quoted(category);
  }

  /** A text that isn't among the allowed values. */
  static String unlisted(Feature feature) {
    String text = "something else";
    while (feature.text().values().contains(text)) {
      text += "!";
    }
    return Json.quoted(text);
  }

  /** Gives a category more or less, and takes it from the others by their shares. */
  private static void move(Map<String, Double> weights, String category, double amount) {
    double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    double before = weights.getOrDefault(category, 0.0) / sum;
    double after = Math.clamp(before + amount, 0, 1);
    double others = before == 1 ? 0 : (1 - after) / (1 - before);
    weights.replaceAll((name, weight) -> weight / sum * others);
    weights.put(category, after);
  }

  @Override
  public String draw(RandomGenerator random) {
    return texts.get(shares.draw(random));
  }
}
