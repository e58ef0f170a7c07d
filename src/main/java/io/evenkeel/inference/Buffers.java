package io.evenkeel.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.Result;
import io.evenkeel.inference.internal.InputBlock;
import io.evenkeel.inference.internal.NumberBlock;
import io.evenkeel.inference.internal.OutputValues;
import io.evenkeel.inference.internal.TextBlock;
import io.evenkeel.preprocess.ElementType;
import io.evenkeel.preprocess.InputTensor;
import io.evenkeel.preprocess.TensorRows;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A runner's memory: room for the largest batch's inputs and fixed-shape outputs, allocated once,
 * and for each batch size tensors over its first rows, so that a run of numbers allocates nothing
 * native. Owns all of it until closed. Used by one thread at a time.
 */
final class Buffers implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final List<InputTensor> inputs;
  private final boolean numbersOnly;
  private final List<InputBlock> blocks = new ArrayList<>();
  private final List<OutputTensor> outputs;
  private final Map<String, NumberBlock> pinned = new LinkedHashMap<>();
  private final List<OutputValues> pinnedValues = new ArrayList<>();
  private final Set<String> unpinned = new LinkedHashSet<>();
  private final List<Batch> batches = new ArrayList<>();

  Buffers(List<InputTensor> inputs, List<OutputTensor> outputs, List<Integer> buckets)
      throws OrtException {
    this.inputs = inputs;
    this.numbersOnly = inputs.stream().noneMatch(input -> input.type() == ElementType.STRING);
    this.outputs = outputs;
    try {
      allocate(buckets.getLast());
      for (int rows : buckets) {
        batches.add(batch(rows));
      }
    } catch (OrtException | RuntimeException | OutOfMemoryError failure) {
      // A shared arena nobody closes is never freed.
      close();
      throw failure;
    }
  }

  private void allocate(int rows) {
    for (InputTensor input : inputs) {
      blocks.add(
          input.type() == ElementType.STRING
              ? new TextBlock(input.rowShape(), rows)
              : new NumberBlock(arena, input.type(), input.rowShape(), rows));
    }
    for (OutputTensor output : outputs) {
      ElementType type = pinnable(output);
      if (type == null) {
        unpinned.add(output.name());
      } else {
        NumberBlock block = new NumberBlock(arena, type, output.rowShape(), rows);
        pinned.put(output.name(), block);
        pinnedValues.add(block.values());
      }
    }
  }

  private static @Nullable ElementType pinnable(OutputTensor output) {
    if (output.columns() < 1) {
      return null;
    }
    return switch (output.kind()) {
      case FLOAT -> ElementType.FLOAT;
      case DOUBLE -> ElementType.DOUBLE;
      case INT64 -> ElementType.INT64;
      case INT32 -> ElementType.INT32;
      case BOOL -> ElementType.BOOL;
      case HALF, STRING, MAPS, OTHER -> null;
    };
  }

  private Batch batch(int rows) throws OrtException {
    Map<String, OnnxTensor> numbers = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      if (blocks.get(i) instanceof NumberBlock block) {
        numbers.put(inputs.get(i).name(), block.tensor(rows));
      }
    }
    Map<String, OnnxTensor> inPlace = new LinkedHashMap<>();
    for (Map.Entry<String, NumberBlock> output : pinned.entrySet()) {
      inPlace.put(output.getKey(), output.getValue().tensor(rows));
    }
    return new Batch(rows, numbers, inPlace);
  }

  void put(int slot, TensorRows rows, int row) {
    if (!rows.inputs().equals(inputs)) {
      throw new IllegalArgumentException("rows of other inputs than the graph's");
    }
    for (int i = 0; i < blocks.size(); i++) {
      blocks.get(i).put(slot, rows, i, row);
    }
  }

  /** The smallest batch for {@code count} rows, the rest filled with copies of the last row. */
  Batch padded(int count) {
    for (Batch batch : batches) {
      if (batch.rows() >= count) {
        for (InputBlock block : blocks) {
          block.repeat(count - 1, batch.rows());
        }
        return batch;
      }
    }
    throw new IllegalArgumentException(
        count + " rows for a largest batch of " + batches.getLast().rows());
  }

  /**
   * Copies of the first rows of the text inputs, by name; the caller closes them. Empty for most
   * graphs.
   */
  Map<String, OnnxTensor> texts(int rows) throws OrtException {
    if (numbersOnly) {
      return Map.of();
    }
    Map<String, OnnxTensor> texts = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      if (blocks.get(i) instanceof TextBlock block) {
        texts.put(inputs.get(i).name(), block.tensor(rows));
      }
    }
    return texts;
  }

  /** The outputs the library allocates anew in each run. */
  Set<String> unpinned() {
    return unpinned;
  }

  /**
   * What the requested outputs said, in their order.
   *
   * @throws InferenceException if an output hasn't a row for each row of the batch
   */
  List<OutputValues> values(Result result, int rows) throws OrtException {
    if (unpinned.isEmpty()) {
      return pinnedValues;
    }
    List<OutputValues> values = new ArrayList<>();
    for (OutputTensor output : outputs) {
      NumberBlock block = pinned.get(output.name());
      values.add(
          block != null
              ? block.values()
              : OutputValues.copyOf(result.get(output.name()).orElseThrow()));
      if (block == null && values.getLast().rows() != rows) {
        throw new InferenceException(
            "the output '"
                + output.name()
                + "' has "
                + values.getLast().rows()
                + " rows for a batch of "
                + rows);
      }
    }
    return values;
  }

  /** Frees the native memory. Not to be repeated. */
  @Override
  public void close() {
    batches.forEach(Batch::close);
    arena.close();
  }
}
