package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.Await;
import io.evenkeel.control.RouteControl;
import io.evenkeel.registry.RegistryProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ServingTest
@ContextConfiguration(initializers = AdminModels.class)
class AdminHttpTest {
  private static final String ROUTES = "/v1/admin/routes";
  private static final String ROUTE = "/v1/admin/models/m/route";
  private static final String PIN = "/v1/admin/models/m/pin";
  private static final String X = "{\"instance\": {\"x\": 3}}";

  private final Caller caller;
  private final RouteControl control;
  private final Path models;

  AdminHttpTest(Caller caller, RouteControl control, RegistryProperties properties) {
    this.caller = caller;
    this.control = control;
    this.models = properties.path();
  }

  @AfterEach
  void routeBack() {
    assertThat(
            put(
                    ROUTES,
                    "*",
                    "{'why': 'as before', 'routes': {'default': 'm',"
                        + " 'models': {'m': {'stable': '1'}}}}")
                .status())
        .isEqualTo(200);
  }

  private Answer send(String method, String path, String match, String body) {
    byte[] json = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return match.isEmpty()
        ? caller.send(method, path, json, "Content-Type", "application/json")
        : caller.send(method, path, json, "Content-Type", "application/json", "If-Match", match);
  }

  private Answer put(String path, String match, String body) {
    return send("PUT", path, match, body);
  }

  private Answer post(String path, String body) {
    return send("POST", path, "", body);
  }

  private String answering(String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "Content-Type";
    all[1] = "application/json";
    System.arraycopy(headers, 0, all, 2, headers.length);
    JsonNode json = caller.post("/v1/predict", X.getBytes(StandardCharsets.UTF_8), all).json();
    assertThat(json.get("routeRevision").longValue()).isEqualTo(control.revision());
    return json.get("version").asString();
  }

