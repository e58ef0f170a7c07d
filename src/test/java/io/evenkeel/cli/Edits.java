package io.evenkeel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Does what {@code init} asks for in the end, as a person would: goes to each line, and fills it
 * in.
 */
final class Edits {
  private static final Pattern EDIT = Pattern.compile("  (\\S+):(\\d+): `(\\w+)`: (.+)");
  private static final Pattern PLACEHOLDER = Pattern.compile("\"TODO: [^\"]*\"");

  private Edits() {}

  /**
   * Fills in each line that is listed.
   *
   * @return how many
   */
  static int apply(String printed) throws IOException {
    List<String> listed =
        printed
            .lines()
            .dropWhile(line -> !line.equals("Fill in:"))
            .skip(1)
            .takeWhile(line -> !line.isBlank())
            .toList();
    int number = 0;
    for (String line : listed) {
      Matcher edit = EDIT.matcher(line);
      if (!edit.matches()) {
        throw new IllegalStateException("no edit: " + line);
      }
      fillIn(Path.of(edit.group(1)), Integer.parseInt(edit.group(2)) - 1, "said " + number++);
    }
    return number;
  }

  private static void fillIn(Path file, int line, String text) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    Matcher placeholder = PLACEHOLDER.matcher(lines.get(line));
    if (!placeholder.find()) {
      throw new IllegalStateException("nothing to fill in: " + lines.get(line));
    }
    lines.set(line, placeholder.replaceFirst(text));
    Files.write(file, lines);
  }
}
