package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Reads tensors: nested arrays of exactly one shape. */
class TensorsTest {
  private static final Contract CONTRACT =
      Contracts.of(
              """
              features:
                - {name: before, type: number}
                - {name: cube, type: tensor, shape: [2, 1, 3], nullable: true, required: false}
                - {name: after, type: number}
              """)
          .contract();

  private static Row read(String cube) {
    return Rows.read(CONTRACT, "{\"before\": 8, \"cube\": " + cube + ", \"after\": 9}");
  }

  private static void assertRefused(String cube, String... rulesAndPointers) {
    Row row = read(cube);
    assertThat(row.violations())
        .extracting(violation -> violation.rule() + " " + violation.pointer())
        .containsExactly(rulesAndPointers);
    assertThat(row.isMissing(1)).isTrue();
  }

  @Test
  void keepsElementsInRowMajorOrder() {
    Row row = read("[[[1, 2.5, 3]], [[4, 5, -6e1]]]");
    assertThat(row.isValid()).isTrue();
    List<Double> numbers = new ArrayList<>();
    for (int slot = 0; slot < CONTRACT.width(); slot++) {
      numbers.add(row.number(slot));
    }
    assertThat(numbers).containsExactly(8.0, 1.0, 2.5, 3.0, 4.0, 5.0, -60.0, 9.0);
  }

  @Test
  void takesNullWhereItMay() {
    Row row = read("null");
    assertThat(row.isValid()).isTrue();
    assertThat(row.isMissing(1)).isTrue();
    assertThat(row.number(CONTRACT.slot(1))).isNaN();
  }

  @Test
  void refusesAnotherShape() {
    assertRefused("[]", "shape /instance/cube");
    assertRefused(
        "[1, 2, 3, 4, 5, 6]",
        "shape /instance/cube/0",
        "shape /instance/cube/1",
        "shape /instance/cube");
    assertRefused("[[[1, 2, 3], [4, 5, 6]]]", "shape /instance/cube/0", "shape /instance/cube");
  }

  @Test
  void refusesRaggedArrays() {
    assertRefused("[[[1, 2, 3]], [[4, 5]]]", "shape /instance/cube/1/0");
    assertRefused("[[[1, 2, 3, 4]], [[4, 5, 6]]]", "shape /instance/cube/0/0");
    assertRefused("[[[1, 2, 3]], [4, 5, 6]]", "shape /instance/cube/1/0", "shape /instance/cube/1");
  }

  @Test
  void refusesDeeperArrays() {
    assertRefused(
        "[[[[1], 2, 3]], [[4, 5, [[6]]]]]",
        "type /instance/cube/0/0/0",
        "type /instance/cube/1/0/2");
  }

  @Test
  void refusesWhatIsNoArray() {
    assertRefused("{\"0\": [[1, 2, 3]]}", "type /instance/cube");
    assertRefused("\"[[[1,2,3]],[[4,5,6]]]\"", "type /instance/cube");
    assertRefused("[[{\"a\": 1}], [[4, 5, 6]]]", "shape /instance/cube/0/0");
  }

  @Test
  void namesEachBadElement() {
    assertRefused(
        "[[[1, null, 1e39]], [[true, \"\", 6]]]",
        "type /instance/cube/0/0/1",
        "finite /instance/cube/0/0/2",
        "type /instance/cube/1/0/0",
        "type /instance/cube/1/0/1");
  }

  @Test
  void goesOnBehindABrokenTensor() {
    Row row = Rows.read(CONTRACT, "{\"before\": 8, \"cube\": [[[1, [[]], {\"a\": []}]], 2]}");
    assertThat(row.violations())
        .extracting(Violation::rule)
        .containsExactly("type", "type", "shape", "required");
  }

  @Test
  void keepsEveryElementOfALargeTensor() {
    Contract contract =
        Contracts.of("features:\n  - {name: t, type: tensor, shape: [40, 50]}\n").contract();
    SplittableRandom random = new SplittableRandom(5);
    double[] elements = random.doubles(2000, -1e6, 1e6).toArray();
    StringBuilder json = new StringBuilder("{\"t\": [");
    for (int i = 0; i < elements.length; i++) {
      json.append(i % 50 == 0 ? "[" : "").append(elements[i]);
      json.append(i % 50 < 49 ? "," : i < 1999 ? "]," : "]]}");
    }
    Row row = Rows.read(contract, json.toString());
    assertThat(row.violations()).isEmpty();
    for (int i = 0; i < elements.length; i++) {
      assertThat(row.number(i)).isEqualTo(elements[i]);
    }
  }
}
