package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import io.evenkeel.Await;
import io.evenkeel.control.Author;
import io.evenkeel.control.Revision;
import io.evenkeel.control.RouteControl;
import io.evenkeel.routing.ModelRoute;
import io.evenkeel.routing.Share;
import io.evenkeel.routing.Split;
import io.evenkeel.serving.spi.ShadowObserver;
import io.evenkeel.serving.spi.ShadowedRow;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/** What callers and operators see of shadows, over HTTP. */
@ServingTest
@ContextConfiguration(initializers = ShadowedModels.class)
@Import(ShadowHttpTest.Gate.class)
@Timeout(120)
class ShadowHttpTest {
  private final Caller caller;
  private final RouteControl control;
  private final Gate gate;

  ShadowHttpTest(Caller caller, RouteControl control, Gate gate) {
    this.caller = caller;
    this.control = control;
    this.gate = gate;
  }

  /** Holds the shadow's thread after a copy, from the moment it is shut to the one it is opened. */
  static final class Gate implements ShadowObserver {
    private volatile CountDownLatch open = new CountDownLatch(0);
    private volatile CountDownLatch reached = new CountDownLatch(1);

    void shut() {
      reached = new CountDownLatch(1);
      open = new CountDownLatch(1);
    }

    void open() {
      open.countDown();
    }

    @Override
    public void compared(ShadowedRow row) {
      reached.countDown();
      await(open);
    }

