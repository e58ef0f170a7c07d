package io.evenkeel.api;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Disclosure;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.Row;
import io.evenkeel.explain.Explanation;
import io.evenkeel.inference.Prediction;
import tools.jackson.core.JsonGenerator;

/** Writes explanations as JSON. Stateless. Of a sensitive feature no value is written. */
final class ExplanationWriter {
  private ExplanationWriter() {}

  static void write(JsonGenerator json, String id, Explanation explanation) {
    Explanation.Pair pair = explanation.pair();
    Disclosure.Probabilities shown = explanation.contract().disclosure().probabilities();
    AnswerWriter.writeHead(
        json,
        id,
        explanation.version().model(),
        explanation.version().version(),
        explanation.contract().fingerprint());
    json.writeName("prediction");
    AnswerWriter.writeValues(json, pair.prediction(), shown);
    json.writeName("baseline");
    AnswerWriter.writeValues(json, pair.baselinePrediction(), shown);
    json.writeObjectPropertyStart("explained");
    if (pair.prediction() instanceof Prediction.Classification found) {
      json.writeStringProperty("label", found.label());
    }
    json.writeNumberProperty("value", pair.explained());
    json.writeNumberProperty("baseline", pair.ofBaseline());
    json.writeEndObject();
    json.writeArrayPropertyStart("attributions");
    for (Explanation.Attribution one : explanation.attributions()) {
      writeAttribution(json, one, explanation);
    }
    json.writeEndArray();
    json.writeStringProperty("method", "sampled-shapley");
    json.writeNumberProperty("permutations", explanation.sampling().permutations());
    json.writeNumberProperty("seed", explanation.sampling().seed());
    json.writeBooleanProperty("partial", explanation.sampling().partial());
    AnswerWriter.writeWarnings(json, explanation.warnings());
    json.writeEndObject();
  }

  private static void writeAttribution(
      JsonGenerator json, Explanation.Attribution one, Explanation explanation) {
    Contract contract = explanation.contract();
    Feature feature = contract.features().get(one.feature());
    json.writeStartObject();
    json.writeStringProperty("feature", feature.name());
    if (feature.sensitive()) {
      json.writeBooleanProperty("sensitive", true);
    } else if (feature.tensor() == null) {
      json.writeName("value");
      writeValue(json, explanation.pair().row(), one.feature(), contract);
      json.writeName("baseline");
      writeValue(json, explanation.pair().baseline(), one.feature(), contract);
    }
    json.writeNumberProperty("attribution", one.attribution());
    json.writeName("standardError");
    if (Double.isNaN(one.standardError())) {
      json.writeNull();
    } else {
      json.writeNumber(one.standardError());
    }
    json.writeEndObject();
  }

  private static void writeValue(JsonGenerator json, Row row, int index, Contract contract) {
    Feature feature = contract.features().get(index);
    double number = row.number(contract.slot(index));
    if (row.isMissing(index)) {
      json.writeNull();
      return;
    }
    switch (feature.type()) {
      case CATEGORY, STRING -> json.writeString(row.text(index));
      case DATE, DATETIME -> json.writeString(feature.type().written(number));
      case BOOLEAN -> json.writeBoolean(number != 0);
      case NUMBER -> json.writeNumber(number);
      case INTEGER -> json.writeRawValue(feature.type().written(number));
      case TENSOR -> throw new IllegalArgumentException("a tensor has more than one number");
    }
  }
}
