package io.evenkeel.serving;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.evenkeel.contract.Degradation;
import io.evenkeel.contract.Row;
import io.evenkeel.inference.Prediction;
import io.evenkeel.preprocess.Preprocessor;
import io.evenkeel.preprocess.RowKey;
import io.evenkeel.preprocess.TensorRows;
import io.evenkeel.registry.Servable;
import io.evenkeel.routing.Routing;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * A cache for each version whose contract has one. It goes with the version: once that is unloaded
 * and nobody uses it any more, its answers are garbage. Thread-safe.
 */
public final class AnswerCaches {
  private final MeterRegistry meters;
  private final Ticker ticker;
  private final Cache<Servable, AnswerCache> caches = Caffeine.newBuilder().weakKeys().build();

  public AnswerCaches(MeterRegistry meters) {
    this(meters, Ticker.systemTicker());
  }

  AnswerCaches(MeterRegistry meters, Ticker ticker) {
    this.meters = meters;
    this.ticker = ticker;
  }

  /** The version's cache; null where its contract has none. */
  @Nullable AnswerCache of(Routing.Routed to) {
    Degradation.Cache limits = to.servable().contract().cache();
    return limits == null ? null : caches.get(to.servable(), servable -> open(to, limits));
  }

  private AnswerCache open(Routing.Routed to, Degradation.Cache limits) {
    AnswerCache cache = new AnswerCache(limits, ticker);
    MeterNames.cacheBytes(meters, to.version(), cache);
    return cache;
  }

  /** What the version computed for a row before; null where that isn't known. */
  @Nullable Prediction find(Routing.Routed to, Row row) {
    AnswerCache cache = of(to);
    if (cache == null) {
      return null;
    }
    Preprocessor preprocessor = to.servable().preprocessor();
    TensorRows block = preprocessor.newBlock(1);
    preprocessor.write(row, block, 0);
    return cache.find(RowKey.of(block, 0));
  }
}
