package io.evenkeel.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.Contracts;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.Rows;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values as each element type of a graph's inputs holds them. */
class TypedInputsTest {
  private static final ContractFile NUMBERS =
      Contracts.of(
          """
          features:
            - {name: a, type: number}
            - {name: b, type: integer}
            - {name: c, type: boolean}
          """);
  private static final String ROW = "{\"a\": -0.1, \"b\": 9007199254740991, \"c\": true}";

  @Test
  void roundsToTheNearestFloatOnce() {
    float[] floats = Tensors.block(NUMBERS, ROW, ElementType.FLOAT, 3).floats(0);
    assertThat(floats).containsExactly(-0.1f, 0x1p53f, 1f);
  }

  @Test
  void keepsDoublesAsTheyAre() {
    double[] doubles = Tensors.block(NUMBERS, ROW, ElementType.DOUBLE, 3).doubles(0);
    assertThat(doubles).containsExactly(-0.1, 9007199254740991.0, 1);
  }

  @Test
  void keepsEveryIntegerInSixtyFourBits() {
    long[] longs = Tensors.block(NUMBERS, ROW, ElementType.INT64, 3).longs(0);
    assertThat(longs).containsExactly(0, 9007199254740991L, 1);
  }

  @Test
  void givesTheNearestOfThirtyTwoBits() {
    int[] ints = Tensors.block(NUMBERS, ROW, ElementType.INT32, 3).ints(0);
    assertThat(ints).containsExactly(0, Integer.MAX_VALUE, 1);
  }

  @Test
  void roundsToTheNearestInteger() {
    String row = "{\"a\": -2.6, \"b\": -3, \"c\": false}";
    assertThat(Tensors.block(NUMBERS, row, ElementType.INT64, 3).longs(0))
        .containsExactly(-3, -3, 0);
  }

  @Test
  void tellsWhetherANumberIsZero() {
    boolean[] booleans = Tensors.block(NUMBERS, ROW, ElementType.BOOL, 3).booleans(0);
    assertThat(booleans).containsExactly(true, true, true);
    String zeros = "{\"a\": 0, \"b\": -0, \"c\": false}";
    assertThat(Tensors.block(NUMBERS, zeros, ElementType.BOOL, 3).booleans(0))
        .containsExactly(false, false, false);
  }

  @Test
  void keepsTexts() {
    ContractFile file =
        Contracts.of(
            """
            features:
              - {name: grade, type: category, values: [A, B], unknown: other}
              - {name: job, type: string, required: false}
              - {name: note, type: string, required: false}
            inputs:
              - tensor: X
                columns:
                  - feature: grade
                  - {feature: job, transforms: [{impute: none}]}
                  - {feature: note, transforms: [{impute: ''}, passthrough]}
            """);
    String[] texts =
        Tensors.block(file, "{\"grade\": \"C\", \"note\": \"größe\"}", ElementType.STRING, 3)
            .texts(0);
    assertThat(texts).containsExactly("C", "none", "größe");
  }

  @Test
  void writesEachRowToItsPlaceInEachInput() {
    ContractFile file =
        Contracts.of(
            """
            features:
              - {name: n, type: integer}
              - {name: s, type: category, values: [p, q]}
            inputs:
              - {tensor: words, columns: [{feature: s}]}
              - {tensor: hot, columns: [{feature: s, transforms: [oneHot]}]}
              - {tensor: one, columns: [{feature: n}]}
            """);
    Preprocessor preprocessor =
        Preprocessor.compile(
            file,
            List.of(
                new InputTensor("one", ElementType.INT64, List.of()),
                new InputTensor("words", ElementType.STRING, List.of(1)),
                new InputTensor("hot", ElementType.FLOAT, List.of(1, 2))));
    TensorRows block = preprocessor.newBlock(3);
    Row first = Rows.read(file.contract(), "{\"n\": 1, \"s\": \"q\"}");
    Row last = Rows.read(file.contract(), "{\"s\": \"p\", \"n\": 3}");
    preprocessor.write(last, block, 2);
    preprocessor.write(first, block, 0);
    assertThat(block.longs(0)).containsExactly(1, 0, 3);
    assertThat(block.texts(1)).containsExactly("q", "", "p");
    assertThat(block.floats(2)).containsExactly(0, 1, 0, 0, 1, 0);
    assertThat(block.rows()).isEqualTo(3);
  }
}
