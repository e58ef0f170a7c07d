package io.evenkeel.cli;

import io.evenkeel.audit.log.Anchor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a checkpoint as {@code NUMBER:HASH}. */
final class AnchorConverter implements ITypeConverter<Anchor> {
  @Override
  public Anchor convert(String text) {
    try {
      return Anchor.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
