package io.evenkeel.registry;

import io.evenkeel.admission.Claim;
import io.evenkeel.admission.Client;
import io.evenkeel.admission.Ticket;
import io.evenkeel.preprocess.TensorRows;
import org.jspecify.annotations.Nullable;

/** Some rows of a block on their way through a lane, and what came of them. */
public sealed class RowsTicket extends Ticket permits TracedTicket {
  private final TensorRows block;
  private final RowResult[] results;
  private final int from;

  /**
   * A ticket for a range of rows.
   *
   * @param client as {@link Ticket} says
   */
  RowsTicket(Claim claim, Range range, RowResult[] results, @Nullable Client client) {
    super(claim, range.count(), client);
    this.block = range.block();
    this.results = results;
    this.from = range.from();
  }

  /** Some consecutive rows of a block. */
  record Range(TensorRows block, int from, int count) {}

  final TensorRows block() {
    return block;
  }

  /** The first of its rows. */
  final int from() {
    return from;
  }

  /** The row after its last. */
  final int to() {
    return from + rows();
  }

  final void result(int row, RowResult result) {
    results[row] = result;
  }
}
