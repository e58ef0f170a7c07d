package io.evenkeel.cli;

import io.evenkeel.cli.generate.Drift;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a drift. */
final class DriftConverter implements ITypeConverter<Drift> {
  @Override
  public Drift convert(String text) {
    try {
      return Drift.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
