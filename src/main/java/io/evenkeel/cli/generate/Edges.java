package io.evenkeel.cli.generate;

import io.evenkeel.contract.Bounds;
import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * The ways to put a row at the edge of what a contract allows: onto an inclusive bound, one step
 * within an exclusive one, at the least or greatest length.
 */
final class Edges {
  private final RowSampler rows;
  private final List<Variation> found = new ArrayList<>();

  private Edges(RowSampler rows) {
    this.rows = rows;
  }

  static List<Variation> of(RowSampler rows) {
    Edges edges = new Edges(rows);
    Contract contract = rows.contract();
    for (int i = 0; i < contract.features().size(); i++) {
      edges.add(i, contract.features().get(i));
    }
    return edges.found;
  }

  private void add(int index, Feature feature) {
    switch (rows.sampler(index).values()) {
      case NumericSampler numbers ->
          addBounds(index, feature, numbers.line(), numbers.line()::json);
      case TensorSampler tensors ->
          addBounds(
              index,
              feature,
              tensors.line(),
              value -> tensors.filledWith(tensors.line().json(value)));
      case CategorySampler texts -> addLengths(index, feature, texts);
      case Sampler other -> throw new IllegalStateException(other.getClass().getName());
    }
  }

  private void addBounds(int index, Feature feature, NumberLine line, DoubleFunction<String> json) {
    for (Bounds.End end : Bounds.End.values()) {
      double bound = feature.bounds().at(end);
      if (Double.isInfinite(bound)) {
        continue;
      }
      double value =
          switch (end) {
            case MINIMUM, MAXIMUM -> bound;
            case EXCLUSIVE_MINIMUM -> line.lowest();
            case EXCLUSIVE_MAXIMUM -> line.highest();
          };
      String text = json.apply(value);
      add(index, feature, end.rule(), random -> text);
    }
  }

  private void addLengths(int index, Feature feature, CategorySampler texts) {
    Feature.TextRules rules = feature.text();
    if (rules.minLength() > 0) {
      addLength(index, feature, texts, "minLength", rules.minLength());
    }
    if (rules.maxLength() < Integer.MAX_VALUE) {
      addLength(index, feature, texts, "maxLength", rules.maxLength());
    }
  }

  private void addLength(
      int index, Feature feature, CategorySampler texts, String rule, int length) {
    add(
        index,
        feature,
        rule,
        random -> Json.quoted(Texts.ofLength(Json.unquoted(texts.draw(random)), length)));
  }

  private void add(int index, Feature feature, String rule, Sampler values) {
    found.add(new Variation(new Aim(feature.name(), rule), Variation.value(index, values)));
  }
}
