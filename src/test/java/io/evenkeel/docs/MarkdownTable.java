package io.evenkeel.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A table of a page in {@code docs/}, found by its heading.
 *
 * @param rows the cells of each row, without the head; code marks are kept
 */
public record MarkdownTable(List<List<String>> rows) {
  private static final Pattern CODE = Pattern.compile("`([^`]*)`");

  public MarkdownTable {
    rows = List.copyOf(rows);
  }

  /** The first table after a line that is exactly this heading. */
  public static MarkdownTable after(String heading, String page) {
    List<String> lines = page.lines().toList();
    int start = lines.indexOf(heading);
    if (start < 0) {
      throw new IllegalArgumentException("the page has no heading `" + heading + "`");
    }
    List<List<String>> rows = new ArrayList<>();
    for (String line : lines.subList(start + 1, lines.size())) {
      if (line.startsWith("|")) {
        rows.add(cells(line));
      } else if (!rows.isEmpty()) {
        break;
      }
    }
    return new MarkdownTable(rows.subList(2, rows.size()));
  }

  private static List<String> cells(String line) {
    String inner = line.substring(1, line.length() - 1);
    return Arrays.stream(inner.split("\\|", -1)).map(String::strip).toList();
  }

  /** All cells of a column, with the code marks taken off. */
  public List<String> column(int column) {
    return rows.stream().map(row -> row.get(column).replace("`", "")).toList();
  }

  /** Each text in code marks within a cell. */
  public static List<String> codes(String cell) {
    return CODE.matcher(cell).results().map((MatchResult match) -> match.group(1)).toList();
  }

  /** A page, by its path from the repository's root. */
  public static String page(String path) {
    try {
      return Files.readString(Path.of(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
