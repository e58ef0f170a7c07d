package io.evenkeel.control.store;

import io.evenkeel.keyring.Keyring;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The keys that kept predictions and their outcomes are sealed with, and who counts those that
 * can't be read.
 *
 * @param ring null where they are kept in the clear
 * @param unreadable is told how many couldn't be read, each time that somebody looks at them
 */
public record PredictionKeys(@Nullable Keyring ring, LongConsumer unreadable) {
  /** No keys, and nobody counts. */
  public static PredictionKeys none() {
    return new PredictionKeys(null, rows -> {});
  }
}
