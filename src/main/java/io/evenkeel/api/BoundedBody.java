package io.evenkeel.api;

import java.io.IOException;
import java.io.InputStream;

/**
 * A body that may not be longer than a limit. Reading on is refused as soon as it is. Used by one
 * thread.
 */
final class BoundedBody extends InputStream {
  private final InputStream body;
  private final long limit;
  private long left;

  BoundedBody(InputStream body, long limit) {
    this.body = body;
    this.limit = limit;
    this.left = limit;
  }

  @Override
  public int read() throws IOException {
    int value = body.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = body.read(target, offset, length);
    count(read);
    return read;
  }

  private void count(int read) {
    left -= Math.max(0, read);
    if (left < 0) {
      throw tooLarge(limit);
    }
  }

  static RefusedRequest tooLarge(long limit) {
    return new RefusedRequest(
        ProblemKind.BODY_TOO_LARGE,
        "the body is longer than "
            + limit
            + " bytes; send fewer instances at a time, or raise the limit in evenkeel.api");
  }
}
