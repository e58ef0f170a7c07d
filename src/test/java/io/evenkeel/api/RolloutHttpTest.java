package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.Await;
import io.evenkeel.control.RouteControl;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/** Rollouts by HTTP: an equal candidate is promoted, one that fails is taken back. */
@ServingTest
@ContextConfiguration(initializers = RolloutModels.class)
class RolloutHttpTest {
  private static final String ROLLOUTS = "/v1/admin/models/m/rollouts";
  private final Caller caller;
  private final RouteControl control;
  private final MeterRegistry meters;
  private final AtomicInteger keys = new AtomicInteger();

  RolloutHttpTest(Caller caller, RouteControl control, MeterRegistry meters) {
    this.caller = caller;
    this.control = control;
    this.meters = meters;
  }

  private double gauge(String name) {
    return meters.get(name).tag("model", "m").gauge().value();
  }

  @AfterEach
  void routeBack() {
    Answer aborted = caller.post(ROLLOUTS + "/abort", "{\"why\": \"the test is over\"}");
    assertThat(aborted.status()).isIn(200, 409);
    byte[] body =
        "{\"why\": \"as before\", \"route\": {\"stable\": \"1\"}}".getBytes(StandardCharsets.UTF_8);
    assertThat(
            caller
                .send(
                    "PUT",
                    "/v1/admin/models/m/route",
                    body,
                    "Content-Type",
                    "application/json",
                    "If-Match",
                    "*")
                .status())
        .isEqualTo(200);
  }

  private Answer start(String version, int requests) {
    return caller.post(
        ROLLOUTS,
        """
        {
          "why": "try it",
          "version": "%2$s",
          "plan": {
            "steps": [
              {"share": "20%%", "time": "100ms", "requests": %1$d},
              {"share": "50%%", "time": "100ms", "requests": %1$d},
              {"share": "100%%", "time": "100ms", "requests": 1}
            ],
            "maxStepTime": "1h",
            "limits": {"failures": {}}
          }
        }
        """
            .formatted(requests, version));
  }