    static void await(CountDownLatch latch) {
      try {
        assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @AfterEach
  void letGo() {
    gate.open();
  }

  private double predict(String model, double x) {
    Answer answer =
        caller.post("/v1/models/" + model + "/predict", "{\"instance\": {\"x\": " + x + "}}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("version").asString()).isEqualTo("1");
    return answer.json().at("/prediction/value").asDouble();
  }

  private JsonNode report(String model) {
    Answer answer = caller.get("/v1/models/" + model + "/shadow");
    assertThat(answer.status()).isEqualTo(200);
    return answer.json();
  }

  private static long dropped(JsonNode report) {
    return report.get("dropped").valueStream().mapToLong(JsonNode::asLong).sum();
  }

  /** The report once so many copies were taken and all have come to their end. */
  private JsonNode settled(String model, int taken) {
    Await.until(() -> {
      JsonNode report = report(model);
      JsonNode rows = report.get("rows");
      return rows.get("taken").asLong() == taken
          && rows.get("compared").asLong() + rows.get("failed").asLong() + dropped(report) == taken;
    });
    return report(model);
  }

  @Test
  void reportsACandidateThatDiffersAndFails() {
    assertThat(predict("fourfold", 0)).isZero();
    assertThat(settled("fourfold", 1).at("/rows/agree").asLong()).isEqualTo(1);
    assertThat(predict("fourfold", 5)).isEqualTo(10);
    settled("fourfold", 2);
    assertThat(predict("fourfold", 333)).isEqualTo(666);
    JsonNode report = settled("fourfold", 3);
    assertThat(report.get("rows").toString())
        .isEqualTo("{\"taken\":3,\"compared\":2,\"agree\":1,\"differ\":1,\"failed\":1,\"late\":0}");
    assertThat(report.get("measure").asString()).isEqualTo("relativeDifference");
    assertThat(report.at("/distance/max").asDouble()).isEqualTo(0.5);
    assertThat(report.at("/absoluteDifference/max").asDouble()).isEqualTo(10);
    assertThat(report.at("/agreement/share").asDouble()).isEqualTo(0.5);
    assertThat(report.at("/pair/stable").asString()).isEqualTo("1");
    assertThat(report.get("shadow").asString()).isEqualTo("2");
    assertThat(report.get("verdict").asString())
        .contains("Too early to tell.", "on 50.00 % of 2 rows", "no answer to 1 of 3");
    assertThat(report.at("/laneSeconds/stable/rows").asLong()).isEqualTo(2);
    assertThat(report.at("/laneSeconds/candidate/p50").asDouble()).isPositive();
  }

  @Test
  void comparesProbabilitiesAndLabels() {
    Answer answer =
        caller.post("/v1/models/breast-cancer/predict", Bodies.single(Bodies.row("breast-cancer")));
    String label = answer.json().at("/prediction/label").asString();
    JsonNode report = settled("breast-cancer", 1);
    assertThat(report.get("measure").asString()).isEqualTo("totalVariation");
    assertThat(report.at("/distance/rows").asLong()).isEqualTo(1);
    assertThat(report.at("/labels/0/stable").asString()).isEqualTo(label);
    assertThat(report.at("/labels/0/rows").asLong()).isEqualTo(1);
    assertThat(errors("breast-cancer")).as("as the document describes it").isEmpty();
  }

  @Test
  void reportsThatNothingWasCopiedYet() {
    assertThat(report("idle").get("verdict").asString()).isEqualTo("Nothing was copied yet.");
    assertThat(errors("idle")).as("as the document describes it").isEmpty();
  }

  @Test
  void answersWhileTheCandidateIsHeldAndCountsWhatWasDropped() {
    gate.shut();
    assertThat(predict("same", 1)).isEqualTo(2);
    Gate.await(gate.reached);
    for (int x = 0; x < 20; x++) {
      assertThat(predict("same", x)).isEqualTo(2.0 * x);
    }
    Await.until(() -> report("same").at("/rows/taken").asInt() == 21);
    JsonNode held = report("same");
    assertThat(held.at("/rows/compared").asInt()).isEqualTo(1);
    assertThat(held.at("/dropped/queue-full").asInt()).isEqualTo(20 - ShadowedModels.MAX_ROWS);
    gate.open();
    assertThat(settled("same", 21).at("/rows/agree").asInt())
        .isEqualTo(1 + ShadowedModels.MAX_ROWS);
  }

  @Test
  void copiesTheSameCallersAgainAndNotThoseOfACanary() {
    for (int i = 0; i < 3; i++) {
      // Their points are at 29 % and at 68 %, and for a canary at 83 % and at 8 %.
      predict("some", "inside", i);
      predict("some", "outside", i);
    }
    assertThat(settled("some", 3).at("/rows/agree").asInt()).isEqualTo(3);
  }

  private void predict(String model, String key, int x) {
    Answer answer =
        caller.send(
            "POST",
            "/v1/models/" + model + "/predict",
            "{\"instance\": {\"x\": " + x + "}}",
            "Content-Type",
            "application/json",
            "X-Routing-Key",
            key);
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void aRouteStartsAndStopsIt() {
    Answer without = caller.get("/v1/models/none/shadow");
    Problems.require(without, 404, "no-such-resource");
    assertThat(without.json().get("detail").asString())
        .isEqualTo(
            "the model `none` has no shadow; name one in its route, for example"
                + " `shadow: {version: \"2\", share: 10%}`");
    predict("none", 1);
    Split all = new Split("2", Share.ALL);
    Revision revision = change("none", route -> route.withShadow(all));
    assertThat(report("none").get("verdict").asString()).isEqualTo("Nothing was copied yet.");
    assertThat(report("none").get("sinceRevision").asLong()).isEqualTo(revision.number());
    predict("none", 2);
    settled("none", 1);
    change("none", route -> route.withShadow(null));
    Problems.require(caller.get("/v1/models/none/shadow"), 404, "no-such-resource");
  }

  private Revision change(String model, UnaryOperator<ModelRoute> change) {
    return control.changeRoute(new Author("a test", ""), "route-changed", model, change);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    Problems.require(caller.get("/v1/models/nothing/shadow"), 404, "no-such-model");
    Problems.require(caller.get("/v1/models/same/shadow?version=1"), 400, "unknown-option");
    Problems.require(caller.post("/v1/models/same/shadow", "{}"), 405, "method-not-allowed");
    Problems.require(caller.get("/v1/models/same/shadow/more"), 404, "no-such-resource");
  }

  private List<Error> errors(String model) {
    return OpenApiDocumentTest.errors(
        caller.get("/v3/api-docs"), "ShadowReport", caller.get("/v1/models/" + model + "/shadow"));
  }
}
