package io.evenkeel.cli;

import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as the server's settings are written: {@code 12h}, {@code 90d}. */
final class DurationConverter implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    try {
      Duration duration = DurationStyle.SIMPLE.parse(text);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      // As if it were negative: told below.
    }
    throw new TypeConversionException("write a duration as a number and a unit: 30m, 12h or 90d");
  }
}
