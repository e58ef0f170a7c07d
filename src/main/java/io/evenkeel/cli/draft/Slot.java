package io.evenkeel.cli.draft;

import io.evenkeel.preprocess.InputTensor;
import java.util.List;

/**
 * A feature's place: which columns of the data it is, and which of the graph's inputs it goes into.
 *
 * @param name the feature's name
 * @param original what the data or the graph call it
 * @param columns the data's columns, counted from 0; none without data
 * @param shape a tensor's sizes; empty for any other feature
 * @param input the graph's input
 */
record Slot(
    String name, String original, List<Integer> columns, List<Integer> shape, InputTensor input) {
  Slot {
    columns = List.copyOf(columns);
    shape = List.copyOf(shape);
  }

  boolean isTensor() {
    return !shape.isEmpty();
  }
}
