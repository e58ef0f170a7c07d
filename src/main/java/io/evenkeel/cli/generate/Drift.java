package io.evenkeel.cli.generate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One way in which generated rows are to differ from the training data. */
public sealed interface Drift {
  /** How a drift is written, for help and errors. */
  String FORM =
      "feature=+0.5sd, feature=-20, feature=*1.1, feature:category=+0.2 or feature:missing=+0.1";

  /** The feature that drifts. */
  String feature();

  /** Each number grows by an amount: in the feature's unit, or in standard deviations. */
  record Shift(String feature, double amount, Unit unit) implements Drift {}

  /** Each number is multiplied. */
  record Scale(String feature, double factor) implements Drift {}

  /** A category's share grows, at the expense of all the others. */
  record Share(String feature, String category, double amount) implements Drift {}

  /** The share of rows without a value grows. */
  record Missing(String feature, double amount) implements Drift {}

  /** What a shift counts in. */
  enum Unit {
    OWN,
    STANDARD_DEVIATIONS
  }

  /**
   * Reads a drift in one of the forms of {@link #FORM}.
   *
   * @throws IllegalArgumentException if it has none of them
   */
  static Drift parse(String text) {
    Matcher form = Forms.DRIFT.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("`" + text + "` is no drift; write it like " + FORM);
    }
    String feature = form.group("feature");
    String category = form.group("category");
    String sign = form.group("sign");
    double amount = Double.parseDouble(form.group("amount"));
    double signed = sign.equals("-") ? -amount : amount;
    boolean inDeviations = form.group("unit") != null;
    if (category != null) {
      if (sign.equals("*") || inDeviations || amount > 1) {
        throw new IllegalArgumentException(
            "`" + text + "` changes a share; write by how much, like +0.2");
      }
      return category.equals("missing")
          ? new Missing(feature, signed)
          : new Share(feature, category, signed);
    }
    if (sign.equals("*")) {
      if (inDeviations) {
        throw new IllegalArgumentException("`" + text + "` multiplies; leave out the sd");
      }
      return new Scale(feature, amount);
    }
    return new Shift(feature, signed, inDeviations ? Unit.STANDARD_DEVIATIONS : Unit.OWN);
  }

  /** The pattern, out of sight of the implementations. */
  final class Forms {
    private static final Pattern DRIFT =
        Pattern.compile(
            "(?<feature>[A-Za-z_][A-Za-z0-9_.-]*)(:(?<category>[^=]+))?="
                + "(?<sign>[+*-])(?<amount>[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?)(?<unit>sd)?");

    private Forms() {}
  }
}
