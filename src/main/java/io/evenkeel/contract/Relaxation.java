package io.evenkeel.contract;

import java.util.List;

/** Leaves out of a contract what its flags don't enforce. Immutable. */
final class Relaxation {
  private final List<Feature> features;
  private final RuleFlags flags;

  Relaxation(List<Feature> features, RuleFlags flags) {
    this.features = features;
    this.flags = flags;
  }

  UnknownFields unknownFields(UnknownFields stated) {
    return flags.enforces("", "unknownFeature") ? stated : UnknownFields.IGNORE;
  }

  boolean keeps(Rule rule) {
    String blamed = features.get(rule.blamed()).name();
    return switch (rule) {
      case Rule.Comparison ignored -> flags.enforces(blamed, "check");
      case Rule.RequiredIf ignored -> flags.enforces(blamed, "requiredIf");
    };
  }

  Feature feature(Feature stated) {
    String name = stated.name();
    Feature.Presence presence = stated.presence();
    return new Feature(
        name,
        stated.type(),
        new Feature.Presence(
            presence.required() && flags.enforces(name, "required"),
            presence.nullable() || !flags.enforces(name, "nullable")),
        bounds(stated, flags),
        stated.outOfRange(),
        text(name, stated.text()),
        stated.tensor(),
        stated.evolution(),
        stated.documentation(),
        stated.sensitive());
  }

  /** A feature's bounds, infinite where they aren't enforced. */
  static Bounds bounds(Feature stated, RuleFlags flags) {
    return new Bounds(
        bound(stated, flags, Bounds.End.MINIMUM),
        bound(stated, flags, Bounds.End.MAXIMUM),
        bound(stated, flags, Bounds.End.EXCLUSIVE_MINIMUM),
        bound(stated, flags, Bounds.End.EXCLUSIVE_MAXIMUM));
  }

  private static double bound(Feature stated, RuleFlags flags, Bounds.End end) {
    Bounds bounds = flags.enforces(stated.name(), end.rule()) ? stated.bounds() : Bounds.NONE;
    return bounds.at(end);
  }

  /** Values stay listed, because rows keep positions in that list; what isn't there is another. */
  private Feature.TextRules text(String name, Feature.TextRules stated) {
    boolean listed = flags.enforces(name, "values");
    return new Feature.TextRules(
        stated.values(),
        listed ? stated.unknown() : UnknownCategory.OTHER,
        flags.enforces(name, "pattern") ? stated.pattern() : null,
        flags.enforces(name, "minLength") ? stated.minLength() : 0,
        flags.enforces(name, "maxLength") ? stated.maxLength() : Integer.MAX_VALUE);
  }
}
