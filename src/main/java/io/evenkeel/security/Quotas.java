package io.evenkeel.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.evenkeel.security.SecurityProperties.Quota;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How much each caller has left of each model. Only the latest pairs of a caller and a model are
 * kept, so memory is bounded whatever names come. Thread-safe; nobody waits.
 */
public final class Quotas {
  private static final int MOST_PAIRS = 10_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final List<Quota> quotas;
  private final Cache<Pair, Left> left;

  private record Pair(String caller, String model) {}

  public Quotas(List<Quota> quotas) {
    this.quotas = List.copyOf(quotas);
    Duration longest = Duration.ofMinutes(10);
    for (Quota quota : quotas) {
      Duration refill = Duration.ofSeconds(windowSeconds(quota));
      longest = longest.compareTo(refill) < 0 ? refill : longest;
    }
    // Whoever is forgotten has got everything back by then.
    this.left = Caffeine.newBuilder().maximumSize(MOST_PAIRS).expireAfterAccess(longest).build();
  }

  /** In how many seconds a bucket that is empty fills. */
  private static long windowSeconds(Quota quota) {
    if (quota.requests() == 0) {
      return 0;
    }
    double seconds =
        quota.per().toNanos() / (double) NANOS_PER_SECOND * quota.capacity() / quota.requests();
    return Math.max(1, (long) Math.ceil(seconds));
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return quotas.isEmpty();
  }

  /** What became of a request. */
  public sealed interface Entrance {
    /** No quota is for it. */
    record Free() implements Entrance {}

    /**
     * It may go on, and must leave.
     *
     * @param policy the header {@code RateLimit-Policy}
     * @param left the header {@code RateLimit}
     */
    record Admitted(String policy, String left, Left place) implements Entrance {
      /** The request is over. */
      public void leave() {
        place.leave();
      }
    }

    /**
     * Its caller has used up what it has.
     *
     * @param which {@code rate} or {@code concurrency}
     * @param retryAfterSeconds when there will be room, as far as is known
     */
    record Exceeded(String policy, String left, String which, long retryAfterSeconds)
        implements Entrance {}
  }

  /** Asks for one request of a caller for a model. */
  public Entrance tryEnter(String caller, String model) {
    Left found = left.get(new Pair(caller, model), pair -> new Left(find(pair)));
    return found.tryEnter();
  }

  private @Nullable Quota find(Pair pair) {
    for (Quota quota : quotas) {
      if (quota.isFor(pair.caller(), pair.model())) {
        return quota;
      }
    }
    return null;
  }

  /** What one caller has left of one model. */
  static final class Left {
    private static final Entrance FREE = new Entrance.Free();

    private final int concurrency;
    private final @Nullable Bucket bucket;
    private final String policy;
    private final AtomicInteger underWay = new AtomicInteger();

    Left(@Nullable Quota quota) {
      this.concurrency = quota == null ? 0 : quota.concurrency();
      this.bucket = quota == null || quota.requests() == 0 ? null : bucket(quota);
      this.policy = quota == null ? "" : policy(quota);
    }

    private static Bucket bucket(Quota quota) {
      return Bucket.builder()
          .addLimit(
              limit -> limit.capacity(quota.capacity()).refillGreedy(quota.requests(), quota.per()))
          .build();
    }

    private static String policy(Quota quota) {
      String rate =
          quota.requests() == 0
              ? ""
              : "\"rate\";q=" + quota.capacity() + ";w=" + windowSeconds(quota);
      String concurrency =
          quota.concurrency() == 0
              ? ""
              : "\"concurrency\";q=" + quota.concurrency() + ";qu=\"concurrent-requests\"";
      return rate + (rate.isEmpty() || concurrency.isEmpty() ? "" : ", ") + concurrency;
    }

    Entrance tryEnter() {
      if (policy.isEmpty()) {
        return FREE;
      }
      int others = underWay.getAndIncrement();
      if (concurrency > 0 && others >= concurrency) {
        underWay.decrementAndGet();
        return new Entrance.Exceeded(policy, "\"concurrency\";r=0", "concurrency", 1);
      }
      String room = concurrency == 0 ? "" : "\"concurrency\";r=" + (concurrency - others - 1);
      if (bucket == null) {
        return new Entrance.Admitted(policy, room, this);
      }
      ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
      String rate =
          "\"rate\";r="
              + probe.getRemainingTokens()
              + ";t="
              + seconds(probe.getNanosToWaitForReset());
      if (!probe.isConsumed()) {
        underWay.decrementAndGet();
        return new Entrance.Exceeded(
            policy, rate, "rate", seconds(probe.getNanosToWaitForRefill()));
      }
      return new Entrance.Admitted(policy, room.isEmpty() ? rate : rate + ", " + room, this);
    }

    private static long seconds(long nanos) {
      return Math.max(1, Math.ceilDiv(nanos, NANOS_PER_SECOND));
    }

    void leave() {
      underWay.decrementAndGet();
    }
  }
}
