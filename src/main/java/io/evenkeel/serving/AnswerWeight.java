package io.evenkeel.serving;

import io.evenkeel.inference.Prediction;
import io.evenkeel.preprocess.RowKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * About how many bytes of the heap an answer takes, in a cache or by itself, by the usual sizes of
 * objects in a JVM with compressed references.
 */
public final class AnswerWeight {
  /** The cache's own entry, and the key around its bytes. */
  private static final int ENTRY = 160;

  private static final int OBJECT = 24;
  private static final int REFERENCE = 4;
  private static final int MEMBER = 40;

  private AnswerWeight() {}

  static int bytes(RowKey key, Prediction prediction) {
    long bytes = ENTRY + key.size() + of(prediction);
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  /** Of the answer alone. */
  public static long of(Prediction prediction) {
    return switch (prediction) {
      case Prediction.Classification found ->
          3 * OBJECT + (long) found.probabilities().size() * Double.BYTES;
      case Prediction.Regression ignored -> OBJECT;
      case Prediction.Raw raw -> OBJECT + of(raw.outputs());
    };
  }

  /** Of what a raw output holds. */
  private static long of(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          OBJECT + map.values().stream().mapToLong(member -> MEMBER + of(member)).sum();
      case List<?> list -> OBJECT + list.stream().mapToLong(item -> REFERENCE + of(item)).sum();
      case String text -> 2 * OBJECT + (long) text.length() * Character.BYTES;
      case null, default -> OBJECT;
    };
  }
}
