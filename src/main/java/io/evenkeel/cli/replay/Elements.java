package io.evenkeel.cli.replay;

import io.evenkeel.preprocess.TensorRows;

/** Single elements of blocks, whatever their type, without an object for each. */
final class Elements {
  private Elements() {}

  /** A number, or a boolean as 0 or 1. */
  static double number(TensorRows rows, int input, int position) {
    return switch (rows.inputs().get(input).type()) {
      case FLOAT -> rows.floats(input)[position];
      case DOUBLE -> rows.doubles(input)[position];
      case INT64 -> rows.longs(input)[position];
      case INT32 -> rows.ints(input)[position];
      case BOOL -> rows.booleans(input)[position] ? 1 : 0;
      case STRING -> throw new IllegalArgumentException("input " + input + " holds texts");
    };
  }

  /** Copies an element from one block to another, whose input has the same kind of type. */
  static void copy(
      TensorRows source, ColumnTally.Place from, TensorRows target, ColumnTally.Place to, int row) {
    int position = to.in(row);
    int input = to.input();
    switch (to.type()) {
      case STRING -> target.texts(input)[position] = source.texts(from.input())[from.in(row)];
      case FLOAT -> target.floats(input)[position] = (float) read(source, from, row);
      case DOUBLE -> target.doubles(input)[position] = read(source, from, row);
      case INT64 -> target.longs(input)[position] = Math.round(read(source, from, row));
      case INT32 -> target.ints(input)[position] = (int) Math.round(read(source, from, row));
      case BOOL -> target.booleans(input)[position] = read(source, from, row) != 0;
    }
  }

  private static double read(TensorRows source, ColumnTally.Place from, int row) {
    return number(source, from.input(), from.in(row));
  }
}
