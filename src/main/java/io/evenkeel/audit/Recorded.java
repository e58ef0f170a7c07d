package io.evenkeel.audit;

import io.evenkeel.audit.log.LogReader;
import io.evenkeel.audit.log.RecordLine;
import io.evenkeel.keyring.SealBrokenException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a record says of values that were kept. Stateless. */
public final class Recorded {
  private Recorded() {}

  /**
   * The values of a record.
   *
   * @return null where none were kept, or they were erased
   * @throws SealBrokenException if they can't be opened with the keys there are
   */
  public static @Nullable JsonNode values(RecordLine record, JsonNode json, LogReader.Keys keys)
      throws SealBrokenException {
    String sealed = json.path("values").asString("");
    byte[] key = sealed.isEmpty() ? null : keys.find(record.seq());
    return key == null
        ? null
        : JsonMapper.shared()
            .readTree(
                SealedValues.open(
                    key, Base64.getDecoder().decode(sealed), json.path("id").asString("")));
  }
}
