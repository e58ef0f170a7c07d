package io.evenkeel.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What reading one instance has brought to light: violations and warnings, each with a JSON
 * Pointer. Allocates nothing until there is something to say, and keeps no more than {@value #MOST}
 * of each, so that a hostile body can't make a large answer. Not thread-safe.
 */
final class Findings implements RowInspection.Remarks {
  static final int MOST = 256;

  /** Warnings about a feature's name, which say nothing of its value. */
  private static final Set<String> OF_NAMES = Set.of("alias", "deprecated");

  private final int position;
  private @Nullable List<Violation> violations;
  private @Nullable List<Warning> warnings;
  private @Nullable List<Violation> monitored;
  private int omitted;

  /** The names that features were sent under where those aren't their own. */
  private @Nullable Map<String, String> aliases;

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
    String name =
        aliases == null ? feature.name() : aliases.getOrDefault(feature.name(), feature.name());
    return JsonPointers.append(root(), name);
  }

  /** Notes that a feature was sent under another name, which pointers to it have to use. */
  void sentAs(Feature feature, String alias) {
    if (aliases == null) {
      aliases = new HashMap<>();
    }
    aliases.put(feature.name(), alias);
  }

  /**
   * Adds a violation by a feature's value. What came is withheld where the feature is sensitive.
   */
  void violate(Feature feature, String rule, String expected, @Nullable String received) {
    violateAt(pointer(feature), feature, rule, expected, received);
  }

  void violateAt(
      String pointer, Feature feature, String rule, String expected, @Nullable String received) {
    add(violation(pointer, feature, rule, expected, received));
  }

  private static Violation violation(
      String pointer, Feature feature, String rule, String expected, @Nullable String received) {
    return new Violation(
        pointer, feature.name(), rule, expected, feature.sensitive() ? null : received);
  }

  /**
   * Notes that a rule is broken that can be switched. Returns whether that is a violation.
   *
   * @param mode what breaking the rule does at present
   */
  boolean breaks(
      Feature feature, String rule, String expected, @Nullable String received, Enforcement mode) {
    switch (mode) {
      case ENFORCED -> violate(feature, rule, expected, received);
      case WARNED -> {
        warn(feature, rule, "should be " + expected + "; it was used as it is");
        monitor(violation(pointer(feature), feature, rule, expected, received));
      }
      case MONITORED -> monitor(violation(pointer(feature), feature, rule, expected, received));
      case OFF -> {}
    }
    return mode == Enforcement.ENFORCED;
  }

  /** Notes what would be a violation if its rule were enforced. */
  void monitor(Violation violation) {
    if (monitored == null) {
      monitored = new ArrayList<>();
    }
    if (monitored.size() < MOST) {
      monitored.add(violation);
    }
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
    warn(new Warning(pointer(feature), feature.name(), rule, message));
  }

  void warn(Warning warning) {
    if (warnings == null) {
      warnings = new ArrayList<>();
    }
    if (warnings.size() < MOST) {
      warnings.add(warning);
    }
  }

  @Override
  public void remark(Feature feature, String rule, String message) {
    if (!speaksOf(feature)) {
      warn(feature, rule, message);
    }
  }

  @Override
  public void remark(String rule, String message) {
    warn(new Warning(root(), "", rule, message));
  }

  /** Whether something about this feature's value has been noted: to be told, or to be counted. */
  private boolean speaksOf(Feature feature) {
    String name = feature.name();
    return warnings().stream()
            .anyMatch(known -> known.feature().equals(name) && !OF_NAMES.contains(known.rule()))
        || monitored().stream().anyMatch(known -> known.feature().equals(name));
  }

  /** Whether a violation by this feature has been noted. */
  boolean blames(Feature feature) {
    return violations().stream().anyMatch(violation -> violation.feature().equals(feature.name()));
  }

  List<Violation> violations() {
    return violations == null ? List.of() : violations;
  }

  List<Violation> monitored() {
    return monitored == null ? List.of() : monitored;
  }

  List<Warning> warnings() {
    return warnings == null ? List.of() : warnings;
  }

  int omitted() {
    return omitted;
  }
}
