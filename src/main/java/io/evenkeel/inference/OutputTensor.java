package io.evenkeel.inference;

import java.util.List;

/**
 * One output of a graph, as its declaration has it.
 *
 * @param name the output's name in the graph
 * @param kind what it holds
 * @param rowShape its sizes without the leading batch dimension; empty for shape [N]; -1 for a size
 *     that only a run tells, and a single -1 where the graph leaves the whole shape open or the
 *     output isn't a tensor
 */
public record OutputTensor(String name, Kind kind, List<Integer> rowShape) {
  static final int UNKNOWN = -1;
  static final List<Integer> OPEN = List.of(UNKNOWN);

  /** What an output holds. */
  public enum Kind {
    FLOAT,
    /** 16-bit floats, read as 32-bit ones. */
    HALF,
    DOUBLE,
    INT64,
    INT32,
    BOOL,
    STRING,
    /** A sequence with a map for each row, from class to score: ZipMap. */
    MAPS,
    /** Anything else; such an output can't be read. */
    OTHER
  }

  public OutputTensor {
    rowShape = List.copyOf(rowShape);
  }

  /** How many elements one row has; -1 if only a run tells. */
  public int columns() {
    int columns = 1;
    for (int size : rowShape) {
      if (size == UNKNOWN) {
        return UNKNOWN;
      }
      columns = Math.multiplyExact(columns, size);
    }
    return columns;
  }
}
