package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.Await;
import io.evenkeel.audit.Recorded;
import io.evenkeel.audit.log.Erasure;
import io.evenkeel.audit.log.LogReader;
import io.evenkeel.audit.log.LogVerifier;
import io.evenkeel.keyring.Authenticator;
import io.evenkeel.keyring.KeyFile;
import io.evenkeel.keyring.Keyring;
import io.evenkeel.keyring.SealBrokenException;
import io.evenkeel.registry.artifact.TrustedKeys;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/** What is recorded of calls by HTTP. */
@ServingTest
@ContextConfiguration(initializers = AuditedModels.class)
class AuditHttpTest {
  private static final String PREDICT = "/v1/models/m/versions/1/predict";

  private static final int CLIENTS = 4;
  private static final int ROTATIONS = 3;

  private final Caller caller;
  private final Keyring ring;
  private final Path log;
  private final Path keys;

  AuditHttpTest(
      Caller caller,
      Keyring ring,
      @Value("${evenkeel.audit.path}") Path log,
      @Value("${evenkeel.keyring.file}") Path keys) {
    this.caller = caller;
    this.ring = ring;
    this.log = log;
    this.keys = keys;
  }

  private static String row(String x) {
    return "{\"instance\": {\"x\": " + x + "}}";
  }

  private List<JsonNode> records(String member, String value) {
    List<JsonNode> found = new ArrayList<>();
    LogReader.read(
        log,
        null,
        (record, keys) -> {
          JsonNode json = record.json();
          if (json.path(member).asString("").equals(value)) {
            found.add(json);
          }
          return true;
        });
    return found;
  }

  private JsonNode record(Answer answer) {
    String member = answer.json().has("id") ? "id" : "requestId";
    List<JsonNode> found = records("id", answer.json().get(member).asString());
    assertThat(found).as(answer.body()).hasSize(1);
    return found.getFirst();
  }

  @Test
  void anAnswerIsOnDiskBeforeItLeaves() {
    Answer answer =
        caller.send(
            "POST",
            PREDICT,
            row("4"),
            "Content-Type",
            "application/json",
            "X-Routing-Key",
            "anna",
            "X-Request-Id",
            "r-7");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);

    JsonNode record = record(answer);

