package io.evenkeel.audit.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The members of a record that the log makes of itself. */
final class Members implements Entry {
  private final Map<String, Object> members = new LinkedHashMap<>();

  private Members() {}

  static Members of(Instant at, String kind) {
    return new Members().with("at", at.toString()).with("kind", kind);
  }

  Members with(String name, Object value) {
    members.put(name, value);
    return this;
  }

  @Override
  public byte[] json() {
    return JsonMapper.shared().writeValueAsString(members).getBytes(StandardCharsets.UTF_8);
  }
}
