package io.evenkeel.contract;

import java.util.Map;
import java.util.Set;

/**
 * Which rules of a contract are not enforced at present. Immutable, and safe for use by many
 * threads.
 */
public final class RuleFlags {
  /** Every rule is enforced. */
  public static final RuleFlags NONE = new RuleFlags(Map.of());

  /**
   * The rules that can be switched: without them there still is a value that a model can be given.
   */
  public static final Set<String> SWITCHABLE =
      Set.of(
          "required",
          "nullable",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "values",
          "pattern",
          "minLength",
          "maxLength",
          "check",
          "requiredIf",
          "unknownFeature");

  /**
   * A rule as violations and metrics name it.
   *
   * @param feature the feature's name; {@code ""} for {@code unknownFeature}
   * @param rule the rule's name, for example {@code maximum}
   */
  public record Key(String feature, String rule) {}

  private final Map<Key, Enforcement> flags;

  /** Rules that aren't named are enforced. */
  public RuleFlags(Map<Key, Enforcement> flags) {
    this.flags = Map.copyOf(flags);
  }

  /** What breaking a rule does. */
  public Enforcement of(String feature, String rule) {
    return flags.isEmpty()
        ? Enforcement.ENFORCED
        : flags.getOrDefault(new Key(feature, rule), Enforcement.ENFORCED);
  }

  /** The rules that are named, with what breaking them does. */
  public Map<Key, Enforcement> flags() {
    return flags;
  }

  /** Whether a rule can refuse a row. */
  boolean enforces(String feature, String rule) {
    return of(feature, rule) == Enforcement.ENFORCED;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RuleFlags found && flags.equals(found.flags);
  }

  @Override
  public int hashCode() {
    return flags.hashCode();
  }

  @Override
  public String toString() {
    return flags.toString();
  }
}
