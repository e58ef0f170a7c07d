package io.evenkeel.contract;

import org.jspecify.annotations.Nullable;

/** One cross-feature rule, ready to be held against rows. Immutable. */
final class RuleCheck {
  private final Contract contract;
  private final Rule rule;
  private final RuleFlags flags;

  RuleCheck(Contract contract, Rule rule, RuleFlags flags) {
    this.contract = contract;
    this.rule = rule;
    this.flags = flags;
  }

  /**
   * Notes a violation if the row breaks the rule. A value that was refused already counts as
   * missing.
   */
  void check(Row row) {
    switch (rule) {
      case Rule.Comparison comparison -> checkComparison(comparison, row);
      case Rule.RequiredIf requirement -> checkRequirement(requirement, row);
    }
  }

  private void checkComparison(Rule.Comparison comparison, Row row) {
    if (row.isMissing(comparison.left()) || row.isMissing(comparison.right())) {
      return;
    }
    double left = row.number(contract.slot(comparison.left()));
    double right = row.number(contract.slot(comparison.right()));
    if (comparison.operator().holds(left, right)) {
      return;
    }
    Feature first = feature(comparison.left());
    Feature second = feature(comparison.right());
    String received =
        second.sensitive() ? null : first.written(left) + " and " + second.written(right);
    breaks(row, first, "check", comparison.text(), received);
  }

  private void breaks(
      Row row, Feature blamed, String name, String expected, @Nullable String received) {
    row.findings().breaks(blamed, name, expected, received, flags.of(blamed.name(), name));
  }

  private void checkRequirement(Rule.RequiredIf requirement, Row row) {
    int required = requirement.required();
    if (!row.isMissing(required) || row.isMissing(requirement.when())) {
      return;
    }
    Feature condition = feature(requirement.when());
    String text = row.text(requirement.when());
    String value =
        text == null ? condition.written(row.number(contract.slot(requirement.when()))) : text;
    boolean wasRefused = row.findings().blames(feature(required));
    if (value.equals(requirement.value()) && !wasRefused) {
      breaks(row, feature(required), "requiredIf", demand(requirement), null);
    }
  }

  /** The rule in words; without the condition's value where it would tell what came. */
  private String demand(Rule.RequiredIf requirement) {
    Feature condition = feature(requirement.when());
    return condition.sensitive()
        ? feature(requirement.required()).name()
            + " is required by a rule about "
            + condition.name()
        : requirement.text();
  }

  private Feature feature(int index) {
    return contract.features().get(index);
  }
}
