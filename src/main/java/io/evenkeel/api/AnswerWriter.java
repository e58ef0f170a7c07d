package io.evenkeel.api;

import io.evenkeel.contract.Disclosure;
import io.evenkeel.contract.Violation;
import io.evenkeel.contract.Warning;
import io.evenkeel.inference.Numbers;
import io.evenkeel.inference.Precision;
import io.evenkeel.inference.Prediction;
import io.evenkeel.inference.ShownClasses;
import io.evenkeel.serving.Degraded;
import io.evenkeel.serving.PredictionOutcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/**
 * Writes answers and problems as JSON. Stateless. A number that isn't finite is written as null,
 * never as NaN.
 */
final class AnswerWriter {
  private static final SerializableString ID = new SerializedString("id");
  private static final SerializableString MODEL = new SerializedString("model");
  private static final SerializableString VERSION = new SerializedString("version");
  private static final SerializableString CONTRACT = new SerializedString("contract");
  private static final SerializableString ROUTE_REVISION = new SerializedString("routeRevision");
  private static final SerializableString PREDICTION = new SerializedString("prediction");
  private static final SerializableString LABEL = new SerializedString("label");
  private static final SerializableString PROBABILITIES = new SerializedString("probabilities");
  private static final SerializableString CONFIDENCE = new SerializedString("confidence");
  private static final SerializableString VALUE = new SerializedString("value");
  private static final SerializableString OUTPUTS = new SerializedString("outputs");
  private static final SerializableString OUTLIER = new SerializedString("outlier");
  private static final SerializableString SCORE = new SerializedString("score");
  private static final SerializableString DEGRADED = new SerializedString("degraded");
  private static final SerializableString WARNINGS = new SerializedString("warnings");

  private AnswerWriter() {}

  static void writeServed(JsonGenerator json, String id, PredictionOutcome.Served served) {
    writeHead(
        json,
        id,
        served.version().model(),
        served.version().version(),
        served.contract().fingerprint());
    writeRevision(json, served.revision());
    writePrediction(json, served.prediction(), served.shown());
    writeOutlier(json, served.outlier());
    json.writeName(DEGRADED);
    json.writeBoolean(served.degraded() != null);
    writeDegradation(json, served.degraded());
    writeWarnings(json, served.warnings());
    json.writeEndObject();
  }

