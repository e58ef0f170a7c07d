package io.evenkeel.cli.generate;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.RowReader;
import io.evenkeel.contract.Rule;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.contract.Violation;
import io.evenkeel.monitoring.Reference;
import io.evenkeel.monitoring.Sketch;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;

/**
 * Draws rows that keep their contract. Each feature is drawn for itself, since the reference tells
 * nothing of how they go together; what a rule between features refuses is drawn again.
 */
final class RowSampler {
  private static final int MOST_TRIES = 1000;

  private final Contract contract;
  private final TokenStreamFactory json;
  private final RowReader reader;
  private final List<FeatureSampler> samplers = new ArrayList<>();

  /** By the feature that it requires. */
  private final Map<Integer, Rule.RequiredIf> requirements = new TreeMap<>();

  /** How often a requirement's condition holds. */
  private final Map<Integer, Double> conditions = new TreeMap<>();

  RowSampler(Contract contract, Reference reference, List<Drift> drifts, TokenStreamFactory json) {
    this.contract = contract;
    this.json = json;
    this.reader = new RowReader(contract, json);
    for (Feature feature : contract.features()) {
      List<Drift> own =
          drifts.stream().filter(drift -> drift.feature().equals(feature.name())).toList();
      samplers.add(FeatureSampler.of(feature, reference, own));
    }
    for (Rule rule : contract.rules()) {
      if (rule instanceof Rule.RequiredIf requirement) {
        String when = contract.features().get(requirement.when()).name();
        requirements.put(requirement.required(), requirement);
        conditions.put(
            requirement.required(), share(reference.features().get(when), requirement.value()));
      }
    }
  }

  private static double share(@Nullable Sketch sketch, String value) {
    return sketch instanceof Sketch.Categorical texts
        ? texts.categories().getOrDefault(value, 0.0) * (1 - texts.missing())
        : 0;
  }

  Contract contract() {
    return contract;
  }

  FeatureSampler sampler(int feature) {
    return samplers.get(feature);
  }

  /** Holds a draft against the contract, as the server would. */
  Row read(Draft draft) {
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), draft.bytes())) {
      parser.nextToken();
      return reader.read(parser);
    }
  }

  /**
   * Draws a valid row.
   *
   * @throws UnusableModelException if none is found: then contract and reference don't go together
   */
  Draft draw(RandomGenerator random) {
    Draft draft = new Draft(contract);
    for (int i = 0; i < samplers.size(); i++) {
      if (!requirements.containsKey(i)) {
        draft.set(i, samplers.get(i).draw(random));
      }
    }
    for (int required : requirements.keySet()) {
      drawRequired(required, draft, random);
    }
    Row row = read(draft);
    for (int tries = 0; !row.isValid(); tries++) {
      if (tries == MOST_TRIES) {
        throw hopeless(row.violations().getFirst());
      }
      for (int feature : blamed(row)) {
        redraw(feature, draft, random);
      }
      row = read(draft);
    }
    return draft;
  }

  /** Draws a feature once more, in a row whose other features stay. */
  void redraw(int feature, Draft draft, RandomGenerator random) {
    if (requirements.containsKey(feature)) {
      drawRequired(feature, draft, random);
    } else {
      draft.set(feature, samplers.get(feature).draw(random));
    }
  }

  /** So that the share of missing values over all rows is that of the reference. */
  private void drawRequired(int feature, Draft draft, RandomGenerator random) {
    Rule.RequiredIf rule = requirements.get(feature);
    FeatureSampler sampler = samplers.get(feature);
    String condition = rule == null ? null : draft.get(rule.when());
    boolean isRequired =
        rule != null && condition != null && Json.unquoted(condition).equals(rule.value());
    double otherwise = 1 - conditions.getOrDefault(feature, 0.0);
    double share = otherwise <= 0 ? 0 : Math.min(1, sampler.missing() / otherwise);
    draft.set(feature, sampler.draw(isRequired ? 0 : share, random));
  }

  /** The features that a row's violations tell of, in a comparison both. */
  private Set<Integer> blamed(Row row) {
    Set<Integer> blamed = new LinkedHashSet<>();
    for (Violation violation : row.violations()) {
      int feature = contract.indexOf(violation.feature());
      if (feature < 0) {
        throw hopeless(violation);
      }
      blamed.add(feature);
      for (Rule rule : contract.rules()) {
        if (violation.rule().equals("check") && rule.text().equals(violation.expected())) {
          blamed.add(rule.other());
        }
      }
    }
    return blamed;
  }

  private static UnusableModelException hopeless(Violation violation) {
    return new UnusableModelException(
        Reference.NAME,
        0,
        "of "
            + MOST_TRIES
            + " rows none kept the rule "
            + violation.rule()
            + " of `"
            + violation.feature()
            + "`: "
            + violation.expected(),
        "let the drift be smaller, or look whether the contract fits the training data");
  }
}
