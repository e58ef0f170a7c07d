package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.Await;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is said beside answers of rows that are unlike the training data. */
@ServingTest
class ReferenceWarningsHttpTest {
  private static final String LOAN = "/v1/models/loan-default/predict";

  /** As it was drawn; the first examples got values that chance seldom brings. */
  private static final JsonNode LAST_LOAN = Golden.of("loan-default", "1").instances().getLast();

  private final Caller caller;
  private final MeterRegistry meters;

  ReferenceWarningsHttpTest(Caller caller, MeterRegistry meters) {
    this.caller = caller;
    this.meters = meters;
  }

  private static String loanWith(String feature, String value) {
    ObjectNode row = (ObjectNode) LAST_LOAN.deepCopy();
    return row.set(feature, JsonMapper.shared().readTree(value)).toString();
  }

  private static List<String> rules(JsonNode answer) {
    return answer.get("warnings").valueStream().map(Answer::brokenRule).toList();
  }

  static Stream<Golden> all() throws IOException {
    return Golden.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void eachAnswerHasAScoreIfTheReferenceHasACovariance(Golden golden) throws IOException {
    boolean has =
        Files.readString(Path.of("models", golden.model(), golden.version(), "reference.json"))
            .contains("\"covariance\":");
    JsonNode answer =
        caller.post(golden.path(), Bodies.single(golden.instances().getFirst())).json();

    assertThat(answer.has("outlier")).isEqualTo(has).isEqualTo(!golden.model().equals("digits"));
    if (has) {
      assertThat(answer.at("/outlier/score").doubleValue()).isBetween(0.0, 1.0);
    }
  }

  @Test
  void tellsOfANumberThatTrainingNeverHad() {
    String row = loanWith("delinquencies", "50");
    JsonNode answer = caller.post(LOAN, Bodies.instance(row)).json();

    assertThat(rules(answer))
        .containsExactly("/instance/delinquencies beyondReference", "/instance outlier");
    assertThat(answer.at("/outlier/score").doubleValue()).isEqualTo(1);
    assertThat(answer.at("/warnings/0/feature").asString()).isEqualTo("delinquencies");
    assertThat(answer.at("/warnings/0/message").asString())
        .startsWith("is outside of what the 24000 training rows have, 0 to ");
    assertThat(answer.at("/warnings/1").has("feature")).isFalse();
  }

  @Test
  void tellsOfEachItemOfABatch() {
    String odd = loanWith("delinquencies", "50");
    String invalid = loanWith("delinquencies", "-1");
    List<String> rows = List.of(LAST_LOAN.toString(), odd, invalid);
    JsonNode answer = caller.post(LOAN + "/batch", Bodies.batch(rows)).json();

    assertThat(rules(answer.at("/results/0")))
        .noneMatch(rule -> rule.endsWith("Reference") || rule.endsWith("outlier"));
    assertThat(answer.at("/results/0/outlier/score").doubleValue()).isLessThan(0.999);
    assertThat(rules(answer.at("/results/1")))
        .containsExactly("/instances/1/delinquencies beyondReference", "/instances/1 outlier");
    assertThat(answer.at("/results/1/outlier/score").doubleValue()).isEqualTo(1);
    assertThat(answer.at("/results/2").has("outlier")).isFalse();
  }

  @Test
  void aVerdictSaysTheSame() {
    String row = loanWith("delinquencies", "50");
    JsonNode verdict = caller.post("/v1/models/loan-default/validate", Bodies.instance(row)).json();

    assertThat(rules(verdict))
        .containsExactly("/instance/delinquencies beyondReference", "/instance outlier");
    assertThat(verdict.at("/outlier/score").doubleValue()).isEqualTo(1);
    String broken = loanWith("delinquencies", "-1");
    assertThat(
            caller
                .post("/v1/models/loan-default/validate", Bodies.instance(broken))
                .json()
                .has("outlier"))
        .isFalse();
  }

  @Test
  void ofASensitiveFeatureNothingIsToldButThatItIsOutside() {
    String row = loanWith("date_of_birth", "\"1921-01-01\"");
    JsonNode answer = caller.post(LOAN, Bodies.instance(row)).json();

    assertThat(rules(answer)).contains("/instance/date_of_birth beyondReference");
    assertThat(answer.at("/warnings/0/message").asString())
        .isEqualTo("is outside of what the 24000 training rows have: the model has to guess there");
  }

  @Test
  void isCountedAndMeasured() {
    double before = scores();
    String row = loanWith("delinquencies", "50");
    caller.post(LOAN, Bodies.instance(row));

    Await.until(() -> scores() > before);
    assertThat(
            meters
                .get("evenkeel.warnings")
                .tags("model", "loan-default", "feature", "delinquencies")
                .tags("rule", "beyondReference")
                .counter()
                .count())
        .isPositive();
  }

  private double scores() {
    return meters.find("evenkeel.outlier.score").tags("model", "loan-default").summaries().stream()
        .mapToDouble(summary -> summary.count())
        .sum();
  }
}
