package io.evenkeel.serving.spi;

import org.jspecify.annotations.Nullable;

/** Where requests get their traces from. Thread-safe. */
public interface RequestTraces {
  /** Nobody traces. */
  RequestTraces NONE =
      new RequestTraces() {
        @Override
        public boolean arePossible() {
          return false;
        }

        @Override
        public @Nullable RequestTrace find() {
          return null;
        }
      };

  /** Whether a request may ever be traced. Stays as it is. */
  boolean arePossible();

  /** The trace of the request that is on this thread; null where it isn't recorded. */
  @Nullable RequestTrace find();
}
