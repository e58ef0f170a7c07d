package io.evenkeel.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.rollout.RolloutPlan.AfterMaxStepTime;
import io.evenkeel.rollout.RolloutPlan.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class RolloutPlanTest {
  private static final String WHOLE =
      """
      steps:
        - 1%
        - {share: 2.5%, time: 2h, requests: 1000}
        - 50%
        - 100%
      stepTime: 10m
      stepRequests: 300
      maxStepTime: 12h
      afterMaxStepTime: rollBack
      falseRollbackRate: 1%
      perKey: 10/m
      limits:
        failures: {ratio: 2, allowance: 0.5%, weight: 2}
        latency: {ratio: 1.5, quantiles: [50%, 99%]}
        confidence: {tolerance: 50%}
        disagreement: {atMost: 2%, distance: 0.1}
        outcomes: {measure: loss, ratio: 1.2, quantiles: [90%], atLeast: 50}
      """;

  private static RolloutPlan parse(String text) {
    return RolloutPlan.parse("plan.yaml", text);
  }

  @Test
  void readsWhatThePlanSays() {
    RolloutPlan plan = parse(WHOLE);
    Duration tenMinutes = Duration.ofMinutes(10);
    assertThat(plan.steps())
        .containsExactly(
            new Step(0.01, tenMinutes, 300),
            new Step(0.025, Duration.ofHours(2), 1000),
            new Step(0.5, tenMinutes, 300),
            new Step(1, tenMinutes, 300));
    assertThat(plan.compared()).hasSize(3);
    assertThat(plan.maxStepTime()).isEqualTo(Duration.ofHours(12));
    assertThat(plan.afterMaxStepTime()).isEqualTo(AfterMaxStepTime.ROLL_BACK);
    assertThat(plan.falseRollbackRate()).isEqualTo(0.01);
    assertThat(plan.perKey()).isEqualTo(new PerKey(10));
    assertThat(plan.limits())
        .containsExactly(
            new Limit.Failures(2, 0.005, 2),
            new Limit.Latency(1.5, List.of(0.5, 0.99), 1),
            new Limit.Confidence(0.5, 1),
            new Limit.Disagreement(0.02, 0.1, 1),
            new Limit.Loss(1.2, List.of(0.9), 50, 1));
  }

  @Test
  void hasDefaults() {
    RolloutPlan plan = parse("{\"steps\": [\"5%\"], \"limits\": {\"failures\": {}}}");
    assertThat(plan.steps()).containsExactly(new Step(0.05, Duration.ofMinutes(30), 200));
    assertThat(plan.maxStepTime()).isEqualTo(Duration.ofDays(1));
    assertThat(plan.afterMaxStepTime()).isEqualTo(AfterMaxStepTime.PAUSE);
    assertThat(plan.falseRollbackRate()).isEqualTo(0.05);
    assertThat(plan.perKey()).isEqualTo(PerKey.ONCE);
    assertThat(plan.limits()).containsExactly(new Limit.Failures(1.5, 0.001, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "latency | {}",
        "confidence | {}",
        "disagreement | {}",
        "outcomes | {}",
        "outcomes | {measure: loss}"
      })
  void eachLimitHasDefaultsAndIsWrittenAsItIsRead(String detector, String limit) {
    RolloutPlan plan = parse("{steps: [5%], limits: {" + detector + ": " + limit + "}}");
    assertThat(plan.limits()).hasSize(1);
    assertThat(parse(JsonMapper.shared().writeValueAsString(plan.toJson()))).isEqualTo(plan);
  }

  @Test
  void isWrittenAsItIsRead() {
    RolloutPlan plan = parse(WHOLE);
    assertThat(parse(JsonMapper.shared().writeValueAsString(plan.toJson()))).isEqualTo(plan);
  }

  @Test
  void dividesTheRateByWeights() {
    RolloutPlan plan = parse(WHOLE);
    assertThat(plan.needed(plan.limits().getFirst())).isCloseTo(300, within(1e-9));
    assertThat(plan.limits().stream().mapToDouble(limit -> 1 / plan.needed(limit)).sum())
        .isCloseTo(0.01, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{limits: {failures: {}}} | the plan has no steps",
        "{steps: [5%]} | the plan has no limits",
        "{steps: [5], limits: {failures: {}}} | `5` is no share in percent",
        "{steps: [0.00001%], limits: {failures: {}}} | `0.00001%` is no share in percent",
        "{steps: [5%, 5%], limits: {failures: {}}} | steps don't rise",
        "{steps: [50%, 5%], limits: {failures: {}}} | steps don't rise",
        "{steps: [100%], limits: {failures: {}}} | nothing to compare with",
        "{steps: [0%], limits: {failures: {}}} | isn't above 0%",
        "{steps: [120%], limits: {failures: {}}} | isn't above 0% and up to 100%",
        "{steps: [{time: 1h}], limits: {failures: {}}} | the step has no `share`",
        "{steps: [5%], stepRequests: 0, limits: {failures: {}}} | requests 0 is less than 1",
        "{steps: [5%], stepTime: 2d, limits: {failures: {}}} | maxStepTime 24h isn't longer",
        "{steps: [5%], stepTime: soon, limits: {failures: {}}} | `soon` is not a duration",
        "{steps: [5%], falseRollbackRate: 0%, limits: {failures: {}}} | falseRollbackRate 0.0",
        "{steps: [5%], perKey: 10, limits: {failures: {}}} | `10` is no value of `perKey`",
        "{steps: [5%], limits: {failure: {}}} | the key `failure` is unknown here",
        "{steps: [5%], limits: {failures: {ratio: 0.5}}} | ratio 0.5 isn't from 1",
        "{steps: [5%], limits: {failures: {weight: 0}}} | weight 0.0 isn't above 0",
        "{steps: [5%], limits: {failures: 2}} | the limit on failures is no mapping",
        "{steps: [5%], limits: {latency: {quantiles: [5%]}}} | quantile 0.05 isn't from 10%",
        "{steps: [5%], limits: {disagreement: {atMost: 100%}}} | atMost 1.0 isn't above",
        "{steps: [5%], limits: {outcomes: {measure: f1}}} | `f1` is no value of `measure`",
        "{steps: [5%], afterMaxStepTime: wait, limits: {failures: {}}} | `wait` is no value",
      })
  void saysWhatIsWrong(String plan, String mistake) {
    assertThatThrownBy(() -> parse(plan))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining(mistake);
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() {
    assertThatThrownBy(() -> parse("{steps: [5], limits: {failures: {ratio: 0}}, maxTime: 1h}"))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("`5`")
        .hasMessageContaining("ratio 0.0")
        .hasMessageContaining("`maxTime`");
  }
}