    assertThat(record.path("kind").asString()).isEqualTo("predict");
    assertThat(record.path("requestId").asString()).isEqualTo("r-7");
    assertThat(record.path("who").asString()).isEqualTo("anna");
    assertThat(record.path("model").asString()).isEqualTo("m");
    assertThat(record.path("version").asString()).isEqualTo("1");
    assertThat(record.path("contract").asString())
        .isEqualTo(answer.json().get("contract").asString());
    assertThat(record.path("outcome").asString()).isEqualTo("served");
    assertThat(record.path("role").asString()).isNotEmpty();
    assertThat(record.path("micros").asLong()).isPositive();
    assertThat(record.path("prints").size()).isEqualTo(1);
    assertThat(record.toString()).doesNotContain("\"x\"");
  }

  @Test
  void theSameRowHasTheSameFingerprintAndAnotherHasAnother() {
    String one = record(caller.post(PREDICT, row("11"))).at("/prints/0").asString();
    String same = record(caller.post(PREDICT, row("11.0"))).at("/prints/0").asString();
    String other = record(caller.post(PREDICT, row("12"))).at("/prints/0").asString();

    assertThat(same).isEqualTo(one).hasSize(32);
    assertThat(other).isNotEqualTo(one);
  }

  @Test
  void refusalsAndFailuresAreRecordedToo() {
    assertRecorded(caller.post(PREDICT, row("\"four\"")), 422, "invalid", "contract-violation");
    assertRecorded(caller.post(PREDICT, "{"), 400, "refused", "malformed-json");
    assertRecorded(
        caller.post("/v1/models/none/predict", row("4")), 404, "unroutable", "no-such-model");
    assertRecorded(caller.get(PREDICT), 405, "refused", "method-not-allowed");
    assertRecorded(
        caller.send(
            "POST",
            "/v1/models/m/predict/batch",
            "{\"instances\": [{\"x\": 1}]}",
            "Content-Type",
            "text/plain"),
        415,
        "refused",
        "unsupported-media-type");
  }

  private void assertRecorded(Answer answer, int status, String outcome, String reason) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    JsonNode record = record(answer);
    assertThat(record.path("outcome").asString()).isEqualTo(outcome);
    assertThat(record.path("reason").asString()).isEqualTo(reason);
  }

  @Test
  void anExplanationIsRecordedAsThePredictionThatItIsOf() {
    JsonNode predicted = record(caller.post(PREDICT, row("4")));
    Answer answer = caller.post("/v1/models/m/versions/1/explain", row("4"));

    JsonNode record = record(answer);

    assertThat(record.path("kind").asString()).isEqualTo("explain");
    assertThat(record.path("outcome").asString()).isEqualTo("baseless");
    assertThat(record.path("reason").asString()).isEqualTo(answer.kind());
    assertThat(record.path("micros").asLong()).isPositive();
    assertThat(record.path("prints").size()).isEqualTo(1);
    for (String same :
        new String[] {"model", "version", "contract", "role", "rows", "key", "prints"}) {
      assertThat(record.path(same)).as(same).isEqualTo(predicted.path(same));
    }
    assertThat(values(answer.json().get("requestId").asString()))
        .hasToString("{\"instances\":[{\"x\":4.0}],\"answers\":[]}");
  }

  @Test
  void aBatchHasAFingerprintForEachRow() {
    Answer answer =
        caller.post(
            "/v1/models/m/versions/1/predict/batch",
            "{\"instances\": [{\"x\": 21}, {\"x\": 22}, {\"x\": 21}]}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);

    JsonNode record = record(answer);

    assertThat(record.path("kind").asString()).isEqualTo("batch");
    assertThat(record.path("rows").asInt()).isEqualTo(3);
    assertThat(record.at("/prints/0")).isEqualTo(record.at("/prints/2"));
    assertThat(record.at("/prints/0")).isNotEqualTo(record.at("/prints/1"));
  }

  @Test
  void eachModelHasItsMode() {
    String never = caller.post("/v1/models/never/predict", row("4")).json().get("id").asString();
    String later = caller.post("/v1/models/later/predict", row("4")).json().get("id").asString();

    Await.until(() -> !records("id", later).isEmpty());
    assertThat(records("id", never)).isEmpty();
  }

  @Test
  void keepsValuesWhereTheContractSaysSoUntilTheyAreErased() throws Exception {
    Answer answer = caller.post(PREDICT, row("31.5"));
    String id = answer.json().get("id").asString();
    assertThat(values(id)).hasToString("{\"instances\":[{\"x\":31.5}],\"answers\":[63.0]}");

    List<String> erased =
        Erasure.erase(
            log,
            record -> record.path("id").asString("").equals(id),
            new Erasure.Author("anna", "request 17"));

    assertThat(erased).containsExactly(id);
    assertThat(values(id)).isNull();
    assertThat(record(answer).path("values").asString()).isNotEmpty();
    assertLogIsWhole();
    assertThat(record(caller.post("/v1/models/m/versions/2/predict", row("4"))).has("values"))
        .isFalse();
  }

  private void assertLogIsWhole() {
    assertThat(
            new LogVerifier(log, TrustedKeys.read(log.resolveSibling("trusted")), null)
                .verify()
                .findings())
        .isEmpty();
  }

  private @Nullable JsonNode values(String id) {
    AtomicReference<@Nullable JsonNode> found = new AtomicReference<>();
    LogReader.read(
        log,
        new Keyring(new KeyFile(keys)),
        (record, dataKeys) -> {
          JsonNode json = record.json();
          if (!json.path("id").asString("").equals(id)) {
            return true;
          }
          try {
            found.set(Recorded.values(record, json, dataKeys));
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return false;
        });
    return found.get();
  }

  @Test
  void keysAreReplacedUnderLoadWithoutAFailedRequest() throws Exception {
    int before = ring.ids().size();
    // By the answer's id, how many keys the server had when it was asked.
    Map<String, Integer> answered = new ConcurrentHashMap<>();
    UnderLoad.run(
        CLIENTS,
        () -> {
          int had = ring.ids().size();
          Answer answer = caller.post(PREDICT, row("41"));
          assertThat(answer.status()).as(answer.body()).isEqualTo(200);
          answered.put(answer.json().get("id").asString(), had);
        },
        load -> {
          for (int i = 1; i <= ROTATIONS; i++) {
            String next = "rotated-" + i;
            new KeyFile(keys).add(next);
            load.until(() -> ring.ids().getLast().equals(next));
            load.goOn(10);
          }
        });

    assertLogIsWhole();
    List<String> ids = ring.ids();
    Map<String, String> prints = printsOf41(ids);
    // By the key's id, one of the answers that were recorded with it.
    Map<String, String> recorded = new TreeMap<>();
    LogReader.read(
        log,
        null,
        (record, dataKeys) -> {
          JsonNode json = record.json();
          String id = json.path("id").asString("");
          Integer had = answered.remove(id);
          if (had != null) {
            String key = json.path("key").asString();
            assertThat(ids.indexOf(key)).as("by the newest key").isGreaterThanOrEqualTo(had - 1);
            assertThat(json.at("/prints/0").asString()).as(key).isEqualTo(prints.get(key));
            recorded.put(key, id);
          }
          return true;
        });
    assertThat(answered).as("answered, and not recorded").isEmpty();
    assertThat(recorded).containsOnlyKeys(ids.subList(before - 1, ids.size()));
    assertThat(recorded.values())
        .allSatisfy(id ->
            assertThat(values(id))
                .hasToString("{\"instances\":[{\"x\":41.0}],\"answers\":[82.0]}"));
  }

  /** By the key's id, what anybody makes of the row who has the file of keys. */
  private Map<String, String> printsOf41(List<String> ids) throws SealBrokenException {
    Authenticator authenticator =
        new Keyring(new KeyFile(keys)).authenticator("audit fingerprints");
    byte[] message =
        ByteBuffer.allocate(2 + Double.BYTES).put((byte) 'm').put((byte) 0).putDouble(41).array();
    Map<String, String> prints = new TreeMap<>();
    for (String id : ids) {
      prints.put(id, HexFormat.of().formatHex(authenticator.by(id).code(message), 0, 16));
    }
    return prints;
  }

  @Test
  void feedbackIsRecordedBeforeItHasAnEffect() {
    String id = caller.post(PREDICT, row("4")).json().get("id").asString();
    assertThat(caller.post("/v1/feedback", "{\"id\": \"" + id + "\", \"outcome\": 7}").status())
        .isEqualTo(200);

    assertThat(records("kind", "feedback"))
        .anySatisfy(record -> assertThat(record.at("/about/0").asString()).isEqualTo(id));
  }

  @Test
  void changesByOperatorsAreRecordedWhenTheyAreAskedForAndWhenTheyAreInForce() {
    Answer changed = change("{\"why\": \"audited\", \"who\": \"anna\", \"version\": \"1\"}");
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    Answer refused = change("{\"why\": \"audited\", \"version\": \"77\"}");
    assertThat(refused.status()).isEqualTo(422);

    List<JsonNode> calls = records("kind", "admin");
    assertThat(calls)
        .anySatisfy(record -> {
          assertThat(record.path("call").asString()).isEqualTo("PUT /v1/admin/models/m/pin");
          assertThat(record.path("outcome").asString()).isEqualTo("received");
        })
        .anySatisfy(
            record -> assertThat(record.path("reason").asString()).isEqualTo("unusable-change"));
    Await.until(() ->
        records("kind", "change").stream()
            .anyMatch(record ->
                record.path("who").asString("").equals("anna")
                    && record.path("model").asString("").equals("m")
                    && record.path("after").asString("").contains("pin")));
  }

  private Answer change(String body) {
    return caller.send(
        "PUT", "/v1/admin/models/m/pin", body, "Content-Type", "application/json", "If-Match", "*");
  }
}