  static void writeBatch(JsonGenerator json, String id, PredictionOutcome.ServedBatch served) {
    writeHead(
        json,
        id,
        served.version().model(),
        served.version().version(),
        served.contract().fingerprint());
    writeRevision(json, served.revision());
    json.writeArrayPropertyStart("results");
    int answered = 0;
    int refused = 0;
    for (PredictionOutcome.Item item : served.items()) {
      json.writeStartObject();
      switch (item) {
        case PredictionOutcome.Item.Answered found -> {
          answered++;
          writePrediction(json, found.prediction(), served.shown(found));
          writeOutlier(json, found.outlier());
          if (found.degraded() != null) {
            json.writeName(DEGRADED);
            json.writeBoolean(true);
          }
          writeDegradation(json, found.degraded());
          writeWarnings(json, found.warnings());
        }
        case PredictionOutcome.Item.Refused found -> {
          refused++;
          json.writeName("problem");
          writeProblem(json, Problem.violations(found.violations(), found.omitted()), null);
        }
        case PredictionOutcome.Item.Broken ignored -> {
          json.writeName("problem");
          writeProblem(
              json,
              Problem.of(
                  ProblemKind.MODEL_FAILURE, "the model gave no usable answer for this instance"),
              null);
        }
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeName(DEGRADED);
    json.writeBoolean(served.isDegraded());
    writeDegradation(json, served.degraded());
    if (!served.warnings().isEmpty()) {
      writeWarnings(json, served.warnings());
    }
    writeSummary(json, served.items().size(), answered, refused);
    json.writeEndObject();
  }

  static void writeHead(
      JsonGenerator json, String id, String model, String version, String fingerprint) {
    json.writeStartObject();
    json.writeName(ID);
    json.writeString(id);
    json.writeName(MODEL);
    json.writeString(model);
    json.writeName(VERSION);
    json.writeString(version);
    json.writeName(CONTRACT);
    json.writeString(fingerprint);
  }

  private static void writeRevision(JsonGenerator json, long revision) {
    json.writeName(ROUTE_REVISION);
    json.writeNumber(revision);
  }

  /** Nothing where it isn't known. */
  static void writeOutlier(JsonGenerator json, float score) {
    if (!Float.isNaN(score)) {
      json.writeName(OUTLIER);
      json.writeStartObject();
      json.writeName(SCORE);
      json.writeNumber(score);
      json.writeEndObject();
    }
  }

  private static void writeDegradation(JsonGenerator json, @Nullable Degraded degraded) {
    if (degraded != null) {
      json.writeObjectPropertyStart("degradation");
      json.writeStringProperty("mode", degraded.mode().word());
      json.writeStringProperty("reason", degraded.reason());
      json.writeEndObject();
    }
  }

  private static void writeSummary(JsonGenerator json, int instances, int answered, int refused) {
    json.writeObjectPropertyStart("summary");
    json.writeNumberProperty("instances", instances);
    json.writeNumberProperty("served", answered);
    json.writeNumberProperty("invalid", refused);
    json.writeNumberProperty("failed", instances - answered - refused);
    json.writeEndObject();
  }

  private static void writePrediction(
      JsonGenerator json, Prediction prediction, Disclosure.Probabilities shown) {
    json.writeName(PREDICTION);
    writeValues(json, prediction, shown);
  }

  /** Writes a prediction without its name. */
  static void writeValues(
      JsonGenerator json, Prediction prediction, Disclosure.Probabilities shown) {
    json.writeStartObject();
    switch (prediction) {
      case Prediction.Classification classification ->
          writeClassification(json, classification, shown);
      case Prediction.Regression regression -> {
        json.writeName(VALUE);
        writeNumber(json, regression.value(), regression.precision());
      }
      case Prediction.Raw raw -> {
        json.writeName(OUTPUTS);
        writeValue(json, raw.outputs());
      }
    }
    json.writeEndObject();
  }

  private static void writeClassification(
      JsonGenerator json, Prediction.Classification found, Disclosure.Probabilities shown) {
    if (shown.labelOnly()) {
      json.writeName(LABEL);
      json.writeString(found.label());
      return;
    }
    Prediction.Classification classification =
        shown.isFull() ? found : ShownClasses.of(found, shown);
    Numbers probabilities = classification.probabilities();
    List<String> labels = classification.labels();
    json.writeName(LABEL);
    json.writeString(classification.label());
    json.writeName(PROBABILITIES);
    json.writeStartObject();
    for (int i = 0; i < probabilities.size(); i++) {
      json.writeName(labels.get(i));
      writeNumber(json, probabilities.get(i), probabilities.precision());
    }
    json.writeEndObject();
    json.writeName(CONFIDENCE);
    writeNumber(json, classification.confidence(), probabilities.precision());
  }

  private static void writeNumber(JsonGenerator json, double value, Precision precision) {
    if (!Double.isFinite(value)) {
      json.writeNull();
    } else if (precision == Precision.SINGLE) {
      json.writeNumber((float) value);
    } else {
      json.writeNumber(value);
    }
  }

  /** Writes a raw output, or another tree of values. */
  static void writeValue(JsonGenerator json, @Nullable Object value) {
    switch (value) {
      case null -> json.writeNull();
      case Map<?, ?> map -> {
        json.writeStartObject();
        map.forEach((name, member) -> {
          json.writeName(String.valueOf(name));
          writeValue(json, member);
        });
        json.writeEndObject();
      }
      case List<?> list -> {
        json.writeStartArray();
        list.forEach(item -> writeValue(json, item));
        json.writeEndArray();
      }
      case Float number -> writeNumber(json, number, Precision.SINGLE);
      case Double number -> writeNumber(json, number, Precision.DOUBLE);
      case Number number -> json.writeNumber(number.longValue());
      case Boolean flag -> json.writeBoolean(flag);
      default -> json.writeString(value.toString());
    }
  }

  static void writeWarnings(JsonGenerator json, List<Warning> warnings) {
    json.writeName(WARNINGS);
    json.writeStartArray();
    for (Warning warning : warnings) {
      json.writeStartObject();
      json.writeStringProperty("pointer", warning.pointer());
      if (!warning.feature().isEmpty()) {
        json.writeStringProperty("feature", warning.feature());
      }
      json.writeStringProperty("rule", warning.rule());
      json.writeStringProperty("message", warning.message());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /**
   * @param requestId the request's id; null within a batch, whose answer has it already
   */
  static void writeProblem(JsonGenerator json, Problem problem, @Nullable String requestId) {
    json.writeStartObject();
    json.writeStringProperty("type", problem.kind().type());
    json.writeStringProperty("title", problem.kind().title());
    json.writeNumberProperty("status", problem.kind().status());
    json.writeStringProperty("detail", problem.detail());
    if (requestId != null) {
      json.writeStringProperty("requestId", requestId);
    }
    problem
        .extensions()
        .forEach((name, value) -> {
          json.writeName(name);
          writeValue(json, value);
        });
    if (!problem.violations().isEmpty()) {
      writeViolations(json, "violations", problem.violations());
    }
    json.writeEndObject();
  }

  static void writeViolations(JsonGenerator json, String name, List<Violation> violations) {
    json.writeArrayPropertyStart(name);
    violations.forEach(violation -> writeViolation(json, violation));
    json.writeEndArray();
  }

  private static void writeViolation(JsonGenerator json, Violation violation) {
    json.writeStartObject();
    json.writeStringProperty("pointer", violation.pointer());
    if (!violation.feature().isEmpty()) {
      json.writeStringProperty("feature", violation.feature());
    }
    json.writeStringProperty("rule", violation.rule());
    json.writeStringProperty("expected", violation.expected());
    if (violation.received() != null) {
      json.writeStringProperty("received", violation.received());
    }
    json.writeEndObject();
  }
}
