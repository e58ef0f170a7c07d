package io.evenkeel.preprocess;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.Row;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Writes valid rows as the tensor values a graph takes. Immutable, and safe for use by many
 * threads.
 *
 * <p>Pure and deterministic: the same row gives the same bits, whatever the thread, locale, time
 * zone, clock or order of a request's keys. Arithmetic is in 64-bit floating point and rounded
 * once, when a value is written; logarithms and sines come from {@link StrictMath}, so that every
 * platform agrees. Writing allocates nothing.
 */
public final class Preprocessor {
  private final Contract contract;
  private final List<InputTensor> inputs;
  private final int[] elements;
  private final Column[][] columns;

  Preprocessor(Contract contract, List<InputTensor> inputs, List<List<Column>> columns) {
    this.contract = contract;
    this.inputs = List.copyOf(inputs);
    this.elements = inputs.stream().mapToInt(InputTensor::elements).toArray();
    this.columns =
        columns.stream().map(list -> list.toArray(Column[]::new)).toArray(Column[][]::new);
  }

  /**
   * Compiles the contract's {@code inputs} section for a graph.
   *
   * @param inputs the graph's inputs, in its order
   * @throws io.evenkeel.contract.UnusableModelException with every mistake found, if the section is
   *     wrong in itself or doesn't fit the contract's features or the graph
   */
  public static Preprocessor compile(ContractFile file, List<InputTensor> inputs) {
    Mistakes mistakes = file.document().mistakes();
    Contract contract = file.contract();
    List<List<Column>> columns = new InputSection(contract, inputs).read(file.document());
    mistakes.throwIfAny();
    return new Preprocessor(contract, inputs, columns);
  }

  /** The graph's inputs, in the order that blocks keep them. */
  public List<InputTensor> inputs() {
    return inputs;
  }

  /**
   * What each element of an input holds, in the tensor's order.
   *
   * @param input the input's position in {@link #inputs()}
   */
  public List<ColumnName> columnNames(int input) {
    List<ColumnName> names = new ArrayList<>();
    for (Column column : columns[input]) {
      Feature feature = contract.features().get(column.feature());
      for (int element = 0; element < column.width(); element++) {
        names.add(new ColumnName(feature, feature.name() + column.suffix(element)));
      }
    }
    return names;
  }

  /** A block of zeros for a number of rows. Each of its rows is to be written once. */
  public TensorRows newBlock(int rows) {
    return new TensorRows(inputs, rows);
  }

  /**
   * Writes one row.
   *
   * @param row a row that keeps its contract
   * @param target a block made by {@link #newBlock}
   * @param position the row's place in the block
   */
  public void write(Row row, TensorRows target, int position) {
    for (int input = 0; input < columns.length; input++) {
      int next = position * elements[input];
      for (Column column : columns[input]) {
        column.write(row, target, input, next);
        next += column.width();
      }
    }
  }

  /**
   * Writes a row that is put together of two: what comes of some features is taken from the one,
   * what comes of all others from the other.
   *
   * @param pair a block of two rows
   * @param ofSecond the features that are taken from its second row
   * @param target a block made by {@link #newBlock}
   * @param position the row's place in the block
   */
  public void mix(TensorRows pair, BitSet ofSecond, TensorRows target, int position) {
    for (int input = 0; input < columns.length; input++) {
      int next = 0;
      for (Column column : columns[input]) {
        int from = ofSecond.get(column.feature()) ? elements[input] + next : next;
        target.copy(input, pair, from, position * elements[input] + next, column.width());
        next += column.width();
      }
    }
  }

  /** The features by which a graph can tell the two rows of a block apart. */
  public BitSet differing(TensorRows pair) {
    BitSet differing = new BitSet();
    for (int input = 0; input < columns.length; input++) {
      int next = 0;
      for (Column column : columns[input]) {
        for (int end = next + column.width(); next < end; next++) {
          if (!pair.value(input, next).equals(pair.value(input, elements[input] + next))) {
            differing.set(column.feature());
          }
        }
      }
    }
    return differing;
  }
}
