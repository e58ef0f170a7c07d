package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The value of a sensitive feature is in no answer and in no log, whatever is wrong with it. */
@ServingTest
@ExtendWith(OutputCaptureExtension.class)
class SensitiveValueTest {
  private static final String PREDICT = "/v1/models/loan-default/predict";

  /** Stands in each value below. */
  private static final String SECRET = "1911";

  /** Random ids and moments may hold any digits. */
  private static final Pattern OURS =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");

  private final Caller caller;

  SensitiveValueTest(Caller caller) {
    this.caller = caller;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"1911-11-13\"",
        "\"1911-02-30\"",
        "\"13.11.1911\"",
        "\"born in 1911\"",
        "19111113",
        "1911.1113",
        "-1911e300",
        "1911e999",
        "[1911, 11, 13]",
        "{\"year\": 1911}",
        "{\"1911\": 1}",
        "\"1911\\ud800\"",
        "1911-11-13",
        "\"1911-11-13",
        "\"1911\\x\"",
        "1911 11 13",
        "'1911-11-13'",
        "x1911",
        "01911",
        "\"1911-11-13\", \"date_of_birth\": \"1911-11-14\""
      })
  void isNeitherAnsweredNorLogged(String value, CapturedOutput output) {
    String row = Bodies.rowWith("loan-default", "date_of_birth", value);
    Answer single = caller.post(PREDICT, "{\"instance\": " + row + "}");
    Problems.requireSound(single);
    assertThat(told(single.body())).doesNotContain(SECRET);
    Answer batch = caller.post(PREDICT + "/batch", "{\"instances\": [" + row + "]}");
    assertThat(told(batch.body())).contains("problem").doesNotContain(SECRET);
    Answer whole =
        caller.post(PREDICT + "/batch?mode=all-or-nothing", "{\"instances\": [" + row + "]}");
    Problems.requireSound(whole);
    assertThat(told(whole.body())).doesNotContain(SECRET);
    Answer verdict = caller.post("/v1/models/loan-default/validate", "{\"instance\": " + row + "}");
    assertThat(told(verdict.body())).doesNotContain(SECRET);
    Answer report = caller.get("/v1/models/loan-default/validation-report");
    assertThat(report.status()).isEqualTo(200);
    assertThat(told(report.body())).doesNotContain(SECRET);
    assertThat(told(output.getAll())).doesNotContain(SECRET);
  }

  /** Without ids and moments. */
  static String told(String text) {
    return OURS.matcher(text).replaceAll("");
  }

  @Test
  void isNotToldByAVerdictOnAValidRow() {
    List<String> verdicts =
        Stream.of("1951-11-13", "1953-06-01")
            .map(value -> Bodies.rowWith("loan-default", "date_of_birth", "\"" + value + "\""))
            .map(row -> caller.post("/v1/models/loan-default/validate", Bodies.instance(row)))
            .map(Answer::json)
            .peek(verdict -> assertThat(verdict.get("valid").asBoolean()).isTrue())
            .map(verdict -> verdict.get("tensors").toString())
            .distinct()
            .toList();
    assertThat(verdicts).as("what is told of rows that differ in it").hasSize(1);
    assertThat(verdicts.getFirst()).contains("\"sensitive\":true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1950-01-01", "2009-12-31"})
  void isNotSaidWhereItBreaksARule(String value) {
    String row =
        Bodies.rowWith("loan-default", "date_of_birth", "\"" + value + "\"")
            .replace("2017-11-12", "1949-11-12");
    Answer answer = caller.post(PREDICT, "{\"instance\": " + row + "}");
    Problems.require(answer, 422, "contract-violation");
    assertThat(answer.brokenRules()).containsExactly("/instance/date_of_birth check");
    assertThat(answer.body()).doesNotContain(value);
  }
}
