package io.evenkeel.registry;

import io.evenkeel.admission.Claim;
import io.evenkeel.admission.Client;
import io.evenkeel.admission.Ending;
import io.evenkeel.admission.Lane;
import io.evenkeel.admission.Permit;
import io.evenkeel.contract.Contract;
import io.evenkeel.contract.RowReader;
import io.evenkeel.contract.RuleFlags;
import io.evenkeel.inference.Lease;
import io.evenkeel.preprocess.Preprocessor;
import io.evenkeel.preprocess.TensorRows;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a loaded version that a request walks through. Thread-safe. A caller leases it
 * before the first step and gives the lease back after the last, so that it isn't unloaded in
 * between.
 */
public final class Servable implements AutoCloseable {
  private final Engine engine;
  private final Lane<RowsTicket> lane;

  Servable(Engine engine, Lane<RowsTicket> lane) {
    this.engine = engine;
    this.lane = lane;
  }

  /** The contract as its file has it. */
  public Contract contract() {
    return engine.contract();
  }

  /** Reads rows by the rules that are enforced at present. */
  public RowReader reader() {
    return engine.reader();
  }

  /** The rules that are not enforced at present. */
  public RuleFlags flags() {
    return engine.rules().flags();
  }

  /** The contract without them: what a row has to keep at present. */
  public Contract contractInForce() {
    return engine.rules().contractInForce();
  }

  RuleSwitch rules() {
    return engine.rules();
  }

  public Preprocessor preprocessor() {
    return engine.preprocessor();
  }

  public Lane<?> lane() {
    return lane;
  }

  /** Whether its requests are refused because the model has failed again and again. */
  public boolean circuitIsOpen() {
    return lane.circuitIsOpen();
  }

  /** A lease, or null if the version is being unloaded. */
  public @Nullable Lease tryLease() {
    return engine.session().tryLease();
  }

  /**
   * Takes a block of rows through the lane, in pieces small enough that others have their turn in
   * between. The caller holds a lease.
   *
   * @param permit of the lane; learns whether the model worked
   * @param client who is to be answered; null where nobody can be asked
   */
  public Passage run(Permit permit, TensorRows rows, @Nullable Client client) {
    return run(permit, rows, client, null);
  }

  /**
   * The same for a request that may be traced.
   *
   * @param trace where its runs are noted; null where it isn't traced
   */
  public Passage run(
      Permit permit, TensorRows rows, @Nullable Client client, @Nullable RunTrace trace) {
    Claim claim = permit.claim();
    RowResult[] results = new RowResult[rows.rows()];
    long waited = 0;
    int from = 0;
    while (from < results.length) {
      int count = results.length == 1 ? 1 : Math.min(results.length - from, lane.chunkRows());
      RowsTicket.Range range = new RowsTicket.Range(rows, from, count);
      RowsTicket ticket =
          trace == null
              ? new RowsTicket(claim, range, results, client)
              : new TracedTicket(claim, range, results, client, trace);
      Ending ending = lane.pass(ticket);
      waited += ticket.waitedNanos();
      if (ending != Ending.RAN) {
        return new Passage(ending, List.of(), waited);
      }
      // A run may have had room for some of its rows only.
      from += ticket.rows();
    }
    if (!allRan(results)) {
      return new Passage(Ending.EXPIRED, List.of(), waited);
    }
    permit.report(someAnswered(results));
    return new Passage(Ending.RAN, Arrays.asList(results), waited);
  }

  /** False if the deadline passed while a batch that had failed was run row by row. */
  private static boolean allRan(@Nullable RowResult[] results) {
    for (RowResult result : results) {
      if (result == null) {
        return false;
      }
    }
    return true;
  }

  private static boolean someAnswered(RowResult[] results) {
    for (RowResult result : results) {
      if (result instanceof RowResult.Answered) {
        return true;
      }
    }
    return false;
  }

  /**
   * How a block came through the lane.
   *
   * @param results one for each row, in their order; none unless the ending is {@link Ending#RAN}
   * @param waitedNanos how long it waited for its turns
   */
  public record Passage(Ending ending, List<RowResult> results, long waitedNanos) {}

  /** Whether the native memory is free again. */
  boolean isFreed() {
    return engine.session().isFreed();
  }

  /** Frees the native memory, once the last lease is back. */
  @Override
  public void close() {
    lane.close();
    engine.close();
  }
}
