package io.evenkeel.cli.generate;

import io.evenkeel.contract.Bounds;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.FeatureType;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The ways in which a value can break the rules of its own feature. */
final class ValueBreaks {
  /** Beyond every float, and beyond the integers that JSON carries exactly. */
  private static final String TOO_LARGE = "1e39";

  private final int index;
  private final Feature feature;
  private final List<Variation> found = new ArrayList<>();

  private ValueBreaks(int index, Feature feature) {
    this.index = index;
    this.feature = feature;
  }

  static List<Variation> of(int index, Feature feature, Sampler values) {
    ValueBreaks breaks = new ValueBreaks(index, feature);
    switch (values) {
      case NumericSampler numbers -> breaks.addNumbers(numbers);
      case TensorSampler tensors -> breaks.addTensors(tensors);
      case CategorySampler texts when feature.type().isText() -> breaks.addTexts(texts);
      default -> breaks.add("type", "\"true\"");
    }
    return breaks.found;
  }

  private void addNumbers(NumericSampler numbers) {
    NumberLine line = numbers.line();
    if (feature.type().isTemporal()) {
      add("type", "20000");
      add("format", "\"2026-02-30\"");
      add("format", "\"yesterday\"");
    } else {
      add("type", random -> '"' + numbers.draw(random) + '"');
      add("finite", TOO_LARGE);
    }
    if (feature.type() == FeatureType.INTEGER) {
      add("type", random -> numbers.draw(random) + ".5");
      if (!feature.text().values().isEmpty()) {
        add("values", random -> line.json(Math.rint(numbers.spread() * random.nextGaussian())));
      }
    }
    for (Bounds.End end : Bounds.End.values()) {
      double bound = feature.bounds().at(end);
      if (Double.isFinite(bound)) {
        add(end.rule(), random -> line.json(beyond(bound, end, numbers, random)));
      }
    }
  }

  /** Beyond a bound by a step or more; an exclusive bound is broken by itself too. */
  private static double beyond(
      double bound, Bounds.End end, NumericSampler numbers, RandomGenerator random) {
    double distance = numbers.line().step() + random.nextDouble() * numbers.spread();
    double steps =
        numbers.line().isWhole()
            ? Math.ceil(distance)
            : Math.round(distance / numbers.line().step()) * numbers.line().step();
    boolean onIt = random.nextBoolean();
    return switch (end) {
      case MINIMUM -> bound - steps;
      case MAXIMUM -> bound + steps;
      case EXCLUSIVE_MINIMUM -> onIt ? bound : bound - steps;
      case EXCLUSIVE_MAXIMUM -> onIt ? bound : bound + steps;
    };
  }

  private void addTexts(CategorySampler texts) {
    Feature.TextRules rules = feature.text();
    add("type", "12");
    add("wellFormed", "\"\\ud800\"");
    if (!rules.values().isEmpty()) {
      add("values", CategorySampler.unlisted(feature));
      return;
    }
    if (rules.pattern() != null) {
      add(
          "pattern",
          random -> Json.quoted(Texts.odd(rules.minLength(), rules.maxLength(), random)));
    }
    if (rules.minLength() > 0) {
      addLength("minLength", texts, rules.minLength() - 1);
    }
    if (rules.maxLength() < Integer.MAX_VALUE) {
      addLength("maxLength", texts, rules.maxLength() + 1);
    }
  }

  private void addLength(String rule, CategorySampler texts, int length) {
    add(rule, random -> Json.quoted(Texts.ofLength(Json.unquoted(texts.draw(random)), length)));
  }

  private void addTensors(TensorSampler tensors) {
    NumberLine line = tensors.line();
    add("type", "true");
    add("shape", "[]");
    addElement("type", tensors, "\"ink\"");
    addElement("finite", tensors, TOO_LARGE);
    for (Bounds.End end : Bounds.End.values()) {
      double bound = feature.bounds().at(end);
      if (Double.isFinite(bound)) {
        boolean low = end == Bounds.End.MINIMUM || end == Bounds.End.EXCLUSIVE_MINIMUM;
        double step = line.isWhole() ? 1 : line.step();
        addElement(end.rule(), tensors, line.json(low ? bound - step : bound + step));
      }
    }
  }

  /** Breaks a rule with one element alone. */
  private void addElement(String rule, TensorSampler tensors, String element) {
    add(
        rule,
        random -> {
          String[] elements = tensors.elements(random);
          elements[random.nextInt(elements.length)] = element;
          return tensors.json(elements);
        });
  }

  private void add(String rule, String json) {
    add(rule, random -> json);
  }

  private void add(String rule, Sampler values) {
    found.add(new Variation(new Aim(feature.name(), rule), Variation.value(index, values)));
  }
}
