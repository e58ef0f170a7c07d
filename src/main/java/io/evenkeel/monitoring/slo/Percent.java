package io.evenkeel.monitoring.slo;

import java.math.BigDecimal;

/**
 * A share between none and all, both excluded, written with a percent sign: {@code 99.9%}.
 *
 * @param text as it was written
 * @param share the number, between 0 and 1
 */
public record Percent(String text, double share) {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  public Percent {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "`" + text + "` isn't between 0% and 100%; an objective of all leaves no budget");
    }
  }

  /**
   * Reads one. The name is what Spring looks for in a type it doesn't know.
   *
   * @throws IllegalArgumentException if it isn't a number with a percent sign, between 0 and 100
   */
  public static Percent valueOf(String text) {
    String stripped = text.strip();
    if (!stripped.endsWith("%")) {
      throw new IllegalArgumentException("`" + text + "` has no percent sign; write `99.9%`");
    }
    try {
      BigDecimal number = new BigDecimal(stripped.substring(0, stripped.length() - 1).strip());
      return new Percent(stripped, number.divide(HUNDRED).doubleValue());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("`" + text + "` isn't a percentage; write `99.9%`", e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
