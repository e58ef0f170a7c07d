package io.evenkeel.serving;

import io.evenkeel.admission.Claim;
import io.evenkeel.admission.Deadline;
import io.evenkeel.preprocess.RowKey;
import io.evenkeel.registry.RowResult;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Requests for the same row of the same version at the same time: the first goes through the lane,
 * those who come while it does wait for what comes of it. Thread-safe.
 */
final class Flights {
  private final Map<RowKey, Leader> leaders = new ConcurrentHashMap<>();

  /** What a request does. */
  sealed interface Part {}

  /**
   * The request's part for a row. Only who would have its turn after the leader anyway follows it:
   * nobody loses its place by following. Who is more urgent leads, and nobody follows it.
   */
  Part board(RowKey key, Claim claim) {
    Leader own = new Leader(key, claim);
    Leader first = leaders.putIfAbsent(key, own);
    return first == null || !first.hasItsTurnBefore(claim) ? own : new Follower(first);
  }

  /** Goes through the lane, and says what came of it. Closed when nothing more comes. */
  final class Leader implements Part, AutoCloseable {
    private final RowKey key;
    private final Claim claim;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable RowResult result;

    private Leader(RowKey key, Claim claim) {
      this.key = key;
      this.claim = claim;
    }

    private boolean hasItsTurnBefore(Claim other) {
      int order = claim.priority().compareTo(other.priority());
      boolean isEarlier = claim.deadline().earlier(other.deadline()).equals(claim.deadline());
      return order < 0 || (order == 0 && isEarlier);
    }

    /** Tells those who follow what the model made of the row. */
    void land(RowResult found) {
      result = found;
      over.countDown();
    }

    @Override
    public void close() {
      leaders.remove(key, this);
      over.countDown();
    }
  }

  /** Waits for the leader's result. */
  record Follower(Leader leader) implements Part {
    /**
     * What the model made of the row. Null if it didn't by the deadline, or if the leader ended
     * without: its refusal, deadline or hang-up is its own.
     */
    @Nullable RowResult await(Deadline deadline) {
      try {
        long left = deadline.nanosLeft(System.nanoTime());
        return leader.over.await(left, TimeUnit.NANOSECONDS) ? leader.result : null;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
  }
}
