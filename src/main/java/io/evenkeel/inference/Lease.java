package io.evenkeel.inference;

import io.evenkeel.inference.internal.Leases;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps a {@link ModelSession} from being freed as long as it is open. Thread-safe; may be closed
 * by another thread than the one that took it.
 */
public final class Lease implements AutoCloseable {
  private final Leases leases;
  private final AtomicBoolean returned = new AtomicBoolean();

  /** Takes over one acquired lease. */
  Lease(Leases leases) {
    this.leases = leases;
  }

  /** Gives the lease back; the last one back frees a closed session. Harmless when repeated. */
  @Override
  public void close() {
    if (returned.compareAndSet(false, true)) {
      leases.release();
    }
  }
}
