package io.evenkeel.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class RowKeyTest {
  private static RowKey key(ElementType type, double... values) {
    TensorRows block = block(type, values.length, 1);
    for (int i = 0; i < values.length; i++) {
      block.set(0, i, values[i]);
    }
    return RowKey.of(block, 0);
  }

  private static RowKey key(String... values) {
    TensorRows block = block(ElementType.STRING, values.length, 1);
    for (int i = 0; i < values.length; i++) {
      block.set(0, i, values[i]);
    }
    return RowKey.of(block, 0);
  }

  private static TensorRows block(ElementType type, int elements, int rows) {
    return new TensorRows(List.of(new InputTensor("X", type, List.of(elements))), rows);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "STRING")
  void isEqualExactlyWhereTheValuesAre(ElementType type) {
    assertThat(key(type, 1, 0)).isEqualTo(key(type, 1, 0)).hasSameHashCodeAs(key(type, 1, 0));
    assertThat(key(type, 1, 0)).isNotEqualTo(key(type, 0, 1)).isNotEqualTo(key(type, 1));
  }

  @Test
  void seesValuesAsTheTensorDoes() {
    assertThat(key(ElementType.FLOAT, 0.1)).isEqualTo(key(ElementType.FLOAT, 0.1f));
    assertThat(key(ElementType.DOUBLE, 0.1)).isNotEqualTo(key(ElementType.DOUBLE, 0.1f));
    assertThat(key(ElementType.INT64, 2.4)).isEqualTo(key(ElementType.INT64, 2));
    assertThat(key(ElementType.BOOL, 7)).isEqualTo(key(ElementType.BOOL, 1));
  }

  @Test
  void takesAllNansForOneAndTheZerosForTwo() {
    for (ElementType type : List.of(ElementType.FLOAT, ElementType.DOUBLE)) {
      double odd = Double.longBitsToDouble(0x7ff8_0000_0000_0123L);
      assertThat(key(type, Double.NaN)).isEqualTo(key(type, odd));
      assertThat(key(type, 0.0)).isNotEqualTo(key(type, -0.0));
    }
  }

  @Test
  void keepsNeighbouringTextsApart() {
    assertThat(key("ab", "c")).isEqualTo(key("ab", "c")).isNotEqualTo(key("a", "bc"));
    assertThat(key("", "\u0000")).isNotEqualTo(key("\u0000", ""));
  }

  @Test
  void holdsOneRowOfABlock() {
    TensorRows block = block(ElementType.FLOAT, 2, 3);
    for (int i = 0; i < 6; i++) {
      block.set(0, i, i);
    }
    assertThat(RowKey.of(block, 1)).isEqualTo(key(ElementType.FLOAT, 2, 3));
    assertThat(RowKey.of(block, 1).size()).isEqualTo(8);
  }

  @Test
  void isOrderedAsItIsEqual() {
    RowKey[] keys = {
      key(ElementType.INT32, 3), key(ElementType.INT32, 1), key(ElementType.INT32, 3)
    };
    Arrays.sort(keys);
    assertThat(keys[1]).isEqualTo(keys[2]).isNotEqualTo(keys[0]);
    assertThat(keys[1].compareTo(keys[2])).isZero();
  }
}
