package io.evenkeel.contract;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What reading one instance has brought to light: violations and warnings, each with a JSON
 * Pointer. Allocates nothing until there is something to say, and keeps no more than {@value #MOST}
 * of each, so that a hostile body can't make a large answer. Not thread-safe.
 */
final class Findings {
  static final int MOST = 256;

  private final int position;
  private @Nullable List<Violation> violations;
  private @Nullable List<Warning> warnings;
  private int omitted;

  /**
   * @param position the instance's place in a batch; negative for the only instance of a request
   */
  Findings(int position) {
    this.position = position;
  }

  /** Where the instance stands in the request's body. */
  String root() {
    return position < 0 ? "/instance" : "/instances/" + position;
  }

  String pointer(Feature feature) {
    return JsonPointers.append(root(), feature.name());
  }

  /**
   * Adds a violation by a feature's value. What came is withheld where the feature is sensitive.
   */
  void violate(Feature feature, String rule, String expected, @Nullable String received) {
    violateAt(pointer(feature), feature, rule, expected, received);
  }

  void violateAt(
      String pointer, Feature feature, String rule, String expected, @Nullable String received) {
    add(
        new Violation(
            pointer, feature.name(), rule, expected, feature.sensitive() ? null : received));
  }

  /** Whether a further violation would only be counted. */
  boolean isFull() {
    return violations != null && violations.size() == MOST;
  }

  void add(Violation violation) {
    if (violations == null) {
      violations = new ArrayList<>();
    }
    if (violations.size() < MOST) {
      violations.add(violation);
    } else {
      omitted++;
    }
  }

  void warn(Feature feature, String rule, String message) {
    if (warnings == null) {
      warnings = new ArrayList<>();
    }
    if (warnings.size() < MOST) {
      warnings.add(new Warning(pointer(feature), feature.name(), rule, message));
    }
  }

  /** Whether a violation by this feature has been noted. */
  boolean blames(Feature feature) {
    return violations().stream().anyMatch(violation -> violation.feature().equals(feature.name()));
  }

  List<Violation> violations() {
    return violations == null ? List.of() : violations;
  }

  List<Warning> warnings() {
    return warnings == null ? List.of() : warnings;
  }

  int omitted() {
    return omitted;
  }
}
