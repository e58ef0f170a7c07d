package io.evenkeel.api;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the server answered.
 *
 * @param headers by their names in lower case, the first value of each
 */
record Answer(int status, Map<String, String> headers, String body) {
  private static final JsonMapper JSON = JsonMapper.shared();

  static Answer of(HttpResponse<String> response) {
    Map<String, String> headers = new TreeMap<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    return new Answer(response.statusCode(), headers, response.body());
  }

  /** A header's value, empty if there is none. */
  String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  JsonNode json() {
    return JSON.readTree(body);
  }

  /** The last part of a problem's type. */
  String kind() {
    String type = json().path("type").asString("");
    return type.substring(type.lastIndexOf(':') + 1);
  }

  List<JsonNode> violations() {
    return json().path("violations").valueStream().toList();
  }

  /** Each violation as its pointer and rule. */
  Stream<String> brokenRules() {
    return violations().stream().map(Answer::brokenRule);
  }

  static String brokenRule(JsonNode violation) {
    return violation.path("pointer").asString("") + " " + violation.path("rule").asString("");
  }
}
