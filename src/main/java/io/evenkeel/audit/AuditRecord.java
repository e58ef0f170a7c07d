package io.evenkeel.audit;

import io.evenkeel.audit.log.Entry;
import io.evenkeel.serving.spi.RequestSummary;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Base64;
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
 * @param contract the fingerprint of the contract; null where its rows weren't read
 * @param prints of the rows that were read
 * @param values encrypted; null where none are kept
 */
record AuditRecord(
    long atMillis,
    String kind,
    @Nullable String who,
    @Nullable String model,
    @Nullable String contract,
    RequestSummary summary,
    Fingerprints.Prints prints,
    @Nullable SealedValues values)
    implements Entry {
  private static final int EXPECTED_BYTES = 640;
  private static final int MICRO = 1000;

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
      if (values != null) {
        json.writeStringProperty("values", Base64.getEncoder().encodeToString(values.sealed()));
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
    writeIfThere(json, "contract", contract);
    writeIfThere(json, "answeredBy", route.answeredBy());
    json.writeStringProperty("role", route.role());
    json.writeNumberProperty("revision", route.revision());
  }

  private void writeInput(JsonGenerator json) {
    json.writeNumberProperty("rows", summary.counts().rows());
    if (!prints.hex().isEmpty()) {
      json.writeStringProperty("key", prints.keyId());
      json.writeArrayPropertyStart("prints");
      prints.hex().forEach(json::writeString);
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

  @Override
  public byte @Nullable [] dataKey() {
    return values == null ? null : values.key().bytes();
  }

  @Override
  public Entry withdrawn() {
    return Notes.of("withdrawn").with("about", summary.id());
  }
}
