package io.evenkeel.registry;

import io.evenkeel.admission.Claim;
import io.evenkeel.admission.Client;
import org.jspecify.annotations.Nullable;

/**
 * The ticket of a request that is traced. A type of its own, so that the others are no larger for
 * it.
 */
final class TracedTicket extends RowsTicket {
  private final RunTrace trace;

  TracedTicket(
      Claim claim, Range range, RowResult[] results, @Nullable Client client, RunTrace trace) {
    super(claim, range, results, client);
    this.trace = trace;
  }

  RunTrace trace() {
    return trace;
  }
}
