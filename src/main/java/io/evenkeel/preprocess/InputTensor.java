package io.evenkeel.preprocess;

import java.util.List;

/**
 * One input of a graph, as a row sees it.
 *
 * @param name the input's name in the graph
 * @param type its element type
 * @param rowShape its sizes without the leading batch dimension; empty for a graph input of shape
 *     [N]
 */
public record InputTensor(String name, ElementType type, List<Integer> rowShape) {
  public InputTensor {
    rowShape = List.copyOf(rowShape);
  }

  /** How many elements one row has. */
  public int elements() {
    int elements = 1;
    for (int size : rowShape) {
      elements = Math.multiplyExact(elements, size);
    }
    return elements;
  }
}
