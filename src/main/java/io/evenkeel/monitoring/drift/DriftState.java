package io.evenkeel.monitoring.drift;

import java.io.DataInput;
import java.io.IOException;

/**
 * What a monitor knows at a moment, to survive a restart and to be put together with other
 * replicas'. Immutable. About 1 KB for each stream.
 *
 * <p><b>Put together.</b> Let replica r have seen n_r rows, with evidence M_r. Each M_r - n_r is a
 * supermartingale for whoever sees all replicas, as long as rows still come from the reference
 * given everything before; so is their sum. Evidence is therefore <em>added</em>: the sum reaches c
 * after a mean of at least c rows <em>of all replicas together</em>, whether the replicas see
 * separate traffic or traffic that depends on each other, and however often somebody looks. (An
 * average with weights that sum to 1 would keep the promise for weighted rows, and be slower by the
 * number of replicas.) A replica that goes away takes its evidence along, which only lowers the
 * sum. Replicas may hold their rows against different references, as in different hours of the
 * week: each M_r is against its own.
 *
 * <p>Adding keeps the promise, not the speed: each replica learns of its own rows only, so a drift
 * that one process finds after n rows is found when one of k replicas has seen about n itself.
 * Where that is too slow, replicas send their bins' counts, which add up exactly, and one monitor
 * takes them in by {@link DriftMonitor#observeCounts}.
 */
public final class DriftState {
  private final byte[] bytes;

  DriftState(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** What {@link #bytes} gave; held against the monitor when it is added to one. */
  public static DriftState of(byte[] bytes) {
    return new DriftState(bytes);
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** An amount as states have them: never negative, never infinite. */
  static double amount(DataInput in) throws IOException {
    double amount = in.readDouble();
    if (!(amount >= 0 && amount <= Double.MAX_VALUE)) {
      throw new IOException("an amount of " + amount);
    }
    return amount;
  }
}
