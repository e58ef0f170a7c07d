package io.evenkeel.cli.replay;

import io.evenkeel.cli.input.CountingInput;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A file with a JSON object on each line. Empty lines are passed over. */
final class JsonLines implements DataLines {
  /** A longer line is no row: without a limit, a file without line ends would fill the memory. */
  static final int LONGEST = 8 << 20;

  private final CountingInput input;
  private final Reader reader;
  private final char[] buffer = new char[1 << 15];
  private final StringBuilder line = new StringBuilder();
  private int next;
  private int end;
  private long number;
  private boolean tooLong;

  JsonLines(CountingInput input) {
    this.input = input;
    this.reader = new InputStreamReader(input, StandardCharsets.UTF_8);
  }

  @Override
  public @Nullable DataLine next() throws IOException {
    while (readLine()) {
      number++;
      if (tooLong) {
        return new DataLine.Unreadable(number, "is longer than " + LONGEST + " characters");
      }
      if (number == 1 && !line.isEmpty() && line.charAt(0) == '\uFEFF') {
        line.deleteCharAt(0);
      }
      String text = line.toString();
      if (!text.isBlank()) {
        return new DataLine.Body(number, text);
      }
    }
    return null;
  }

  /** Reads up to the next line feed. Returns false at the end of the file. */
  private boolean readLine() throws IOException {
    line.setLength(0);
    tooLong = false;
    boolean some = false;
    while (next < end || fill()) {
      some = true;
      int from = next;
      while (next < end && buffer[next] != '\n') {
        next++;
      }
      append(from);
      if (next < end) {
        next++;
        return true;
      }
    }
    return some;
  }

  private void append(int from) {
    if (line.length() + next - from > LONGEST) {
      tooLong = true;
      line.setLength(0);
      line.trimToSize();
    }
    if (!tooLong) {
      line.append(buffer, from, next - from);
    }
  }

  private boolean fill() throws IOException {
    next = 0;
    end = Math.max(0, reader.read(buffer));
    return end > 0;
  }

  @Override
  public double progress() {
    return input.share();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
