package io.evenkeel.routing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a model's requests.
 *
 * @param percent from 0 to 100
 */
public record Share(BigDecimal percent) {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  public static final Share NONE = new Share(BigDecimal.ZERO);
  public static final Share ALL = new Share(HUNDRED);

  private static final Pattern FORM = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,4})?) ?%");

  /** Strips zeros at the end, so that equal shares are equal. */
  public Share {
    if (percent.signum() < 0 || percent.compareTo(HUNDRED) > 0) {
      throw new IllegalArgumentException("a share is from 0% to 100%, not " + percent + "%");
    }
    percent = percent.signum() == 0 ? BigDecimal.ZERO : percent.stripTrailingZeros();
  }

  public static Share ofPercent(double percent) {
    return new Share(BigDecimal.valueOf(percent));
  }

  /** The share that a text such as {@code 5%} or {@code 0.5%} means; null where it means none. */
  static @Nullable Share parse(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    BigDecimal percent = new BigDecimal(matcher.group(1));
    return percent.compareTo(HUNDRED) > 0 ? null : new Share(percent);
  }

  /** A point below this one is in the share. */
  long points() {
    return percent
        .multiply(BigDecimal.valueOf(RoutingHash.POINTS))
        .divide(HUNDRED, 0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  /** The same as a fraction of 1. */
  public double fraction() {
    return percent.doubleValue() / 100;
  }

  /** As routes write it. */
  @Override
  public String toString() {
    return percent.toPlainString() + "%";
  }
}
