package io.evenkeel.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.Contracts;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.Rows;
import java.util.List;

/** Preprocessors for tests, and what they write. */
final class Tensors {
  private Tensors() {}

  /** A contract with the feature {@code x} and the input {@code X} it goes to. */
  static String sections(String feature, String transforms) {
    return """
    features:
      - {name: x, %s}
    inputs:
      - tensor: X
        columns:
          - {feature: x, transforms: %s} # <-
    """
        .formatted(feature, transforms);
  }

  static Preprocessor compile(ContractFile file, ElementType type, int columns) {
    return Preprocessor.compile(file, List.of(new InputTensor("X", type, List.of(columns))));
  }

  /** What becomes of one value, absent if it is empty, in a tensor of 64-bit floats. */
  static double[] written(String feature, String transforms, String value, int columns) {
    ContractFile file = Contracts.of(sections(feature, transforms));
    return block(file, value.isEmpty() ? "{}" : "{\"x\": " + value + "}", columns).doubles(0);
  }

  /** One instance in a tensor of 64-bit floats. */
  static TensorRows block(ContractFile file, String instance, int columns) {
    return block(file, instance, ElementType.DOUBLE, columns);
  }

  static TensorRows block(ContractFile file, String instance, ElementType type, int columns) {
    Preprocessor preprocessor = compile(file, type, columns);
    Row row = Rows.read(file.contract(), instance);
    assertThat(row.violations()).isEmpty();
    TensorRows block = preprocessor.newBlock(1);
    preprocessor.write(row, block, 0);
    return block;
  }

  /** Numbers as a table's cell holds them. */
  static double[] numbers(String cell) {
    return cell.isBlank()
        ? new double[0]
        : List.of(cell.strip().split("\\s+", -1)).stream()
            .mapToDouble(Double::parseDouble)
            .toArray();
  }
}
