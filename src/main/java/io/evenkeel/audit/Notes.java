package io.evenkeel.audit;

import io.evenkeel.audit.log.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A record of something else than a request for predictions, made of a few members. */
public final class Notes implements Entry {
  private final Map<String, Object> members = new LinkedHashMap<>();

  private Notes() {}

  /**
   * One about what happens now.
   *
   * @param kind what it is, in a word
   */
  public static Notes of(String kind) {
    Notes notes = new Notes();
    notes.members.put("at", Instant.now().toString());
    notes.members.put("kind", kind);
    return notes;
  }

  /** Adds a member, unless there is nothing to say. */
  public Notes with(String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, value);
    }
    return this;
  }

  @Override
  public byte[] json() {
    return JsonMapper.shared().writeValueAsString(members).getBytes(StandardCharsets.UTF_8);
  }
}