  /** Of many callers, each with a key of its own. */
  private void ask(int times, double x) {
    byte[] body = ("{\"instance\": {\"x\": " + x + "}}").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < times; i++) {
      Answer ignored =
          caller.post(
              "/v1/predict",
              body,
              "Content-Type",
              "application/json",
              "X-Routing-Key",
              "caller-" + keys.incrementAndGet());
    }
  }

  private JsonNode last() {
    return caller.get(ROLLOUTS).json().at("/rollouts/0");
  }

  private List<String> journal() {
    return caller
        .get("/v1/admin/journal?model=m&limit=1000")
        .json()
        .get("entries")
        .valueStream()
        .map(entry -> entry.get("action").asString())
        .toList();
  }

  private void askUntil(String state, double x) {
    Await.until(() -> {
      ask(20, x);
      return last().get("state").asString().equals(state);
    });
  }

  @Test
  void anEqualCandidateIsPromotedStepByStep() {
    Answer begun = start("2", 20);
    assertThat(begun.status()).as(begun.body()).isEqualTo(200);
    assertThat(begun.json().get("state").asString()).isEqualTo("RUNNING");
    assertThat(caller.get("/v1/admin/models/m/route").json().at("/route/canary/share").asString())
        .isEqualTo("20%");
    assertThat(start("2", 20).status()).as("one at a time").isEqualTo(409);
    askUntil("PROMOTED", 3);
    assertThat(control.routes().of("m").stable()).isEqualTo("2");
    assertThat(control.routes().of("m").canary()).isNull();
    // A decision is kept, which the API tells, before its evidence is written down.
    Await.until(() -> journal().contains("rollout-promoted-evidence"));
    assertThat(journal()).contains("rollout-started", "rollout-advanced", "rollout-promoted");
  }

  /** Version 4 fails on 665, which the stable version answers. */
  @Test
  void aCandidateThatFailsIsTakenBackWithItsEvidence() {
    assertThat(start("4", 100_000).status()).isEqualTo(200);
    askUntil("ROLLED_BACK", 665);
    assertThat(control.routes().of("m").stable()).isEqualTo("1");
    assertThat(control.routes().of("m").canary()).isNull();
    assertThat(last().get("reason").asString()).contains("failures");
    assertThat(last().at("/evidence/0/sentence").asString()).contains("evidence");
    // It is kept, which the API tells, before it is told on.
    Await.until(() ->
        meters
                .get("evenkeel.rollout.decisions")
                .tags("model", "m", "decision", "rolled-back")
                .counter()
                .count()
            >= 1);
    assertThat(gauge("evenkeel.canary.share")).isZero();
  }

  /** Version 4 answers 2x + 2, and feedback says that 2x is right. */
  @Test
  void aCandidateWhoseAnswersAreWorseIsTakenBackByFeedback() {
    Answer begun =
        caller.post(
            ROLLOUTS,
            """
            {
              "why": "try it",
              "version": "4",
              "plan": {
                "steps": [
                  {"share": "40%", "time": "10ms", "requests": 1},
                  {"share": "50%", "time": "1h", "requests": 100000}
                ],
                "maxStepTime": "2h",
                "limits": {"outcomes": {"measure": "loss", "ratio": 1.1, "atLeast": 100}}
              }
            }
            """);
    assertThat(begun.status()).as(begun.body()).isEqualTo(200);
    Await.until(() -> {
      for (int i = 0; i < 20; i++) {
        Answer answer =
            caller.post(
                "/v1/predict",
                "{\"instance\": {\"x\": 3}}".getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/json",
                "X-Routing-Key",
                "judged-" + keys.incrementAndGet());
        Answer judged =
            caller.post(
                "/v1/feedback", "{\"id\": " + answer.json().get("id") + ", \"outcome\": 6}");
        assertThat(judged.status()).as(judged.body()).isEqualTo(200);
      }
      return last().get("state").asString().equals("ROLLED_BACK");
    });
    assertThat(last().get("reason").asString()).contains("outcomes");
  }

  @Test
  void operatorsPauseResumeAndAbort() {
    assertThat(start("2", 100_000).status()).isEqualTo(200);
    assertThat(gauge("evenkeel.canary.share")).isEqualTo(0.2);
    assertThat(gauge("evenkeel.rollout.paused")).isZero();
    assertThat(caller.post(ROLLOUTS + "/pause", "{\"why\": \"lunch\"}").json().get("state"))
        .hasToString("\"PAUSED\"");
    assertThat(gauge("evenkeel.rollout.paused")).isEqualTo(1);
    assertThat(caller.post(ROLLOUTS + "/pause", "{\"why\": \"lunch\"}").status()).isEqualTo(409);
    assertThat(caller.post(ROLLOUTS + "/resume", "{\"why\": \"back\"}").json().get("state"))
        .hasToString("\"RUNNING\"");
    assertThat(caller.post(ROLLOUTS + "/abort", "{\"why\": \"enough\"}").json().get("state"))
        .hasToString("\"ABORTED\"");
    assertThat(control.routes().of("m").canary()).isNull();
    assertThat(caller.post(ROLLOUTS + "/abort", "{\"why\": \"enough\"}").status()).isEqualTo(409);
  }

  @Test
  void aChangeFromElsewhereEndsIt() {
    assertThat(start("2", 100_000).status()).isEqualTo(200);
    byte[] body =
        "{\"why\": \"mine\", \"route\": {\"stable\": \"2\"}}".getBytes(StandardCharsets.UTF_8);
    Answer changed =
        caller.send(
            "PUT",
            "/v1/admin/models/m/route",
            body,
            "Content-Type",
            "application/json",
            "If-Match",
            "*");
    assertThat(changed.status()).isEqualTo(200);
    Await.until(() -> last().get("state").asString().equals("ABORTED"));
    assertThat(last().get("reason").asString()).contains("changed by revision");
    assertThat(control.routes().of("m").stable()).as("it stays").isEqualTo("2");
  }

  @Test
  void saysWhyARolloutCantBegin() {
    assertThat(start("1", 10).json().get("detail").asString()).contains("stable already");
    assertThat(start("77", 10).status()).isEqualTo(422);
    assertThat(start("3", 10).json().get("detail").asString()).contains("can't be routed to");
    Answer bad =
        caller.post(ROLLOUTS, "{\"why\": \"a\", \"version\": \"2\", \"plan\": {\"stepz\": 1}}");
    assertThat(bad.status()).isEqualTo(422);
    assertThat(bad.json().get("detail").asString()).contains("stepz");
    assertThat(caller.get("/v1/admin/models/none/rollouts").json().get("rollouts")).isEmpty();
  }
}
