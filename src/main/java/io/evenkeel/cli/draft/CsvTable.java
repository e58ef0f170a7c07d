package io.evenkeel.cli.draft;

import io.evenkeel.cli.input.CountingInput;
import io.evenkeel.contract.UnusableModelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;
import tools.jackson.dataformat.csv.CsvSchema;

/**
 * A CSV file (RFC 4180, UTF-8) with a header, read anew for each pass and never held as a whole.
 * Columns are separated by a comma, a semicolon or a tab, whichever the header has most of.
 *
 * @param file the file
 * @param separator between two cells
 * @param header the columns' names
 */
record CsvTable(Path file, char separator, List<String> header) {
  private static final CsvMapper MAPPER =
      CsvMapper.builder()
          .enable(CsvReadFeature.WRAP_AS_ARRAY)
          .enable(CsvReadFeature.SKIP_EMPTY_LINES)
          .build();
  private static final char[] SEPARATORS = {',', ';', '\t'};
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** How pandas writes and reads what is missing. */
  private static final Set<String> MISSING =
      Set.of("", "NA", "N/A", "n/a", "<NA>", "#N/A", "NaN", "nan", "-nan", "NULL", "null", "None");

  CsvTable {
    header = List.copyOf(header);
  }

  /** What is done with a row. */
  @FunctionalInterface
  interface RowVisitor {
    /**
     * @param number counted from 0
     * @param cells as many as the header has; null where nothing is
     */
    void visit(long number, @Nullable String[] cells);
  }

  /**
   * Reads the header.
   *
   * @throws UnusableModelException if there is none, or a name in it is missing or stands twice
   */
  static CsvTable open(Path file) {
    String first;
    try (var lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      first = lines.readLine();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    if (first == null || first.isBlank()) {
      throw new UnusableModelException(
          file.toString(), 1, "the file is empty", "give a CSV file with a header and rows");
    }
    char separator = separator(first);
    CsvTable headless = new CsvTable(file, separator, List.of());
    try (MappingIterator<String[]> rows = headless.rows(Files.newInputStream(file))) {
      List<String> header = new ArrayList<>(List.of(rows.next()));
      header.set(0, header.getFirst().replace(BYTE_ORDER_MARK, ""));
      header.replaceAll(String::strip);
      checkNames(file, header);
      return new CsvTable(file, separator, header);
    } catch (IOException | JacksonException e) {
      throw unreadable(file, e);
    }
  }

  private static char separator(String header) {
    char best = SEPARATORS[0];
    for (char candidate : SEPARATORS) {
      if (count(header, candidate) > count(header, best)) {
        best = candidate;
      }
    }
    return best;
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(found -> found == wanted).count();
  }

  private static void checkNames(Path file, List<String> header) {
    Set<String> seen = new HashSet<>();
    for (String name : header) {
      if (name.isEmpty()) {
        throw new UnusableModelException(
            file.toString(),
            1,
            "a column has no name",
            "name it; if it only counts the rows, write the file without it (pandas: index=False)");
      }
      if (!seen.add(name)) {
        throw new UnusableModelException(
            file.toString(), 1, "the column `" + name + "` stands twice", "rename one of them");
      }
    }
  }

  /**
   * Visits each row in turn.
   *
   * @param watch told how far it is
   * @return the number of rows
   * @throws UnusableModelException if the file can't be read, or a row has too few or too many
   *     cells
   */
  long forEachRow(RowVisitor visitor, Watch watch) {
    try (CountingInput in = new CountingInput(Files.newInputStream(file), Files.size(file));
        MappingIterator<String[]> rows = rows(in)) {
      rows.next();
      long number = 0;
      while (rows.hasNextValue()) {
        @Nullable String[] cells = rows.nextValue();
        if (cells.length != header.size()) {
          throw new UnusableModelException(
              file.toString(),
              rows.currentLocation().getLineNr(),
              "row "
                  + (number + 1)
                  + " has "
                  + cells.length
                  + " cells, the header has "
                  + header.size(),
              "give each row a cell for each column, and quote cells that hold a separator");
        }
        for (int i = 0; i < cells.length; i++) {
          String cell = cells[i] == null ? "" : cells[i].strip();
          cells[i] = MISSING.contains(cell) ? null : cell;
        }
        visitor.visit(number++, cells);
        watch.at(in.share(), number);
      }
      return number;
    } catch (IOException | JacksonException e) {
      throw unreadable(file, e);
    }
  }

  private MappingIterator<String[]> rows(InputStream in) {
    CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator);
    Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
    return MAPPER.readerFor(String[].class).with(schema).readValues(reader);
  }

  private static UnusableModelException unreadable(Path file, Exception cause) {
    return new UnusableModelException(
        file.toString(),
        0,
        "the file can't be read as CSV (" + cause.getClass().getSimpleName() + ")",
        "check that it is there, and is UTF-8 text with quoted cells where they need it");
  }
}
