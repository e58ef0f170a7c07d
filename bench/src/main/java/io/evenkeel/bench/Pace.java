package io.evenkeel.bench;

import java.io.IOException;

/** How an event loop waits from one request to the next. */
interface Pace extends AutoCloseable {
  /** Does what answers ask for until the next request is due, or a little longer, or shorter. */
  void await(long dueNanos) throws IOException;

  @Override
  void close();
}
