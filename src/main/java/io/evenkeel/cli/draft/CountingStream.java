package io.evenkeel.cli.draft;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes that were read, to tell how far a reader is. Not thread-safe. */
final class CountingStream extends FilterInputStream {
  private long count;

  CountingStream(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    int found = super.read();
    count += found < 0 ? 0 : 1;
    return found;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int found = super.read(target, offset, length);
    count += Math.max(0, found);
    return found;
  }

  long count() {
    return count;
  }
}
