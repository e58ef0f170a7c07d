package io.evenkeel.cli.replay;

import io.evenkeel.cli.input.CountingInput;
import io.evenkeel.contract.Contract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The lines of a file, one after the other. For one thread. */
interface DataLines extends AutoCloseable {
  /** The next line; null at the end. */
  @Nullable DataLine next() throws IOException;

  /** Columns that mean nothing. */
  default List<String> passedOver() {
    return List.of();
  }

  /** The share of the file that was read. */
  double progress();

  @Override
  void close() throws IOException;

  /**
   * Opens a file: CSV with a header if its name ends so, JSON lines otherwise.
   *
   * @param contract what types the cells of a CSV
   * @param outcome the name of the column with what really happened
   */
  static DataLines open(Path file, Contract contract, String outcome) throws IOException {
    long size = Files.size(file);
    InputStream stream = Files.newInputStream(file);
    CountingInput input = new CountingInput(stream, size);
    boolean csv = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".csv");
    return csv ? new CsvLines(input, new CsvRow(contract, outcome)) : new JsonLines(input);
  }
}
