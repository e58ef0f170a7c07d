package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies at and beyond the limits, which are checked while a body is read. */
@ServingTest
class OversizedBodiesTest {
  private static final String PREDICT = "/v1/models/diabetes/predict";
  private static final String BATCH = PREDICT + "/batch";
  private static final int TEN_MEGABYTES = 10 << 20;

  private final Caller caller;
  private final ApiProperties limits;

  OversizedBodiesTest(Caller caller, ApiProperties limits) {
    this.caller = caller;
    this.limits = limits;
  }

  @Test
  void refusesTenMegabytesOfBracketsAsTooLargeForOneInstance() {
    Problems.require(caller.post(PREDICT, brackets(), Caller.JSON), 413, "body-too-large");
  }

  @Test
  void refusesTenMegabytesOfBracketsByTheirDepth() {
    requireMalformed(caller.post(BATCH, brackets(), Caller.JSON), "max-depth");
    requireMalformed(caller.postChunked(BATCH, brackets()), "max-depth");
    requireMalformed(caller.postChunked(PREDICT, brackets()), "max-depth");
  }

  @Test
  void refusesABodyOfUnknownLengthOnceItIsTooLong() {
    String blanks = " ".repeat(TEN_MEGABYTES);
    Problems.require(caller.postChunked(PREDICT, bytes(blanks)), 413, "body-too-large");
    Problems.require(
        caller.postChunked(PREDICT, bytes("{\"instance\":" + blanks)), 413, "body-too-large");
  }

  @Test
  void takesABodyOfExactlyTheLimit() {
    String row = Bodies.single(Bodies.row("diabetes"));
    int blanks = (int) limits.maxSingleBody().toBytes() - row.length();
    byte[] body = bytes(row + " ".repeat(blanks));
    assertThat(caller.post(PREDICT, body, Caller.JSON).status()).isEqualTo(200);
    assertThat(caller.postChunked(PREDICT, body).status()).isEqualTo(200);
    byte[] longer = bytes(row + " ".repeat(blanks + 1));
    Problems.require(caller.post(PREDICT, longer, Caller.JSON), 413, "body-too-large");
    Problems.require(caller.postChunked(PREDICT, longer), 413, "body-too-large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void refusesNestingBeyondTheLimit(String opening) {
    int within = limits.maxDepth() - 2;
    Problems.require(
        caller.post(PREDICT, unknownFeature(nested(opening, within))), 422, "contract-violation");
    requireMalformed(
        caller.post(PREDICT, unknownFeature(nested(opening, within + 1))), "max-depth");
    requireMalformed(caller.post(PREDICT, nested(opening, limits.maxDepth() + 1)), "max-depth");
    requireMalformed(caller.post(PREDICT, "{\"x\": " + nested(opening, 10_000)), "max-depth");
  }

  @Test
  void refusesAStringBeyondTheLimit() {
    String within = "\"" + "a".repeat(limits.maxStringLength()) + "\"";
    Problems.require(
        caller.post(PREDICT, "{\"instance\": " + Bodies.rowWith("diabetes", "sex", within) + "}"),
        422,
        "contract-violation");
    String beyond = "\"" + "a".repeat(limits.maxStringLength() * 2) + "\"";
    requireMalformed(
        caller.post(PREDICT, "{\"instance\": " + Bodies.rowWith("diabetes", "sex", beyond) + "}"),
        "max-string-length");
  }

  @Test
  void refusesANumberBeyondTheLimit() {
    for (String digit : new String[] {"9", "0.", "0", "-1"}) {
      String number = digit + "1".repeat(limits.maxNumberLength());
      Answer answer =
          caller.post(PREDICT, "{\"instance\": " + Bodies.rowWith("diabetes", "age", number) + "}");
      Problems.require(answer, 400, "malformed-json");
    }
    requireMalformed(
        caller.post(PREDICT, unknownFeature("1".repeat(limits.maxNumberLength() + 1))),
        "max-number-length");
  }

  @Test
  void refusesANameBeyondTheLimit() {
    String name = "a".repeat(limits.maxNameLength() * 2);
    requireMalformed(caller.post(PREDICT, "{\"" + name + "\": 1}"), "max-name-length");
    requireMalformed(
        caller.post(PREDICT, "{\"instance\": {\"" + name + "\": 1}}"), "max-name-length");
  }

  @Test
  void shortensLongNamesInPointers() {
    Answer answer = caller.post(PREDICT, "{\"" + "~".repeat(limits.maxNameLength()) + "\": 1}");
    Problems.require(answer, 422, "contract-violation");
    assertThat(answer.body().length()).isLessThan(2000);
  }

  @Test
  void refusesMoreInstancesThanTheLimit() {
    int most = limits.maxInstances();
    Answer within = caller.post(BATCH, Bodies.batch(Collections.nCopies(most, 1)));
    assertThat(within.status()).isEqualTo(200);
    assertThat(within.json().at("/summary/invalid").asInt()).isEqualTo(most);
    Problems.require(
        caller.post(BATCH, Bodies.batch(Collections.nCopies(most + 1, 1))),
        413,
        "too-many-instances");
  }

  @Test
  void countsTheViolationsItDoesNotList() {
    String members = "\"x\": 1, ".repeat(20_000) + "\"y\": 1";
    Answer answer = caller.post(PREDICT, "{\"instance\": {" + members + "}}");
    Problems.require(answer, 422, "contract-violation");
    assertThat(answer.json().get("omittedViolations").asInt()).isGreaterThan(19_000);
    assertThat(answer.body().length()).isLessThan(100_000);
  }

  @AfterEach
  void stillServes() {
    assertThat(caller.post(PREDICT, Bodies.single(Bodies.row("diabetes"))).status()).isEqualTo(200);
  }

  private static void requireMalformed(Answer answer, String setting) {
    Problems.require(answer, 400, "malformed-json");
    assertThat(answer.json().get("detail").asString()).contains("evenkeel.api." + setting);
    assertThat(answer.body().length()).isLessThan(1000);
  }

  private static byte[] brackets() {
    return bytes("[".repeat(TEN_MEGABYTES));
  }

  private static String unknownFeature(String value) {
    return "{\"instance\": {\"x\": " + value + "}}";
  }

  private static String nested(String opening, int depth) {
    String closing = opening.equals("[") ? "]" : "}";
    String inmost = opening.equals("[") ? "" : "0";
    return opening.repeat(depth) + inmost + closing.repeat(depth);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
