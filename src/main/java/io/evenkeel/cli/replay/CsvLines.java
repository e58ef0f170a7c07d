package io.evenkeel.cli.replay;

import io.evenkeel.cli.input.CountingInput;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;

/** A CSV file with a header, in the form of RFC 4180. */
final class CsvLines implements DataLines {
  private static final CsvMapper CSV =
      CsvMapper.builder()
          .enable(CsvReadFeature.WRAP_AS_ARRAY, CsvReadFeature.SKIP_EMPTY_LINES)
          .build();

  private final CountingInput input;
  private final MappingIterator<String[]> rows;
  private final CsvRow row;
  private boolean ended;

  /**
   * Opens it, and reads the header.
   *
   * @throws UnusableDataException if the header doesn't serve
   */
  CsvLines(CountingInput input, CsvRow row) {
    this.input = input;
    this.row = row;
    this.rows =
        CSV.readerFor(String[].class)
            .readValues(new InputStreamReader(input, StandardCharsets.UTF_8));
    row.readHeader(rows.hasNextValue() ? rows.nextValue() : new String[0]);
  }

  @Override
  public @Nullable DataLine next() {
    if (ended) {
      return null;
    }
    long number = rows.currentLocation().getLineNr();
    try {
      if (!rows.hasNextValue()) {
        return null;
      }
      return row.read(number, rows.nextValue());
    } catch (JacksonException e) {
      // Where the next line begins can't be told any more.
      ended = true;
      return new DataLine.Unreadable(
          number, "is no CSV, and nothing behind it was read; look for a quote that isn't closed");
    }
  }

  @Override
  public List<String> passedOver() {
    return row.passedOver();
  }

  @Override
  public double progress() {
    return input.share();
  }

  @Override
  public void close() throws IOException {
    rows.close();
    input.close();
  }
}
