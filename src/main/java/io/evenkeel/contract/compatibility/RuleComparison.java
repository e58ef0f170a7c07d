package io.evenkeel.contract.compatibility;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.Rule;
import io.evenkeel.contract.Rule.Operator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares the rules that tie two features together. */
final class RuleComparison {
  private final Contract old;
  private final Contract now;
  private final Pairing pairing;

  private RuleComparison(Contract old, Contract now, Pairing pairing) {
    this.old = old;
    this.now = now;
    this.pairing = pairing;
  }

  /** What a rule demands, by the names that the new contract has for its features. */
  private sealed interface Demand {
    /** Between two features in the order of their names. */
    record Order(String left, Operator operator, String right) implements Demand {
      static Order of(String left, Operator operator, String right) {
        return left.compareTo(right) <= 0
            ? new Order(left, operator, right)
            : new Order(right, turned(operator), left);
      }

      /** Whether rows that meet this meet another one too. */
      boolean implies(Order other) {
        return left.equals(other.left)
            && right.equals(other.right)
            && (operator == other.operator || weaker(operator).contains(other.operator));
      }
    }

    record Presence(String required, String when, String value) implements Demand {}
  }

  private static Operator turned(Operator operator) {
    return switch (operator) {
      case LESS -> Operator.GREATER;
      case LESS_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
      case GREATER -> Operator.LESS;
      case GREATER_OR_EQUAL -> Operator.LESS_OR_EQUAL;
      case EQUAL, NOT_EQUAL -> operator;
    };
  }

  private static List<Operator> weaker(Operator operator) {
    return switch (operator) {
      case LESS -> List.of(Operator.LESS_OR_EQUAL, Operator.NOT_EQUAL);
      case GREATER -> List.of(Operator.GREATER_OR_EQUAL, Operator.NOT_EQUAL);
      case EQUAL -> List.of(Operator.LESS_OR_EQUAL, Operator.GREATER_OR_EQUAL);
      case LESS_OR_EQUAL, GREATER_OR_EQUAL, NOT_EQUAL -> List.of();
    };
  }

  /** Notes the rules that came and went. */
  static void compare(Contract old, Contract now, Pairing pairing, Changes changes) {
    RuleComparison comparison = new RuleComparison(old, now, pairing);
    Map<Demand, Rule> before = new LinkedHashMap<>();
    old.rules().forEach(rule -> before.put(comparison.demand(rule, old), rule));
    Map<Demand, Rule> after = new LinkedHashMap<>();
    now.rules().forEach(rule -> after.put(comparison.demand(rule, now), rule));
    before.forEach((demand, rule) -> {
      if (!after.containsKey(demand)) {
        changes.add(ChangeKind.RULE_REMOVED, "rule removed: " + rule.text());
      }
    });
    List<Demand> known = new ArrayList<>(before.keySet());
    after.forEach((demand, rule) -> {
      if (!before.containsKey(demand)) {
        boolean harmless = comparison.isHarmless(demand, known);
        changes.add(
            harmless ? ChangeKind.HARMLESS_RULE_ADDED : ChangeKind.RULE_ADDED,
            (harmless ? "rule added that rows of the old contract keep: " : "rule added: ")
                + rule.text());
      }
    });
  }

  private Demand demand(Rule rule, Contract contract) {
    return switch (rule) {
      case Rule.Comparison comparison ->
          Demand.Order.of(
              name(comparison.left(), contract),
              comparison.operator(),
              name(comparison.right(), contract));
      case Rule.RequiredIf requirement ->
          new Demand.Presence(
              name(requirement.required(), contract),
              name(requirement.when(), contract),
              requirement.value());
    };
  }

  private String name(int feature, Contract contract) {
    Feature found = contract.features().get(feature);
    return contract.equals(old) ? pairing.nameNow(found) : found.name();
  }

  /** Whether each row that kept the old contract keeps a rule that it didn't have. */
  private boolean isHarmless(Demand demand, List<Demand> known) {
    return switch (demand) {
      case Demand.Order order ->
          isNeverThere(order.left())
              || isNeverThere(order.right())
              || known.stream()
                  .anyMatch(other -> other instanceof Demand.Order stated && stated.implies(order));
      case Demand.Presence presence ->
          isNeverThere(presence.when()) || wasAlwaysThere(presence.required());
    };
  }

  /** Whether rows of old clients have no value of a feature, because it is new. */
  private boolean isNeverThere(String name) {
    return before(name) == null && find(name).evolution().absent() == null;
  }

  private boolean wasAlwaysThere(String name) {
    Feature before = before(name);
    return before != null && !before.canBeMissing();
  }

  private @Nullable Feature before(String name) {
    return pairing.before(find(name));
  }

  private Feature find(String name) {
    return now.features().get(now.indexOf(name));
  }
}