  private void assertProblem(Answer answer, int status, String kind, String word) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.json().get("type").asString()).endsWith(":" + kind);
    assertThat(answer.json().get("detail").asString()).contains(word);
  }

  @Test
  void changesARouteForWhomTheRevisionIsTheOneTheyRead() {
    Answer read = caller.get(ROUTE);
    String tag = read.header("ETag");
    assertThat(read.json().at("/route/stable").asString()).isEqualTo("1");
    String change = "{'who': 'ada', 'why': 'try it', 'route': {'stable': '2', 'fallback': '1'}}";
    Answer changed = put(ROUTE, tag, change);
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    assertThat(answering()).isEqualTo("2");
    assertProblem(put(ROUTE, tag, change), 412, "stale-revision", "decide again");
    assertProblem(put(ROUTE, "", change), 428, "revision-required", "If-Match");
    JsonNode entries = caller.get("/v1/admin/journal?model=m&limit=1000").json().get("entries");
    JsonNode last = entries.get(entries.size() - 1);
    assertThat(last.get("who").asString()).isEqualTo("ada");
    assertThat(last.get("why").asString()).isEqualTo("try it");
    assertThat(last.get("action").asString()).isEqualTo("route-changed");
    assertThat(last.get("before")).isEqualTo(JsonMapper.shared().readTree("{\"stable\": \"1\"}"));
    assertThat(last.at("/after/stable").asString()).isEqualTo("2");
    assertThat(last.get("revision").longValue()).isEqualTo(control.revision());
  }

  @Test
  void oneCallGoesBackToAnyEarlierRevision() {
    long before = control.revision();
    put(ROUTE, "*", "{'why': 'a', 'route': {'stable': '2'}}");
    put(ROUTE, "*", "{'why': 'b', 'route': {'stable': '4'}}");
    assertThat(answering()).isEqualTo("4");
    Answer back = post(ROUTES + "/rollback", "{'why': 'c', 'revision': " + before + "}");
    assertThat(back.json().get("revision").longValue()).isEqualTo(before + 3);
    assertThat(answering()).isEqualTo("1");
    assertThat(caller.get(ROUTES + "/revisions/" + before).json().at("/routes"))
        .isEqualTo(back.json().at("/routes"));
    assertThat(caller.get(ROUTES + "/revisions").json().at("/revisions/0/revision").longValue())
        .isEqualTo(before + 3);
    assertProblem(
        post(ROUTES + "/rollback", "{'why': 'c', 'revision': 999999}"),
        422,
        "unusable-change",
        "no revision 999999");
    assertProblem(caller.get(ROUTES + "/revisions/999999"), 404, "no-such-resource", "revision");
  }

  @Test
  void aPinOverrulesEverythingUntilItIsLifted() {
    put(
        ROUTE,
        "*",
        "{'why': 'a', 'route': {'stable': '1', 'canary': {'version': '2', 'share': '100%'},"
            + " 'pinned': {'acme': '4'}}}");
    assertThat(answering()).isEqualTo("2");
    assertThat(answering("X-Routing-Key", "acme")).isEqualTo("4");
    put(PIN, "", "{'why': 'emergency', 'version': '1'}");
    assertThat(answering()).isEqualTo("1");
    assertThat(answering("X-Routing-Key", "acme")).isEqualTo("1");
    send("DELETE", PIN, "", "{'why': 'over'}");
    assertThat(answering()).isEqualTo("2");
  }

  @Test
  void aDivertedModelIsAnsweredByItsFallbackWhichSaysSo() {
    put(ROUTE, "*", "{'why': 'a', 'route': {'stable': '1', 'fallback': '2', 'diverted': true}}");
    JsonNode json = caller.post("/v1/predict", X).json();
    assertThat(json.get("version").asString()).isEqualTo("2");
    assertThat(json.at("/warnings/0/rule").asString()).isEqualTo("diverted");
    assertThat(json.at("/warnings/0/message").asString()).contains("in place of `1`");
  }

  @Test
  void aKeyAlwaysGoesTheSameWayAndSharesHold() {
    put(
        ROUTE,
        "*",
        "{'why': 'a', 'route': {'stable': '1', 'canary': {'version': '2', 'share': '30%'}}}");
    long canary =
        IntStream.range(0, 300)
            .filter(key -> {
              String first = answering("X-Routing-Key", "key-" + key);
              assertThat(answering("X-Routing-Key", "key-" + key)).isEqualTo(first);
              return first.equals("2");
            })
            .count();
    assertThat(canary).isBetween(60L, 120L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'why': 'a', 'route': {'stable': '3'}} | FAILED | 'm` can''t be routed to: it is failed'",
        "{'why': 'a', 'route': {'stable': '7'}} | no folder | 'which has no folder'",
        "{'why': 'a', 'route': {'stabel': '1'}} | key | 'did you mean `stable`'",
        "{'why': 'a', 'route': {'stable': '1', 'canary': {'version': '2', 'share': 5}}} | share |"
            + " 'no share'",
        "{'why': 'a', 'route': []} | shape | 'is no object'",
        "{'route': {'stable': '1'}} | why | 'say `why`'",
        "{'why': ' ', 'route': {'stable': '1'}} | blank | 'say `why`'",
        "{'why': 'a', 'rout': {}} | member | 'unknown'",
        "{'why': 7, 'route': {'stable': '1'}} | text | 'no text'",
        "[] | array | 'no JSON object'"
      })
  void refusesAChangeThatCantWork(String body, String what, String word) {
    long before = control.revision();
    assertProblem(
        put(ROUTE, "*", body.replace("''", "'")), 422, "unusable-change", word.replace("''", "'"));
    assertThat(control.revision()).as(what).isEqualTo(before);
  }

  @Test
  void saysWhatIsWrongWithACall() {
    assertProblem(put(ROUTE, "*", "{"), 400, "malformed-json", "document");
    assertProblem(put(ROUTE, "\"x\"", "{'why': 'a'}"), 400, "bad-header", "If-Match");
    assertProblem(post(ROUTE, "{}"), 405, "method-not-allowed", "GET or PUT");
    assertProblem(caller.get("/v1/admin/nothing"), 404, "no-such-resource", "docs/admin.md");
    assertProblem(caller.get("/v1/admin/journal?x=1"), 400, "unknown-option", "no parameter");
    assertProblem(caller.get("/v1/admin/journal?limit=0"), 400, "unknown-option", "from 1 to 1000");
    assertProblem(
        caller.get("/v1/admin/routes", "X-Forwarded-For", "10.0.0.1"),
        403,
        "forbidden",
        "evenkeel.admin.token");
  }

  @Test
  void unloadsAndLoadsAVersion() {
    String path = "/v1/admin/models/m/versions/";
    assertProblem(post(path + "1/unload", "{'why': 'a'}"), 409, "conflict", "a route leads to it");
    assertProblem(post(path + "77/load", "{'why': 'a'}"), 409, "conflict", "no such folder");
    assertThat(post(path + "4/unload", "{'why': 'to see'}").status()).isBetween(200, 202);
    Await.until(() -> state("4").equals("retired"));
    assertThat(caller.get("/v1/models/m/versions/4").json().get("unloaded").asString())
        .isEqualTo("to see");
    assertThat(post(path + "4/load", "{'why': 'again'}").status()).isBetween(200, 202);
    Await.until(() -> state("4").equals("ready"));
  }

  private String state(String version) {
    return caller.get("/v1/models/m/versions/" + version).json().get("state").asString();
  }

  @Test
  void theFileIsTakenOnceItChangesAndKeptOutWhereItIsWrong() throws IOException {
    long before = control.revision();
    Files.writeString(models.resolve("routes.yaml"), "default: m\nmodels:\n  m: {stable: '2'}\n");
    Await.until(() -> control.revision() == before + 1);
    assertThat(answering()).isEqualTo("2");
    Files.writeString(models.resolve("routes.yaml"), "default: m\nmodels:\n  m: {stable: 3}\n");
    // At first the watch may find the file empty, just before the text is in it.
    Await.until(() ->
        control.mistakes().stream().anyMatch(found -> found.cause().contains("be routed to")));
    assertThat(answering()).isEqualTo("2");
    Files.writeString(models.resolve("routes.yaml"), "default: m\nmodels:\n  m: {stable: '1'}\n");
    Await.until(() -> control.revision() == before + 2);
    assertThat(control.mistakes()).isEmpty();
    assertThat(answering()).isEqualTo("1");
  }
}
