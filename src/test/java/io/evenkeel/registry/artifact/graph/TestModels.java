package io.evenkeel.registry.artifact.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Graphs as ONNX has them, made by hand. */
public final class TestModels {
  public static final int FLOAT = 1;
  public static final int STRING = 8;

  private static final int TENSOR = 4;
  private static final int INTS = 7;

  private TestModels() {}

  /** A tensor without data. */
  public static Proto tensor(String name, int type, long... dims) {
    Proto tensor = new Proto();
    Arrays.stream(dims).forEach(size -> tensor.put(1, size));
    return tensor.put(2, type).put(8, name);
  }

  /** Lets a tensor say that its data are beside the graph. */
  public static Proto external(Proto tensor, String... keysAndValues) {
    for (int i = 0; i < keysAndValues.length; i += 2) {
      tensor.put(13, new Proto().put(1, keysAndValues[i]).put(2, keysAndValues[i + 1]));
    }
    return tensor.put(14, 1);
  }

  /** A node without attributes. */
  public static Proto node(String domain, String operator) {
    return new Proto().put(1, "x").put(2, "y").put(4, operator).put(7, domain);
  }

  /** A node's attribute that holds a tensor. */
  public static Proto attribute(Proto tensor) {
    return new Proto().put(1, "value").put(5, tensor).put(20, TENSOR);
  }

  /** A model of one graph. */
  public static Proto model(Proto graph) {
    return new Proto().put(1, 8).put(7, graph).put(8, new Proto().put(1, "").put(2, 13));
  }

  /** A model whose graph has nothing but this initializer. */
  public static Proto withInitializer(Proto tensor) {
    return model(new Proto().put(2, "g").put(5, tensor));
  }

  /**
   * A model that adds its input x to each weight and yields the largest sum: with weights that are
   * all w, x + w. The operator uses the weights where they lie, also after the graph was loaded.
   *
   * @param weights float [1, n], called w
   */
  public static Proto adding(Proto weights) {
    Proto add = new Proto().put(1, "x").put(1, "w").put(2, "sums").put(4, "Add");
    Proto axes = new Proto().put(1, "axes").put(8, 1).put(20, INTS);
    Proto largest = new Proto().put(1, "sums").put(2, "value").put(4, "ReduceMax").put(5, axes);
    return model(
        new Proto()
            .put(1, add)
            .put(1, largest)
            .put(2, "adding")
            .put(5, weights)
            .put(11, column("x"))
            .put(12, column("value")));
  }

  /** An input or output of floats, [n, 1]. */
  public static Proto column(String name) {
    return value(name, new Proto().put(2, "n"), new Proto().put(1, 1));
  }

  /** An input or output of floats whose dimensions are given. */
  public static Proto value(String name, Proto... dims) {
    Proto shape = new Proto();
    for (Proto size : dims) {
      shape.put(1, size);
    }
    Proto type = new Proto().put(1, FLOAT).put(2, shape);
    return new Proto().put(1, name).put(2, new Proto().put(1, type));
  }

  /** Floats that are all the same, as a file has them. */
  public static byte[] floats(int count, float value) {
    ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }
}
