package io.evenkeel.admission;

import io.github.resilience4j.bulkhead.Bulkhead;
import java.util.concurrent.atomic.AtomicBoolean;

/** Leave to run, until it is closed. Closing again does nothing; any thread may close. */
public final class Permit implements Admission, AutoCloseable {
  private final Bulkhead bulkhead;
  private final AtomicBoolean open = new AtomicBoolean(true);

  Permit(Bulkhead bulkhead) {
    this.bulkhead = bulkhead;
  }

  @Override
  public void close() {
    if (open.compareAndSet(true, false)) {
      bulkhead.onComplete();
    }
  }
}
