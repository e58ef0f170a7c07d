package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranges of dates as regular expressions. */
class DatePatternTest {
  private static String between(String from, String to) {
    return DatePattern.between(Temporals.epochDay(from), Temporals.epochDay(to));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01, 2026-12-31, ^2026-[01][0-9]-[0-3][0-9]$",
    "2020-01-01, 2029-12-31, ^202[0-9]-[01][0-9]-[0-3][0-9]$",
    "2026-11-01, 2026-11-30, ^2026-11-(?:[0-2][0-9]|30)$",
    "2026-11-24, 2026-11-24, ^2026-11-24$",
    "2026-03-05, 2026-09-30, "
        + "^2026-0(?:3-(?:0[5-9]|[1-3][0-9])|[4-8]-[0-3][0-9]|9-(?:[0-2][0-9]|30))$"
  })
  void isAsShortAsTheRangeAllows(String from, String to, String pattern) {
    assertThat(between(from, to)).isEqualTo(pattern);
  }

  @Test
  void matchesEveryDateWithinTheRangeAndNoOther() {
    SplittableRandom random = new SplittableRandom(1);
    long first = LocalDate.of(1, 1, 1).toEpochDay();
    long last = LocalDate.of(9999, 12, 31).toEpochDay();
    for (int round = 0; round < 400; round++) {
      long width = round % 2 == 0 ? 500 : last - first;
      long low = random.nextLong(first, last + 1);
      long high = Math.min(last, low + random.nextLong(width));
      Pattern pattern = Pattern.compile(DatePattern.between((double) low, (double) high));
      for (int i = 0; i < 400; i++) {
        long day =
            switch (i % 3) {
              case 0 -> low + random.nextLong(-40, 40);
              case 1 -> high + random.nextLong(-40, 40);
              default -> random.nextLong(first, last + 1);
            };
        if (day >= first && day <= last) {
          String text = LocalDate.ofEpochDay(day).toString();
          assertThat(pattern.matcher(text).find())
              .as(text + " in " + pattern)
              .isEqualTo(day >= low && day <= high);
        }
      }
    }
  }

  @Test
  void knowsNoYearZero() {
    Pattern any =
        Pattern.compile(DatePattern.between(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    assertThat(any.matcher("0000-12-31").find()).isFalse();
    assertThat(any.matcher("0001-01-01").find()).isTrue();
    assertThat(any.matcher("9999-12-31").find()).isTrue();
    assertThat(any.matcher("2026-11-240").find()).isFalse();
  }
}
