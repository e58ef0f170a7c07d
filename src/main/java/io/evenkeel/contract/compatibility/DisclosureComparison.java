package io.evenkeel.contract.compatibility;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Disclosure;
import io.evenkeel.contract.Disclosure.Probabilities;
import io.evenkeel.contract.Fairness;
import io.evenkeel.contract.Outputs;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares what answers and reports give away. A client that reads a member breaks where it isn't
 * there any more; it goes on where a number has fewer digits.
 */
final class DisclosureComparison {
  private DisclosureComparison() {}

  /** Notes what changed. */
  static void compare(Contract old, Contract now, Changes changes) {
    Disclosure before = old.disclosure();
    Disclosure after = now.disclosure();
    if (old.outputs() instanceof Outputs.Classification
        && now.outputs() instanceof Outputs.Classification) {
      compare(before.probabilities(), after.probabilities(), changes);
    }
    if (before.explains() != after.explains()) {
      changes.add(
          after.explains() ? ChangeKind.EXPLANATIONS_ALLOWED : ChangeKind.EXPLANATIONS_REFUSED,
          "explain " + Changes.now(after.explains(), before.explains()));
    }
    if (before.minimumGroup() != after.minimumGroup()) {
      report("minimumGroup", after.minimumGroup(), before.minimumGroup(), changes);
    }
    if (!Objects.equals(before.statistics(), after.statistics())) {
      report("statistics", written(after.statistics()), written(before.statistics()), changes);
    }
    if (!Objects.equals(old.fairness(), now.fairness())) {
      report("fairness", written(now.fairness()), written(old.fairness()), changes);
    }
  }

  private static void compare(Probabilities old, Probabilities now, Changes changes) {
    String words = "probabilities " + Changes.now(now.written(), old.written());
    // Of another number of classes than before, the first ones are the same: more or fewer.
    int shownBefore = old.labelOnly() ? 0 : old.top();
    int shownAfter = now.labelOnly() ? 0 : now.top();
    if (shownAfter != shownBefore) {
      changes.add(
          shownAfter < shownBefore
              ? ChangeKind.PROBABILITIES_WITHHELD
              : ChangeKind.PROBABILITIES_DISCLOSED,
          words);
    } else if (old.digits() != now.digits()) {
      changes.add(ChangeKind.ROUNDING_CHANGED, words);
    }
  }

  private static void report(String key, Object now, Object old, Changes changes) {
    changes.add(ChangeKind.REPORTS_CHANGED, key + " " + Changes.now(now, old));
  }

  private static String written(Disclosure.@Nullable Statistics statistics) {
    return statistics == null
        ? "none"
        : "{epsilon: "
            + statistics.epsilon().toPlainString()
            + ", budget: "
            + statistics.budget().toPlainString()
            + ", per: "
            + statistics.writtenPeriod()
            + ", every: "
            + statistics.writtenEvery()
            + "}";
  }

  private static String written(@Nullable Fairness fairness) {
    return fairness == null ? "none" : "by " + fairness;
  }
}
