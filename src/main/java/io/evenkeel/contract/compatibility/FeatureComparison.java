package io.evenkeel.contract.compatibility;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.Feature.TensorRules;
import io.evenkeel.contract.FeatureType;
import io.evenkeel.contract.Rule;
import io.evenkeel.contract.YamlNode;
import java.util.Objects;

/** Compares a feature with the one that reads its values now, but for their names. */
final class FeatureComparison {
  private final Feature old;
  private final Feature now;
  private final Contract contract;
  private final Changes changes;
  private final String name;

  private FeatureComparison(Pairing.Pair pair, Contract contract, Changes changes) {
    this.old = pair.old();
    this.now = pair.now();
    this.contract = contract;
    this.changes = changes;
    this.name = old.name();
  }

  /**
   * Notes what changed.
   *
   * @param contract the new one, whose rules a changed value may meet
   */
  static void compare(Pairing.Pair pair, Contract contract, Changes changes) {
    new FeatureComparison(pair, contract, changes).compare();
  }

  private void compare() {
    compareValues();
    comparePresence();
    compareDefault();
    compareDeprecation();
    compareDocumentation();
    if (old.sensitive() != now.sensitive()) {
      changes.add(
          ChangeKind.SENSITIVITY_CHANGED,
          name,
          now.sensitive()
              ? "is sensitive; its values don't appear in errors and logs any more"
              : "isn't sensitive any more; its values can appear in errors and logs");
    }
  }

  private void compareValues() {
    if (elements(old) == FeatureType.INTEGER
        && elements(now) == FeatureType.NUMBER
        && (old.tensor() == null) == (now.tensor() == null)) {
      noteWidened();
    } else if (old.type() != now.type() || elements(old) != elements(now)) {
      compareTypes();
      return;
    }
    if (old.tensor() != null && now.tensor() != null) {
      compareShapes(old.tensor(), now.tensor());
    }
    if (now.type().isText()) {
      TextComparison.compare(old, now, changes);
    } else {
      TextComparison.compareIntegers(old, now, changes);
      new RangeComparison(old, now, changes).compare(isReadByRule());
    }
  }

  /** The type of a feature's numbers. */
  private static FeatureType elements(Feature feature) {
    return feature.tensor() == null ? feature.type() : feature.tensor().elements();
  }

  /** Texts may be of one another's type as long as none is refused. */
  private void compareTypes() {
    boolean isText = old.type().isText() && now.type().isText();
    if (isText && TextDomain.of(now).covers(TextDomain.of(old))) {
      noteWidened();
    } else {
      changes.add(ChangeKind.TYPE_CHANGED, name, Changes.now(described(now), described(old)));
    }
  }

  private void noteWidened() {
    changes.add(ChangeKind.TYPE_WIDENED, name, Changes.now(described(now), described(old)));
  }

  private static String described(Feature feature) {
    String type = YamlNode.written(feature.type());
    return feature.tensor() == null
        ? type
        : type + " of " + YamlNode.written(feature.tensor().elements()) + "s";
  }

  private void compareShapes(TensorRules before, TensorRules after) {
    if (!before.shape().equals(after.shape())) {
      changes.add(
          ChangeKind.SHAPE_CHANGED, name, "shape " + Changes.now(after.shape(), before.shape()));
    }
  }

  private void comparePresence() {
    if (old.presence().required() != now.presence().required()) {
      changes.add(
          now.presence().required() ? ChangeKind.MADE_REQUIRED : ChangeKind.MADE_OPTIONAL,
          name,
          now.presence().required() ? "required, was optional" : "optional, was required");
    }
    if (old.presence().nullable() != now.presence().nullable()) {
      changes.add(
          now.presence().nullable() ? ChangeKind.NULL_ACCEPTED : ChangeKind.NULL_REFUSED,
          name,
          now.presence().nullable() ? "may be null" : "mustn't be null any more");
    }
  }

  private void compareDefault() {
    Object before = old.evolution().absent();
    Object after = now.evolution().absent();
    if (Objects.equals(before, after)) {
      return;
    }
    boolean couldBeAbsent = !old.presence().required();
    if (after == null) {
      changes.add(ChangeKind.DEFAULT_REMOVED, name, "no default, was " + before);
    } else if (before == null) {
      changes.add(ChangeKind.DEFAULT_ADDED, name, "default " + after + ", was none");
    } else {
      changes.add(ChangeKind.DEFAULT_CHANGED, name, "default " + Changes.now(after, before));
    }
    // What is absent breaks no comparison, and a default breaks no requirement.
    if (couldBeAbsent && (after == null ? isWantedByRule() : isReadByRule())) {
      changes.add(
          ChangeKind.DEFAULT_MEETS_RULE,
          name,
          "a rule about it can refuse rows without it that were accepted");
    }
  }

  private boolean isReadByRule() {
    int index = contract.indexOf(now.name());
    return contract.rules().stream()
        .anyMatch(rule ->
            switch (rule) {
              case Rule.Comparison comparison ->
                  comparison.left() == index || comparison.right() == index;
              case Rule.RequiredIf requirement -> requirement.when() == index;
            });
  }

  private boolean isWantedByRule() {
    int index = contract.indexOf(now.name());
    return contract.rules().stream()
        .anyMatch(rule -> rule instanceof Rule.RequiredIf wanted && wanted.required() == index);
  }

  private void compareDeprecation() {
    String before = old.evolution().deprecated();
    String after = now.evolution().deprecated();
    if (before == null && after != null) {
      changes.add(ChangeKind.FEATURE_DEPRECATED, name, "deprecated: " + after);
    } else if (before != null && after == null) {
      changes.add(ChangeKind.FEATURE_NO_LONGER_DEPRECATED, name, "not deprecated any more");
    } else {
      changes.documentation(name, "text of `deprecated`", before, after);
    }
  }

  private void compareDocumentation() {
    String before = old.documentation().unit();
    String after = now.documentation().unit();
    if (before != null && after != null && !before.equals(after)) {
      changes.add(
          ChangeKind.UNIT_CHANGED,
          name,
          "unit " + Changes.now(after, before) + "; the same number means another thing");
    } else {
      changes.documentation(name, "unit", before, after);
    }
    changes.documentation(
        name, "description", old.documentation().description(), now.documentation().description());
    changes.documentation(
        name, "example", old.documentation().example(), now.documentation().example());
  }
}
