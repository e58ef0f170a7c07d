package io.evenkeel.contract;

import io.evenkeel.contract.Disclosure.Probabilities;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code disclosure} section of a contract. */
final class DisclosureSection {
  private static final int MOST_DIGITS = 6;
  private static final int MOST_RELEASES = 1000;
  private static final Duration USUAL_PAUSE = Duration.ofDays(1);

  private final @Nullable Outputs outputs;

  /**
   * @param outputs what answers hold; null where that isn't known because of mistakes
   */
  DisclosureSection(@Nullable Outputs outputs) {
    this.outputs = outputs;
  }

  /** How {@code probabilities} is written where it is one word. */
  private enum Shown {
    FULL,
    LABEL_ONLY
  }

  /**
   * What the section says; everything where mistakes were noted.
   *
   * @param reportsGroups whether the contract has its reports tell of groups of rows
   */
  Disclosure read(YamlNode document, boolean reportsGroups) {
    YamlNode section = document.find("disclosure");
    if (section == null) {
      return reportsGroups
          ? new Disclosure(Probabilities.FULL, true, Disclosure.USUAL_GROUP, null)
          : Disclosure.FULL;
    }
    section.allowKeys(Set.of("probabilities", "explain", "minimumGroup", "statistics"));
    if (!section.isMapping()) {
      section.mistake(
          "`disclosure` doesn't say what is held back",
          "add for example `probabilities: labelOnly`");
      return Disclosure.FULL;
    }
    Probabilities probabilities = probabilities(section);
    return new Disclosure(
        probabilities,
        section.flag("explain", probabilities.isFull()),
        atLeastOne(section, "minimumGroup", Disclosure.USUAL_GROUP),
        statistics(section));
  }

  private Probabilities probabilities(YamlNode section) {
    YamlNode node = section.find("probabilities");
    if (node == null) {
      return Probabilities.FULL;
    }
    if (outputs != null && !(outputs instanceof Outputs.Classification)) {
      node.mistake(
          "only a classification has probabilities",
          "leave `probabilities` out, or declare the outputs as a classification");
    }
    if (!node.isMapping()) {
      return section.choice("probabilities", Shown.class, Shown.FULL) == Shown.LABEL_ONLY
          ? Probabilities.LABEL_ONLY
          : Probabilities.FULL;
    }
    node.allowKeys(Set.of("top", "digits"));
    if (node.find("top") == null && node.find("digits") == null) {
      node.mistake("neither `top` nor `digits` is there", "write `{top: 3}` or `{digits: 2}`");
    }
    int top = atLeastOne(node, "top", Probabilities.ALL);
    if (outputs instanceof Outputs.Classification classes
        && top != Probabilities.ALL
        && top >= classes.labels().size()) {
      node.mistake(
          "`top: " + top + "` holds nothing back of " + classes.labels().size() + " labels",
          "write a smaller number, or leave `top` out");
    }
    int digits = atLeastOne(node, "digits", Probabilities.ALL);
    if (digits != Probabilities.ALL && digits > MOST_DIGITS) {
      node.mistake(
          "`digits: " + digits + "` is about all that a 32-bit float has",
          "write at most " + MOST_DIGITS + ", or leave `digits` out");
    }
    return new Probabilities(false, top, digits);
  }

  private static int atLeastOne(YamlNode node, String key, int fallback) {
    int found = node.integer(key, fallback);
    if (found < 1) {
      node.mistake("`" + key + ": " + found + "` is less than 1", "write a whole number from 1");
      return fallback;
    }
    return found;
  }

  private static Disclosure.@Nullable Statistics statistics(YamlNode section) {
    YamlNode node = section.find("statistics");
    if (node == null) {
      return null;
    }
    node.allowKeys(Set.of("epsilon", "budget", "per", "every"));
    BigDecimal epsilon = cost(node, "epsilon");
    BigDecimal budget = cost(node, "budget");
    Duration per = Duration.ofMillis(Quantity.DURATION.require(node, "per"));
    Duration every =
        node.find("every") == null
            ? USUAL_PAUSE.compareTo(per) < 0 ? USUAL_PAUSE : per
            : Duration.ofMillis(Quantity.DURATION.require(node, "every"));
    if (epsilon == null || budget == null) {
      return null;
    }
    if (every.compareTo(per) > 0) {
      node.mistake(
          "a release is shown for longer than the budget's period",
          "make `every` at most as long as `per`");
      return null;
    }
    BigDecimal releases = budget.divideToIntegralValue(epsilon);
    if (releases.signum() == 0) {
      node.mistake(
          "the budget isn't enough for one release",
          "make `budget` at least as large as `epsilon`");
      return null;
    }
    if (releases.compareTo(BigDecimal.valueOf(MOST_RELEASES)) > 0) {
      node.mistake(
          "the budget is enough for " + releases.toPlainString() + " releases",
          "make it at most " + MOST_RELEASES + " times `epsilon`");
      return null;
    }
    return new Disclosure.Statistics(epsilon, budget, per, every);
  }

  /** Exact, as it is written: noise is drawn by the ratio of two whole numbers. */
  private static @Nullable BigDecimal cost(YamlNode node, String key) {
    double about = node.requireNumber(key);
    YamlNode found = node.find(key);
    if (found == null || Double.isNaN(about)) {
      return null;
    }
    if (about < 0.001 || about > 100) {
      found.mistake(
          "`" + key + ": " + found.text() + "` is out of all proportion",
          "write a number from 0.001 to 100");
      return null;
    }
    BigDecimal exact = new BigDecimal(found.text().replace("_", ""));
    if (exact.scale() > Disclosure.Statistics.DECIMALS) {
      found.mistake(
          "`" + key + ": " + found.text() + "` has too many decimal places",
          "write at most " + Disclosure.Statistics.DECIMALS);
      return null;
    }
    return exact;
  }
}
