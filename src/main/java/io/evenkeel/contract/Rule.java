package io.evenkeel.contract;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule that ties two features of a row together. Features are meant by their positions in the
 * contract.
 */
public sealed interface Rule {
  /** The rule as the contract writes it. */
  String text();

  /** The feature a violation points at. */
  int blamed();

  /** The other feature the rule looks at. */
  int other();

  /**
   * How the values of {@code left} and {@code right} must compare; it holds where either is
   * missing.
   */
  record Comparison(String text, int left, Operator operator, int right) implements Rule {
    @Override
    public int blamed() {
      return left;
    }

    @Override
    public int other() {
      return right;
    }
  }

  /**
   * {@code required} must be there when {@code when} has the value, as JSON would write it without
   * quotes.
   */
  record RequiredIf(String text, int required, int when, String value) implements Rule {
    @Override
    public int blamed() {
      return required;
    }

    @Override
    public int other() {
      return when;
    }
  }

  /** A comparison of two numbers. */
  enum Operator {
    LESS_OR_EQUAL("<="),
    LESS("<"),
    GREATER_OR_EQUAL(">="),
    GREATER(">"),
    EQUAL("="),
    NOT_EQUAL("!=");

    private static final Map<String, Operator> BY_SYMBOL =
        Map.of(
            "<=",
            LESS_OR_EQUAL,
            "<",
            LESS,
            ">=",
            GREATER_OR_EQUAL,
            ">",
            GREATER,
            "=",
            EQUAL,
            "!=",
            NOT_EQUAL);

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    static @Nullable Operator find(String symbol) {
      return BY_SYMBOL.get(symbol);
    }

    boolean holds(double left, double right) {
      return switch (this) {
        case LESS_OR_EQUAL -> left <= right;
        case LESS -> left < right;
        case GREATER_OR_EQUAL -> left >= right;
        case GREATER -> left > right;
        case EQUAL -> left == right;
        case NOT_EQUAL -> left != right;
      };
    }

    @Override
    public String toString() {
      return symbol;
    }
  }
}
