package io.evenkeel.contract;

import java.util.LinkedHashSet;
import java.util.Set;

/** Finds the rules of a contract that can be switched. */
final class SwitchableRules {
  private final Contract contract;
  private final Set<RuleFlags.Key> found = new LinkedHashSet<>();

  private SwitchableRules(Contract contract) {
    this.contract = contract;
  }

  static Set<RuleFlags.Key> of(Contract contract) {
    SwitchableRules rules = new SwitchableRules(contract);
    contract.features().forEach(rules::addOfFeature);
    contract.rules().forEach(rules::addOfRow);
    if (contract.unknownFields() == UnknownFields.REJECT) {
      rules.found.add(new RuleFlags.Key("", "unknownFeature"));
    }
    return rules.found;
  }

  private void addOfFeature(Feature feature) {
    addIf(feature.presence().required(), feature, "required");
    addIf(!feature.presence().nullable(), feature, "nullable");
    for (Bounds.End end : Bounds.End.values()) {
      addIf(Double.isFinite(feature.bounds().at(end)), feature, end.rule());
    }
    Feature.TextRules text = feature.text();
    boolean listed = !text.values().isEmpty() && text.unknown() == UnknownCategory.REJECT;
    addIf(listed, feature, "values");
    addIf(text.pattern() != null, feature, "pattern");
    addIf(text.minLength() > 0, feature, "minLength");
    addIf(text.maxLength() < Integer.MAX_VALUE, feature, "maxLength");
  }

  private void addOfRow(Rule rule) {
    Feature blamed = contract.features().get(rule.blamed());
    switch (rule) {
      case Rule.Comparison ignored -> addIf(true, blamed, "check");
      case Rule.RequiredIf ignored -> addIf(true, blamed, "requiredIf");
    }
  }

  private void addIf(boolean declared, Feature feature, String rule) {
    if (declared) {
      found.add(new RuleFlags.Key(feature.name(), rule));
    }
  }
}
