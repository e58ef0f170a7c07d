package io.evenkeel.api;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names and numbers of a card as people read them. */
final class CardWords {
  private static final Map<String, String> HEADINGS =
      Map.of(
          "intendedUse", "Intended use",
          "outOfScope", "Not to be used for",
          "trainingData", "Training data",
          "limits", "Known limits",
          "ethicalNotes", "Ethical notes");
  private static final Pattern CAMEL_CASE = Pattern.compile("[a-z]+[0-9]*([A-Z][a-z]*[0-9]*)*");
  private static final Set<String> ABBREVIATIONS =
      Set.of("auc", "roc", "pr", "f1", "r2", "mae", "mse", "rmse", "ece", "url", "id");
  private static final int DIGITS = 6;
  private static final double SMALLEST_PLAIN = 1e-5;
  private static final double LARGEST_PLAIN = 1e15;

  /** Below, a whole number may be a year, and is left alone. */
  private static final long SMALLEST_GROUPED = 10_000;

  private CardWords() {}

  /** A member's name as a heading: {@code trainingRows} is Training rows. */
  static String heading(String name) {
    String known = HEADINGS.get(name);
    if (known != null) {
      return known;
    }
    String label = label(name);
    return CAMEL_CASE.matcher(name).matches()
        ? Character.toUpperCase(label.charAt(0)) + label.substring(1)
        : label;
  }

  /**
   * A member's name beside its value: {@code rocAuc} is ROC AUC. What is no camel case stays as it
   * is, and so do single words: they may be names, of a library or a group.
   */
  static String label(String name) {
    if (!CAMEL_CASE.matcher(name).matches()) {
      return name;
    }
    return Arrays.stream(name.split("(?=[A-Z])", -1))
        .map(word -> word.toLowerCase(Locale.ROOT))
        .map(word -> ABBREVIATIONS.contains(word) ? word.toUpperCase(Locale.ROOT) : word)
        .collect(Collectors.joining(" "));
  }

  /**
   * A number with at most six digits behind the leading zeros, in groups of three from 10,000 on.
   */
  static String number(Number number) {
    if (number instanceof Long || number instanceof Integer) {
      long whole = number.longValue();
      return Math.abs(whole) < SMALLEST_GROUPED && whole != Long.MIN_VALUE
          ? Long.toString(whole)
          : String.format(Locale.ROOT, "%,d", whole);
    }
    double value = number.doubleValue();
    if (value == Math.rint(value) && Math.abs(value) < LARGEST_PLAIN) {
      return number((long) value);
    }
    double size = Math.abs(value);
    if (!Double.isFinite(value) || size >= LARGEST_PLAIN) {
      return Double.toString(value);
    }
    BigDecimal rounded = BigDecimal.valueOf(value).round(digits(value));
    return size < SMALLEST_PLAIN ? rounded.toString() : grouped(rounded.stripTrailingZeros());
  }

  /** Six digits, or as many as its whole part has. */
  private static MathContext digits(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    return new MathContext(Math.max(DIGITS, exact.precision() - exact.scale()));
  }

  private static String grouped(BigDecimal value) {
    String plain = value.toPlainString();
    if (value.abs().compareTo(BigDecimal.valueOf(SMALLEST_GROUPED)) < 0) {
      return plain;
    }
    int point = plain.indexOf('.');
    String whole = String.format(Locale.ROOT, "%,d", value.toBigInteger());
    return point < 0 ? whole : whole + plain.substring(point);
  }
}
