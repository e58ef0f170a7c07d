package io.evenkeel.audit;

import io.evenkeel.audit.log.Entry;
import io.evenkeel.serving.spi.RequestSummary;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is recorded of a request for predictions. Made on the request's thread, written on the
 * log's. Immutable.
 *
 * @param atMillis when, since 1970
 * @param kind what was asked for, in a word
 * @param who the caller; null where it doesn't say
 * @param model the model that was asked for, where the summary has no route; null for the default
 * @param inputs null where no rows were read
 */
record AuditRecord(
    long atMillis,
    String kind,
    @Nullable String who,
    @Nullable String model,
    RequestSummary summary,
    @Nullable Inputs inputs)
    implements Entry {
  private static final int EXPECTED_BYTES = 640;
  private static final int MICRO = 1000;

  /**
   * What is recorded of the rows that were read.
   *
   * @param contract the fingerprint of the contract that they were read by
   * @param values encrypted; null where none are kept
   */
  record Inputs(String contract, Fingerprints.Prints prints, @Nullable SealedValues values) {}

  @Override
  public byte[] json() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(EXPECTED_BYTES);
    try (JsonGenerator json = JsonMapper.shared().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringProperty("at", Instant.ofEpochMilli(atMillis).toString());
      json.writeStringProperty("kind", kind);
      json.writeStringProperty("id", summary.id());
      if (!summary.requestId().equals(summary.id())) {
        json.writeStringProperty("requestId", summary.requestId());
      }
      writeIfThere(json, "who", who);
      writeRoute(json);
      writeInput(json);
      writeEnding(json, summary.ending());
      SealedValues values = values();
      if (values != null) {
        json.writeStringProperty("values", values.base64());
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private void writeRoute(JsonGenerator json) {
    RequestSummary.Route route = summary.route();
    writeIfThere(json, "model", route == null ? model : route.model());
    if (route == null) {
      return;
    }
    json.writeStringProperty("version", route.version());
    writeIfThere(json, "contract", inputs == null ? null : inputs.contract());
    writeIfThere(json, "answeredBy", route.answeredBy());
    json.writeStringProperty("role", route.role());
    json.writeNumberProperty("revision", route.revision());
  }

  private void writeInput(JsonGenerator json) {
    json.writeNumberProperty("rows", summary.counts().rows());
    if (inputs != null) {
      json.writeStringProperty("key", inputs.prints().keyId());
      json.writeArrayPropertyStart("prints");
      inputs.prints().hex().forEach(json::writeString);
      json.writeEndArray();
    }
  }

  private static void writeEnding(JsonGenerator json, RequestSummary.Ending ending) {
    json.writeStringProperty("outcome", ending.outcome());
    writeIfThere(json, "reason", ending.reason());
    writeIfThere(json, "degraded", ending.degraded());
    json.writeNumberProperty("micros", ending.nanos() / MICRO);
  }

  private static void writeIfThere(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }

  private @Nullable SealedValues values() {
    return inputs == null ? null : inputs.values();
  }

  @Override
  public byte @Nullable [] dataKey() {
    SealedValues values = values();
    return values == null ? null : values.key();
  }

  @Override
  public Entry withdrawn() {
    return Notes.of("withdrawn").with("about", summary.id());
  }
}
