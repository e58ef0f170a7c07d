package io.evenkeel.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Where a generator writes a body to. A generator has a buffer too, so it hands a small body over
 * as a whole, when it is closed; what it hands over before it is known where to, is kept. Used by
 * one thread.
 */
final class Outflow extends OutputStream {
  private @Nullable ByteArrayOutputStream kept;
  private @Nullable OutputStream target;

  /** How many bytes are kept. */
  int kept() {
    return kept == null ? 0 : kept.size();
  }

  /** Sends on what is kept, and whatever comes from now on. */
  void to(OutputStream target) throws IOException {
    if (kept != null) {
      kept.writeTo(target);
    }
    this.target = target;
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (target != null) {
      target.write(bytes, offset, length);
      return;
    }
    if (kept == null) {
      kept = new ByteArrayOutputStream(2 * length);
    }
    kept.write(bytes, offset, length);
  }
}
