package io.evenkeel.cli.draft;

import io.evenkeel.inference.Prediction;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sketches what the graph answered, as {@code reference.json} has it under {@code outputs}. */
final class AnswerSketch {
  private AnswerSketch() {}

  /**
   * @param labelsKnown whether the classes have their names yet
   */
  static Map<String, Object> of(List<Prediction> answers, boolean labelsKnown) {
    Map<String, Object> sketches = new LinkedHashMap<>();
    if (answers.isEmpty()) {
      return sketches;
    }
    switch (answers.getFirst()) {
      case Prediction.Classification first -> {
        if (labelsKnown) {
          Map<String, Long> counts = new LinkedHashMap<>();
          first.labels().forEach(label -> counts.put(label, 0L));
          for (Prediction answer : answers) {
            String label = ((Prediction.Classification) answer).label();
            if (label != null) {
              counts.merge(label, 1L, Long::sum);
            }
          }
          Map<String, Object> labels = DataProfile.categorical(counts, answers.size(), 0);
          labels.put("rows", answers.size());
          sketches.put("label", labels);
        }
        sketches.put(
            "confidence",
            numeric(
                answers.stream()
                    .mapToDouble(answer -> ((Prediction.Classification) answer).confidence())
                    .toArray()));
      }
      case Prediction.Regression ignored ->
          sketches.put(
              "value",
              numeric(
                  answers.stream()
                      .mapToDouble(answer -> ((Prediction.Regression) answer).value())
                      .toArray()));
      case Prediction.Raw ignored -> {}
    }
    return sketches;
  }

  private static Map<String, Object> numeric(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    Moments moments = new Moments();
    for (double value : sorted) {
      moments.add(value);
    }
    Bins bins = Bins.over(sorted, moments.min());
    for (double value : sorted) {
      bins.add(value);
    }
    Map<String, Object> sketch = bins.sketch(moments, 0);
    // Not all rows were answered, and how many were says how exact the sketch is.
    sketch.put("rows", values.length);
    return sketch;
  }
}
