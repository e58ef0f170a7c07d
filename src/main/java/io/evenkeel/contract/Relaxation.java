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
        bounds(name, stated.bounds()),
        stated.outOfRange(),
        text(name, stated.text()),
        stated.tensor(),
        stated.evolution(),
        stated.documentation(),
        stated.sensitive());
  }

  private Bounds bounds(String name, Bounds stated) {
    return new Bounds(
        bound(name, stated, Bounds.End.MINIMUM),
        bound(name, stated, Bounds.End.MAXIMUM),
        bound(name, stated, Bounds.End.EXCLUSIVE_MINIMUM),
        bound(name, stated, Bounds.End.EXCLUSIVE_MAXIMUM));
  }

  private double bound(String name, Bounds stated, Bounds.End end) {
    return flags.enforces(name, end.rule()) ? stated.at(end) : Bounds.NONE.at(end);
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
