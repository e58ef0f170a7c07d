package io.evenkeel.cli;

import org.springframework.util.unit.DataSize;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads sizes as settings have them, such as {@code 4GB}. */
final class DataSizeConverter implements ITypeConverter<DataSize> {
  @Override
  public DataSize convert(String text) {
    try {
      DataSize size = DataSize.parse(text);
      if (size.toBytes() > 0) {
        return size;
      }
    } catch (IllegalArgumentException e) {
      // The same answer as for a size that isn't positive.
    }
    throw new TypeConversionException("`" + text + "` is no size such as 512MB or 4GB");
  }
}
