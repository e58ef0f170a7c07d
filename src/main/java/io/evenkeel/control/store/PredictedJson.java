package io.evenkeel.control.store;

import io.evenkeel.monitoring.quality.Predicted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was predicted, as a JSON text, which says itself what its numbers belong to. */
final class PredictedJson {
  private PredictedJson() {}

  static String write(Predicted predicted) {
    Map<String, Object> document = new LinkedHashMap<>();
    switch (predicted) {
      case Predicted.Value(double value) -> document.put("value", value);
      case Predicted.Classes classes -> {
        double[] probabilities = new double[classes.labels().size()];
        for (int i = 0; i < probabilities.length; i++) {
          probabilities[i] = classes.probability(i);
        }
        document.put("winner", classes.winner());
        document.put("labels", classes.labels());
        document.put("probabilities", probabilities);
      }
    }
    return JsonMapper.shared().writeValueAsString(document);
  }

  static Predicted read(String text) {
    JsonNode document = JsonMapper.shared().readTree(text);
    if (document.has("value")) {
      return new Predicted.Value(document.get("value").doubleValue());
    }
    List<String> labels = document.get("labels").valueStream().map(JsonNode::stringValue).toList();
    double[] probabilities =
        document.get("probabilities").valueStream().mapToDouble(JsonNode::doubleValue).toArray();
    return new Predicted.Classes(labels, probabilities, document.get("winner").intValue());
  }
}
