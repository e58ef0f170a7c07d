package io.evenkeel.inference.internal;

import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows of maps, copied out of a sequence: what an exported classifier's ZipMap yields. Keys are all
 * String or all Long, in ascending order; values are Float, Double, Long or String. Immutable.
 */
public final class MapValues implements OutputValues {
  private final List<Map<Object, Object>> maps;

  private MapValues(List<Map<Object, Object>> maps) {
    this.maps = maps;
  }

  static MapValues copyOf(OnnxSequence sequence) throws OrtException {
    List<? extends OnnxValue> elements = sequence.getValue();
    // Each element holds native memory of its own, which closing the sequence doesn't free.
    try {
      List<Map<Object, Object>> maps = new ArrayList<>(elements.size());
      for (OnnxValue element : elements) {
        if (!(element instanceof OnnxMap map)) {
          throw new OrtException("unexpected kind of element " + element.getType());
        }
        maps.add(Collections.unmodifiableMap(new TreeMap<>(map.getValue())));
      }
      return new MapValues(maps);
    } finally {
      elements.forEach(OnnxValue::close);
    }
  }

  @Override
  public int rows() {
    return maps.size();
  }

  public Map<Object, Object> map(int row) {
    return maps.get(row);
  }

  @Override
  public Object row(int row) {
    Map<String, Object> texts = new LinkedHashMap<>();
    maps.get(row).forEach((key, value) -> texts.put(key.toString(), value));
    return Collections.unmodifiableMap(texts);
  }
}
