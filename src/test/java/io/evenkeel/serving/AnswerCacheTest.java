package io.evenkeel.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.contract.Degradation;
import io.evenkeel.inference.Precision;
import io.evenkeel.inference.Prediction;
import io.evenkeel.preprocess.ElementType;
import io.evenkeel.preprocess.InputTensor;
import io.evenkeel.preprocess.RowKey;
import io.evenkeel.preprocess.TensorRows;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {
  private static final Duration AGE = Duration.ofMinutes(10);
  private static final long ALMOST = AGE.minusMillis(1).toNanos();
  private static final int SIZE = 16 * 1024;

  private long now;

  private AnswerCache cache() {
    return new AnswerCache(new Degradation.Cache(AGE, SIZE), () -> now);
  }

  private static RowKey key(int value) {
    TensorRows block =
        new TensorRows(List.of(new InputTensor("X", ElementType.INT32, List.of(1))), 1);
    block.ints(0)[0] = value;
    return RowKey.of(block, 0);
  }

  private static Prediction answer(double value) {
    return new Prediction.Regression(value, Precision.DOUBLE);
  }

  @Test
  void findsWhatWasPutForTheSameRow() {
    AnswerCache cache = cache();
    cache.put(key(1), answer(10));
    assertThat(cache.find(key(1))).isEqualTo(answer(10));
    assertThat(cache.find(key(2))).isNull();
  }

  @Test
  void forgetsWhatIsTooOld() {
    AnswerCache cache = cache();
    cache.put(key(1), answer(10));
    now += ALMOST;
    assertThat(cache.find(key(1))).isEqualTo(answer(10));
    now += AGE.toNanos() - ALMOST;
    assertThat(cache.find(key(1))).isNull();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void countsTheAgeFromTheLastComputation() {
    AnswerCache cache = cache();
    cache.put(key(1), answer(10));
    now += ALMOST;
    cache.put(key(1), answer(10));
    now += ALMOST;
    assertThat(cache.find(key(1))).isNotNull();
  }

  @Test
  void holdsNoMoreThanItsSize() {
    AnswerCache cache = cache();
    for (int i = 0; i < 1000; i++) {
      cache.put(key(i), answer(i));
      assertThat(cache.bytes()).isLessThanOrEqualTo(SIZE);
    }
    long held = IntStream.range(0, 1000).filter(i -> cache.find(key(i)) != null).count();
    assertThat(held).isBetween(50L, 100L);
  }

  @Test
  void holdsNoAnswerLargerThanItself() {
    AnswerCache cache = cache();
    cache.put(key(1), new Prediction.Raw(Map.of("text", "x".repeat(SIZE))));
    assertThat(cache.find(key(1))).isNull();
  }

  @Test
  void weighsWhatRawOutputsHold() {
    Prediction flat = new Prediction.Raw(Map.of("a", List.of(1.0f, 2.0f)));
    Prediction deep = new Prediction.Raw(Map.of("a", List.of(List.of(1.0f, 2.0f), "text")));
    int light = AnswerWeight.bytes(key(1), flat);
    assertThat(light).isGreaterThan(AnswerWeight.bytes(key(1), answer(1)));
    assertThat(AnswerWeight.bytes(key(1), deep)).isGreaterThan(light);
  }
}
