package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends rows to a version, some as they were in training and then others, and sees what is found.
 */
final class DriftRun {
  static final int LONGEST = 4000;
  private static final int BATCH = 50;

  private final Caller caller;
  private final String model;
  private final int version;
  private final Supplier<Map<String, @Nullable Object>> rows;
  private int sent;

  DriftRun(Caller caller, String model, int version, Supplier<Map<String, @Nullable Object>> rows) {
    this.caller = caller;
    this.model = model;
    this.version = version;
    this.rows = rows;
  }

  /**
   * How a drift was found.
   *
   * @param rows after how many
   * @param cause which stream was named first; "none" where nothing was found
   */
  record Found(int rows, String cause) {}

  /** What the server says of the version's drift. */
  private JsonNode drift() {
    return caller.get("/v1/models/" + model + "/drift?version=" + version).json().at("/versions/0");
  }

  /** Sends rows, and says what is known once they were looked at. */
  JsonNode send(int count, Consumer<Map<String, @Nullable Object>> change) {
    List<Map<String, @Nullable Object>> instances = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, @Nullable Object> row = rows.get();
      change.accept(row);
      instances.add(row);
    }
    Answer answer =
        caller.post(
            "/v1/models/" + model + "/versions/" + version + "/predict/batch",
            JsonMapper.shared().writeValueAsString(Map.of("instances", instances)));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().at("/summary/served").intValue()).isEqualTo(count);
    sent += count;
    Await.until(() -> drift().path("rows").asLong(0) == sent);
    return drift();
  }

  /** Sends drifted rows until that is told. */
  Found find(Consumer<Map<String, @Nullable Object>> drift) {
    for (int drifted = BATCH; drifted <= LONGEST; drifted += BATCH) {
      JsonNode told = send(BATCH, drift);
      if (!told.get("level").asString().equals("calm")) {
        return new Found(
            drifted - told.get("alarmRowsAgo").intValue(), told.at("/causes/0/stream").asString());
      }
    }
    return new Found(LONGEST, "none");
  }
}
