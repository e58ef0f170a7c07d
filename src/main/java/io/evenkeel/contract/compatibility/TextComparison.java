package io.evenkeel.contract.compatibility;

import io.evenkeel.contract.Feature;
import io.evenkeel.contract.Feature.TextRules;
import io.evenkeel.contract.UnknownCategory;
import java.util.ArrayList;
import java.util.List;

/** Compares which values are listed, and what free text must look like. */
final class TextComparison {
  private final Feature old;
  private final Feature now;
  private final Changes changes;

  private TextComparison(Feature old, Feature now, Changes changes) {
    this.old = old;
    this.now = now;
    this.changes = changes;
  }

  /** Notes what changed between two features of the same type of text. */
  static void compare(Feature old, Feature now, Changes changes) {
    TextComparison comparison = new TextComparison(old, now, changes);
    comparison.compareUnknown();
    if (isListed(old) && isListed(now)) {
      comparison.compareValues();
      comparison.compareIdleRules();
    } else if (isListed(old) || isListed(now)) {
      comparison.compareFreedom();
    } else {
      comparison.compareRules();
    }
  }

  /** Notes what changed between the values listed for integers. */
  static void compareIntegers(Feature old, Feature now, Changes changes) {
    TextComparison comparison = new TextComparison(old, now, changes);
    if (isListed(old) && isListed(now)) {
      comparison.compareValues();
    } else if (isListed(old)) {
      changes.add(ChangeKind.VALUES_WIDENED, old.name(), "any value, was " + values(old));
    } else if (isListed(now)) {
      changes.add(ChangeKind.VALUES_NARROWED, old.name(), "only " + values(now) + ", was any");
    }
  }

  private static boolean isListed(Feature feature) {
    return !feature.text().values().isEmpty();
  }

  private static List<String> values(Feature feature) {
    return feature.text().values();
  }

  private void compareUnknown() {
    if (old.text().unknown() == now.text().unknown()) {
      return;
    }
    if (now.text().unknown() == UnknownCategory.REJECT) {
      changes.add(ChangeKind.UNKNOWN_VALUES_REFUSED, old.name(), "unknown reject, was other");
    } else {
      changes.add(ChangeKind.UNKNOWN_VALUES_ACCEPTED, old.name(), "unknown other, was reject");
    }
  }

  private void compareValues() {
    List<String> removed = without(values(old), values(now));
    List<String> added = without(values(now), values(old));
    boolean grouped = now.text().unknown() == UnknownCategory.OTHER;
    if (!removed.isEmpty()) {
      changes.add(
          grouped ? ChangeKind.VALUES_REGROUPED : ChangeKind.VALUES_NARROWED,
          old.name(),
          grouped ? removed + " count as another value now" : "without " + removed);
    }
    if (!added.isEmpty()) {
      boolean known = old.text().unknown() == UnknownCategory.OTHER;
      changes.add(
          known ? ChangeKind.VALUES_REGROUPED : ChangeKind.VALUES_WIDENED,
          old.name(),
          known ? added + " don't count as another value any more" : "also " + added);
    }
    List<String> kept = without(values(old), removed);
    if (!kept.equals(without(values(now), added))) {
      changes.add(ChangeKind.VALUES_REORDERED, old.name(), "its values are in another order");
    }
  }

  private static List<String> without(List<String> values, List<String> others) {
    List<String> left = new ArrayList<>(values);
    left.removeAll(others);
    return left;
  }

  /** Beside listed values the rules for free text have no effect. */
  private void compareIdleRules() {
    if (!unlisted(old.text()).equals(unlisted(now.text()))) {
      changes.add(
          ChangeKind.DOCUMENTATION_CHANGED,
          old.name(),
          "rules for free text changed, which have no effect beside `values`");
    }
  }

  private static String unlisted(TextRules rules) {
    return rules.minLength() + " " + rules.maxLength() + " " + TextDomain.text(rules);
  }

  private void compareFreedom() {
    boolean covered = TextDomain.of(now).covers(TextDomain.of(old));
    changes.add(
        covered ? ChangeKind.VALUES_WIDENED : ChangeKind.VALUES_NARROWED,
        old.name(),
        isListed(now)
            ? "only " + values(now) + ", was any text"
            : "any text that keeps the rules, was " + values(old));
  }

  private void compareRules() {
    TextRules before = old.text();
    TextRules after = now.text();
    note(
        Integer.compare(after.minLength(), before.minLength()),
        "minLength " + Changes.now(after.minLength(), before.minLength()));
    note(
        Integer.compare(before.maxLength(), after.maxLength()),
        "maxLength " + Changes.now(length(after.maxLength()), length(before.maxLength())));
    String pattern = TextDomain.text(after);
    if (!pattern.equals(TextDomain.text(before))) {
      note(
          after.pattern() == null ? -1 : 1,
          "pattern " + Changes.now(pattern, TextDomain.text(before)));
    }
  }

  private static String length(int length) {
    return length == Integer.MAX_VALUE ? "none" : Integer.toString(length);
  }

  private void note(int narrowed, String words) {
    if (narrowed != 0) {
      changes.add(
          narrowed > 0 ? ChangeKind.TEXT_NARROWED : ChangeKind.TEXT_WIDENED, old.name(), words);
    }
  }
}
