package io.evenkeel.cli.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that knows how much of it was read. Not thread-safe. */
public final class CountingInput extends FilterInputStream {
  private final long size;
  private long count;

  public CountingInput(InputStream in, long size) {
    super(in);
    this.size = size;
  }

  /** The part that was read, from 0 to 1. */
  public double share() {
    return size == 0 ? 1 : Math.min(1, (double) count / size);
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    count += read < 0 ? 0 : 1;
    return read;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    count += Math.max(0, read);
    return read;
  }
}
