package io.evenkeel.audit.log;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The lines of a file as bytes, one after the other. Not thread-safe. */
final class LineReader implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long offset;
  private long number;
  private boolean ended = true;

  LineReader(Path file) throws IOException {
    this.in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
  }

  /** The next line without its end; null where there is none. */
  byte @Nullable [] next() throws IOException {
    line.reset();
    int read = in.read();
    if (read < 0) {
      return null;
    }
    number++;
    while (read >= 0 && read != '\n') {
      line.write(read);
      offset++;
      read = in.read();
    }
    ended = read == '\n';
    if (ended) {
      offset++;
    }
    return line.toByteArray();
  }

  /** Whether the line before had an end. */
  boolean hasEnded() {
    return ended;
  }

  /** Where the next line begins. */
  long offset() {
    return offset;
  }

  /** The number of the line before, from 1. */
  long number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
