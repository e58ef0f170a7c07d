package io.evenkeel.audit.log;

import org.jspecify.annotations.Nullable;

/** What is to become a record. Its methods are called once, on the writer's thread. */
public interface Entry {
  /** Its members as the bytes of a JSON object that isn't empty, in UTF-8, on one line. */
  byte[] json();

  /** The key that its encrypted values need; null where it has none. */
  default byte @Nullable [] dataKey() {
    return null;
  }

  /**
   * What is recorded if nobody waited for the record to come to disk, so that what it says was
   * answered wasn't; null where that is all the same.
   */
  default @Nullable Entry withdrawn() {
    return null;
  }
}
