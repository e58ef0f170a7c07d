package io.evenkeel.contract;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What answers and reports may give away, as the contract's {@code disclosure} section says.
 * Immutable.
 *
 * @param probabilities how much of a classification's probabilities an answer shows
 * @param explains whether predictions may be explained: attributions add up to what the model
 *     computed, to the last digit
 * @param minimumGroup of how many rows a group has to be for a report to show it; 1 where any is
 * @param statistics what the statistics of the traffic may cost; null where none are released
 */
public record Disclosure(
    Probabilities probabilities,
    boolean explains,
    int minimumGroup,
    @Nullable Statistics statistics) {
  /** The size of a group where a contract has the section and doesn't state one. */
  public static final int USUAL_GROUP = 10;

  /** Of a contract that says nothing. */
  static final Disclosure FULL = new Disclosure(Probabilities.FULL, true, 1, null);

  public Disclosure {
    if (minimumGroup < 1) {
      throw new IllegalArgumentException("a group of " + minimumGroup + " rows");
    }
  }

  /**
   * How much of the probabilities an answer shows; the confidence is one of them, and treated as
   * they are.
   *
   * @param labelOnly whether only the label is shown
   * @param top how many classes are shown, the most probable ones; {@link #ALL} for each
   * @param digits how many decimal places are shown; {@link #ALL} for each
   */
  public record Probabilities(boolean labelOnly, int top, int digits) {
    public static final int ALL = Integer.MAX_VALUE;
    public static final Probabilities FULL = new Probabilities(false, ALL, ALL);
    static final Probabilities LABEL_ONLY = new Probabilities(true, ALL, ALL);

    public Probabilities {
      if (top < 1 || digits < 1) {
        throw new IllegalArgumentException("top " + top + ", digits " + digits);
      }
    }

    /** Whether nothing is held back. */
    public boolean isFull() {
      return !labelOnly && top == ALL && digits == ALL;
    }

    /** Whether only some decimal places are shown. */
    public boolean isRounded() {
      return digits != ALL;
    }

    /** What both allow. */
    public Probabilities and(Probabilities other) {
      return isFull()
          ? other
          : other.isFull()
              ? this
              : new Probabilities(
                  labelOnly || other.labelOnly,
                  Math.min(top, other.top),
                  Math.min(digits, other.digits));
    }

    /** The key's value as a contract writes it, in its shortest form. */
    public String written() {
      if (isFull()) {
        return "full";
      }
      if (labelOnly) {
        return "labelOnly";
      }
      return "{"
          + (top == ALL ? "" : "top: " + top)
          + (top == ALL || digits == ALL ? "" : ", ")
          + (digits == ALL ? "" : "digits: " + digits)
          + "}";
    }
  }

  /**
   * What statistics may cost: so much for a release, and so much for all of a period.
   *
   * @param epsilon of a release, of all of its counts together; with six decimal places at most
   * @param budget of all releases of a period
   * @param per the period
   * @param every how long a release is shown before there may be another one
   */
  public record Statistics(BigDecimal epsilon, BigDecimal budget, Duration per, Duration every) {
    static final int DECIMALS = 6;

    public Statistics {
      if (epsilon.signum() <= 0
          || epsilon.scale() > DECIMALS
          || budget.compareTo(epsilon) < 0
          || !every.isPositive()
          || every.compareTo(per) > 0) {
        throw new IllegalArgumentException(
            epsilon + " of " + budget + " per " + per + " every " + every);
      }
    }

    /** The epsilon as a whole number of millionths. */
    public long millionths() {
      return epsilon.movePointRight(DECIMALS).longValueExact();
    }

    /** How many releases the budget is enough for. */
    public int releases() {
      return budget.divideToIntegralValue(epsilon).intValueExact();
    }

    /** The period as a contract writes it. */
    public String writtenPeriod() {
      return Quantity.DURATION.written(per.toMillis());
    }

    /** How long a release is shown, as a contract writes it. */
    public String writtenEvery() {
      return Quantity.DURATION.written(every.toMillis());
    }
  }
}
