package io.evenkeel.serving;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.evenkeel.contract.Degradation;
import io.evenkeel.inference.Prediction;
import io.evenkeel.preprocess.RowKey;
import org.jspecify.annotations.Nullable;

/**
 * What one version has computed lately, by row, and the rows it is computing now. Bounded in bytes
 * and in age. Thread-safe.
 */
final class AnswerCache {
  private final Cache<RowKey, Prediction> answers;
  private final Flights flights = new Flights();

  AnswerCache(Degradation.Cache limits, Ticker ticker) {
    this.answers =
        Caffeine.newBuilder()
            .maximumWeight(limits.maxBytes())
            .weigher(AnswerWeight::bytes)
            .expireAfterWrite(limits.maxAge())
            .ticker(ticker)
            // On the thread that puts: no thread of its own, and the bounds hold at once.
            .executor(Runnable::run)
            .build();
  }

  void put(RowKey key, Prediction computed) {
    answers.put(key, computed);
  }

  /** Null where the row wasn't computed, or too long ago, or had to make room. */
  @Nullable Prediction find(RowKey key) {
    return answers.getIfPresent(key);
  }

  Flights flights() {
    return flights;
  }

  /** About how much memory the answers take. */
  long bytes() {
    answers.cleanUp();
    return answers.policy().eviction().orElseThrow().weightedSize().orElseThrow();
  }
}
