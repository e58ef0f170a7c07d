package io.evenkeel.api;

import io.evenkeel.preprocess.ColumnName;
import io.evenkeel.preprocess.InputTensor;
import io.evenkeel.preprocess.TensorRows;
import io.evenkeel.serving.ValidationOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes verdicts as JSON. Stateless. Of a sensitive feature no column's value is written: a
 * category's place or a missing value's mark would tell it too.
 */
final class VerdictWriter {
  private VerdictWriter() {}

  static void write(JsonGenerator json, String id, ValidationOutcome.Judged judged) {
    AnswerWriter.writeHead(
        json, id, judged.version().model(), judged.version().version(), judged.fingerprint());
    json.writeBooleanProperty("valid", judged.isValid());
    AnswerWriter.writeViolations(json, "violations", judged.violations());
    if (judged.omitted() > 0) {
      json.writeNumberProperty("omittedViolations", judged.omitted());
    }
    AnswerWriter.writeOutlier(json, judged.outlier());
    AnswerWriter.writeWarnings(json, judged.warnings());
    AnswerWriter.writeViolations(json, "monitored", judged.monitored());
    writeTensors(json, judged.transformed());
    json.writeEndObject();
  }

  private static void writeTensors(
      JsonGenerator json, ValidationOutcome.@Nullable Transformed transformed) {
    json.writeArrayPropertyStart("tensors");
    if (transformed != null) {
      List<InputTensor> inputs = transformed.preprocessor().inputs();
      for (int input = 0; input < inputs.size(); input++) {
        json.writeStartObject();
        json.writeStringProperty("name", inputs.get(input).name());
        json.writeArrayPropertyStart("columns");
        List<ColumnName> columns = transformed.preprocessor().columnNames(input);
        for (int position = 0; position < columns.size(); position++) {
          writeColumn(json, columns.get(position), transformed.block(), input, position);
        }
        json.writeEndArray();
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private static void writeColumn(
      JsonGenerator json, ColumnName column, TensorRows block, int input, int position) {
    json.writeStartObject();
    json.writeStringProperty("name", column.name());
    json.writeStringProperty("feature", column.feature().name());
    if (column.feature().sensitive()) {
      json.writeBooleanProperty("sensitive", true);
    } else {
      json.writeName("value");
      AnswerWriter.writeValue(json, block.value(input, position));
    }
    json.writeEndObject();
  }
}
