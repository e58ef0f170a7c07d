package io.evenkeel.cli.generate;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.Rule;
import io.evenkeel.contract.UnknownFields;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The ways to break a contract. Some never work, such as a text that a pattern refuses where the
 * pattern takes any; the trial of each shows which.
 */
final class Breaks {
  private final RowSampler rows;
  private final Contract contract;
  private final List<Variation> found = new ArrayList<>();

  private Breaks(RowSampler rows) {
    this.rows = rows;
    this.contract = rows.contract();
  }

  static List<Variation> of(RowSampler rows) {
    Breaks breaks = new Breaks(rows);
    for (int i = 0; i < breaks.contract.features().size(); i++) {
      breaks.addPresence(i);
      ValueBreaks.of(i, breaks.contract.features().get(i), rows.sampler(i).values())
          .forEach(breaks.found::add);
    }
    breaks.addNames();
    breaks.contract.rules().forEach(breaks::addRule);
    return breaks.found;
  }

  private void addPresence(int index) {
    Feature feature = contract.features().get(index);
    if (feature.presence().required()) {
      add(feature.name(), "required", Variation.absence(index));
    }
    if (!feature.presence().nullable()) {
      add(feature.name(), "nullable", Variation.value(index, random -> Json.NULL));
    }
    add(
        feature.name(),
        "duplicate",
        (draft, random) -> {
          String value = draft.get(index);
          if (value != null) {
            draft.addExtra(feature.name(), value);
          }
        });
  }

  private void addNames() {
    if (contract.unknownFields() == UnknownFields.REJECT) {
      add("", "unknownFeature", (draft, random) -> draft.addExtra("no_such_feature", "1"));
    }
  }

  private void addRule(Rule rule) {
    String blamed = contract.features().get(rule.blamed()).name();
    switch (rule) {
      case Rule.Comparison comparison ->
          add(blamed, "check", (draft, random) -> violate(comparison, draft, random));
      case Rule.RequiredIf requirement ->
          add(
              blamed,
              "requiredIf",
              (draft, random) -> {
                draft.set(requirement.when(), json(requirement));
                draft.set(requirement.required(), null);
              });
    }
  }

  /** The condition's value, in the form its feature has. */
  private String json(Rule.RequiredIf requirement) {
    return switch (contract.features().get(requirement.when()).type()) {
      case NUMBER, INTEGER, BOOLEAN -> requirement.value();
      case CATEGORY, STRING, DATE, DATETIME, TENSOR -> Json.quoted(requirement.value());
    };
  }

  /** Changes one side or both, in a way that breaks some comparisons and not others. */
  private void violate(Rule.Comparison rule, Draft draft, RandomGenerator random) {
    String left = draft.get(rule.left());
    String right = draft.get(rule.right());
    switch (random.nextInt(6)) {
      case 0 -> {
        draft.set(rule.left(), right);
        draft.set(rule.right(), left);
      }
      case 1 -> draft.set(rule.left(), right);
      case 2 -> draft.set(rule.left(), end(rule.left(), random));
      case 3 -> draft.set(rule.right(), end(rule.right(), random));
      case 4 -> rows.redraw(rule.left(), draft, random);
      default -> rows.redraw(rule.right(), draft, random);
    }
  }

  /** The least or the greatest value of a feature, if it has one. */
  private @Nullable String end(int feature, RandomGenerator random) {
    if (rows.sampler(feature).values() instanceof NumericSampler numbers) {
      NumberLine line = numbers.line();
      double end = random.nextBoolean() ? line.lowest() : line.highest();
      return Double.isInfinite(end) ? numbers.draw(random) : line.json(end);
    }
    return null;
  }

  private void add(String feature, String rule, Variation.Change change) {
    found.add(new Variation(new Aim(feature, rule), change));
  }
}
