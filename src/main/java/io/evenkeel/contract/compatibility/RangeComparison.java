package io.evenkeel.contract.compatibility;

import io.evenkeel.contract.Bounds;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.FeatureType;
import io.evenkeel.contract.OutOfRange;
import io.evenkeel.contract.YamlNode;

/**
 * Compares the ranges of two features, and what a value beyond gets. Bounds that reject nobody are
 * bounds all the same: they warn, and clamp.
 */
final class RangeComparison {
  private final Feature old;
  private final Feature now;
  private final Changes changes;

  RangeComparison(Feature old, Feature now, Changes changes) {
    this.old = old;
    this.now = now;
    this.changes = changes;
  }

  /**
   * Notes what changed.
   *
   * @param isReadByRule whether a rule compares the feature's value, as it is after clamping
   */
  void compare(boolean isReadByRule) {
    OutOfRange before = treatment(old);
    OutOfRange after = treatment(now);
    if (before == OutOfRange.REJECT && after == OutOfRange.REJECT) {
      compareSpans();
    } else {
      compareTreatments(before, after);
    }
    if (isReadByRule && isOtherValue(before, after)) {
      changes.add(
          ChangeKind.RANGE_MEETS_RULE,
          old.name(),
          "what is clamped is another value now, which a rule about it can refuse");
    }
  }

  /** Where there are no bounds, nothing is beyond them. */
  private static OutOfRange treatment(Feature feature) {
    return feature.bounds().equals(Bounds.NONE) ? OutOfRange.REJECT : feature.outOfRange();
  }

  private void compareSpans() {
    Span before = Span.of(old);
    Span after = Span.of(now);
    int begins = after.beginsAfter(before);
    int ends = after.endsBefore(before);
    noteEnd(begins, lower(now), lower(old));
    noteEnd(ends, upper(now), upper(old));
    if (begins == 0 && ends == 0 && !old.bounds().equals(now.bounds())) {
      changes.add(
          ChangeKind.DOCUMENTATION_CHANGED, old.name(), "the same range is written otherwise");
    }
  }

  /** An end that is written as before is another one only because the type was widened. */
  private void noteEnd(int narrowed, String end, String before) {
    if (narrowed != 0 && !end.equals(before)) {
      changes.add(
          narrowed > 0 ? ChangeKind.RANGE_NARROWED : ChangeKind.RANGE_WIDENED,
          old.name(),
          Changes.now(end, before));
    }
  }

  private void compareTreatments(OutOfRange before, OutOfRange after) {
    if (before != after) {
      noteTreatments(before, after);
    }
    if (!old.bounds().equals(now.bounds())) {
      changes.add(ChangeKind.RANGE_MOVED, old.name(), Changes.now(range(now), range(old)));
    }
  }

  private void noteTreatments(OutOfRange before, OutOfRange after) {
    boolean refuses = after == OutOfRange.REJECT;
    boolean refused = before == OutOfRange.REJECT;
    if ((refuses && isUnbounded(now)) || (refused && isUnbounded(old))) {
      // The bounds themselves came or went, and nobody is refused by them.
      return;
    }
    ChangeKind kind =
        refuses
            ? ChangeKind.OUT_OF_RANGE_REFUSED
            : refused ? ChangeKind.OUT_OF_RANGE_ACCEPTED : ChangeKind.OUT_OF_RANGE_TREATED;
    changes.add(
        kind,
        old.name(),
        "outOfRange " + Changes.now(YamlNode.written(after), YamlNode.written(before)));
  }

  private static boolean isUnbounded(Feature feature) {
    return feature.bounds().equals(Bounds.NONE);
  }

  /** Whether a value that the old contract takes can become another one than it became before. */
  private boolean isOtherValue(OutOfRange before, OutOfRange after) {
    boolean clamped = before == OutOfRange.CLAMP;
    boolean clamps = after == OutOfRange.CLAMP;
    if (clamped || !clamps) {
      return clamped && !(clamps && old.bounds().equals(now.bounds()));
    }
    Span span = Span.of(old);
    Bounds bounds = now.bounds();
    return before == OutOfRange.WARN
        || span.low() < bounds.minimum()
        || span.high() > bounds.maximum();
  }

  private static String range(Feature feature) {
    return isUnbounded(feature) ? "no bounds" : lower(feature) + " and " + upper(feature);
  }

  private static String lower(Feature feature) {
    Bounds bounds = feature.bounds();
    boolean exclusive = bounds.exclusiveMinimum() >= bounds.minimum();
    return end(
        feature, exclusive ? Bounds.End.EXCLUSIVE_MINIMUM : Bounds.End.MINIMUM, "no minimum");
  }

  private static String upper(Feature feature) {
    Bounds bounds = feature.bounds();
    boolean exclusive = bounds.exclusiveMaximum() <= bounds.maximum();
    return end(
        feature, exclusive ? Bounds.End.EXCLUSIVE_MAXIMUM : Bounds.End.MAXIMUM, "no maximum");
  }

  private static String end(Feature feature, Bounds.End end, String none) {
    double bound = feature.bounds().at(end);
    FeatureType type = feature.tensor() == null ? feature.type() : feature.tensor().elements();
    return Double.isInfinite(bound) ? none : end.words() + type.written(bound);
  }
}
