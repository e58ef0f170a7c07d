package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies whose bytes are no UTF-8, or another encoding altogether. */
@ServingTest
class BodyEncodingTest {
  private static final String PREDICT = "/v1/models/loan-default/predict";

  private final Caller caller;

  BodyEncodingTest(Caller caller) {
    this.caller = caller;
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE", "IBM037"})
  void refusesOtherEncodings(String charset) {
    byte[] body = valid().getBytes(Charset.forName(charset));
    Problems.require(caller.post(PREDICT, body, Caller.JSON), 400, "malformed-json");
  }

  @ParameterizedTest
  @CsvSource({
    "a byte order mark, efbbbf",
    "a byte order mark of UTF-16, feff",
    "half a byte order mark, efbb",
    "two byte order marks, efbbbfefbbbf"
  })
  void refusesAByteOrderMark(String name, String mark) {
    byte[] body = joined(HexFormat.of().parseHex(mark), bytes(valid()));
    Problems.require(caller.post(PREDICT, body, Caller.JSON), 400, "malformed-json");
  }

  @ParameterizedTest
  @CsvSource({
    "a byte that never occurs, ff",
    "a continuation without a start, 80",
    "a start without its continuation, c3",
    "an encoded surrogate, eda080",
    "a pair of encoded surrogates, eda0bdedb880",
    "five bytes, f888808080",
    "Latin-1, fc"
  })
  void refusesInvalidUtf8InAString(String name, String hex) {
    String[] halves = valid().split("hairdresser", 2);
    byte[] body =
        joined(
            bytes(halves[0] + "hair"), HexFormat.of().parseHex(hex), bytes("dresser" + halves[1]));
    Answer answer = caller.post(PREDICT, body, Caller.JSON);
    Problems.require(answer, 400, "malformed-json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff", "80", "c3", "eda080"})
  void refusesInvalidUtf8InANameAndOutsideOfStrings(String hex) {
    byte[] invalid = HexFormat.of().parseHex(hex);
    byte[] inName = joined(bytes("{\"instance\": {\"a"), invalid, bytes("\": 1}}"));
    Problems.require(caller.post(PREDICT, inName, Caller.JSON), 400, "malformed-json");
    byte[] inEnvelope = joined(bytes("{\"a"), invalid, bytes("\": 1}"));
    Problems.require(caller.post(PREDICT, inEnvelope, Caller.JSON), 400, "malformed-json");
    byte[] outside = joined(bytes(valid()), invalid);
    Problems.require(caller.post(PREDICT, outside, Caller.JSON), 400, "malformed-json");
  }

  /**
   * The parser reads a character's overlong form as that character, which then has to keep the
   * contract; what lies beyond Unicode becomes a lone surrogate.
   */
  @ParameterizedTest
  @CsvSource({"c0bc, pattern", "e080bc, pattern", "c080, pattern", "f4908080, wellFormed"})
  void holdsOverlongFormsAgainstTheContract(String hex, String rule) {
    String[] halves = valid().split("hairdresser", 2);
    byte[] body = joined(bytes(halves[0] + "hair"), HexFormat.of().parseHex(hex), bytes(halves[1]));
    Answer answer = caller.post(PREDICT, body, Caller.JSON);
    Problems.require(answer, 422, "contract-violation");
    assertThat(answer.brokenRules()).containsExactly("/instance/job_title " + rule);
  }

  @Test
  void takesTextBeyondAsciiEitherWay() {
    for (String title : new String[] {"Bäcker 👩‍🍳", "B\\u00e4cker \\ud83d\\udc69"}) {
      Answer answer = caller.post(PREDICT, valid().replace("hairdresser", title));
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }
  }

  private static String valid() {
    return Bodies.single(Bodies.row("loan-default"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
