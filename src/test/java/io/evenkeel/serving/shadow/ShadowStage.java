package io.evenkeel.serving.shadow;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.Await;
import io.evenkeel.admission.Endpoint;
import io.evenkeel.admission.LatencyBudget;
import io.evenkeel.contract.Row;
import io.evenkeel.inference.Prediction;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.ScratchModels;
import io.evenkeel.registry.Servable;
import io.evenkeel.routing.ModelRoute;
import io.evenkeel.routing.Requester;
import io.evenkeel.routing.Router;
import io.evenkeel.routing.Routes;
import io.evenkeel.routing.Routing;
import io.evenkeel.routing.Share;
import io.evenkeel.routing.Split;
import io.evenkeel.serving.spi.PredictionEvent;
import io.evenkeel.serving.spi.ShadowObserver;
import io.evenkeel.serving.spi.ShadowedRow;
import io.evenkeel.serving.spi.ShadowedRow.Result;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/**
 * A shadow and its models. Version 1 doubles x. As its shadows 2 does too, 3 makes four times x of
 * it, 4 asks for less.
 */
abstract class ShadowStage {
  static final int MAX_ROWS = 4;

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final BlockingQueue<ShadowedRow> told = new LinkedBlockingQueue<>();
  private volatile @Nullable Hold hold;
  ModelRegistry registry;
  private Router router;
  Shadow shadow;
  long revision;

  /** Stops the shadow's thread after a copy was compared. */
  static final class Hold {
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch released = new CountDownLatch(1);

    void pass() {
      reached.countDown();
      await(released);
    }

    static void await(CountDownLatch latch) {
      try {
        assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @BeforeEach
  void start(@TempDir Path root) {
    ScratchModels models = new ScratchModels(root);
    models.makeDoubling("m/1");
    models.makeDoubling("m/2");
    models.makeFourfold("m/3");
    models
        .makeDoubling("m/4")
        .replace("contract.yaml", "type: number", "type: number, maximum: 9")
        .seal();
    registry = models.loaded();
    router = new Router(registry, Routes.NONE, "m");
    shadow =
        shadow(
            List.of(
                row -> {
                  throw new IllegalStateException("of the first observer");
                },
                row -> {
                  told.add(row);
                  Hold now = hold;
                  if (now != null) {
                    now.pass();
                  }
                }));
  }

  private Shadow shadow(List<ShadowObserver> observers) {
    return shadow(observers, Duration.ofSeconds(30));
  }

  Shadow shadow(List<ShadowObserver> observers, Duration single) {
    LatencyBudget budget = new LatencyBudget(single, single);
    Shadow.Settings settings = new Shadow.Settings(new ShadowProperties(MAX_ROWS, 0.01), budget);
    return new Shadow(router, settings, observers, meters, InstantSource.system());
  }

  @AfterEach
  void stop() {
    Hold last = hold;
    if (last != null) {
      last.released.countDown();
    }
    shadow.close();
    registry.close();
  }

  void shadowedBy(String version) {
    shadowedBy(version, 100);
  }

  /** The same; once its first copy was compared, the shadow's thread stands still. */
  Hold shadowedAndHeldBy(String version) {
    Hold held = new Hold();
    hold = held;
    shadowedBy(version);
    answered(1);
    Hold.await(held.reached);
    return held;
  }

  void shadowedBy(String version, double percent) {
    change(route -> route.withStable("1").withShadow(split(version, percent)));
  }

  static Split split(String version, double percent) {
    return new Split(version, Share.ofPercent(percent));
  }

  void change(UnaryOperator<ModelRoute> change) {
    router.use(router.routes().with("m", change), ++revision);
  }

  ModelVersion version(String version) {
    return requireNonNull(registry.find("m", version));
  }

  Row row(Object x) {
    Servable servable = requireNonNull(version("1").servable());
    try (JsonParser json = JsonMapper.shared().createParser("{\"x\": " + x + "}")) {
      json.nextToken();
      return servable.reader().read(json);
    }
  }

  /** Version 1 has answered single requests for these values as it should. */
  void answered(double... values) {
    for (double x : values) {
      observe(Endpoint.SINGLE, Routing.Role.STABLE, List.of(x), List.of(2 * x));
    }
  }

  /**
   * @param answers null where there is none
   */
  void observe(
      Endpoint endpoint, Routing.Role role, List<?> values, List<@Nullable Double> answers) {
    List<@Nullable Prediction> predictions = new ArrayList<>();
    answers.forEach(
        answer -> predictions.add(answer == null ? null : DifferenceTest.value(answer)));
    shadow.observe(
        event(
            endpoint,
            values.stream().map(this::row).toList(),
            predictions,
            new PredictionEvent.Origin(role, revision, Requester.NOBODY)));
  }

  PredictionEvent event(
      Endpoint endpoint,
      List<Row> rows,
      List<@Nullable Prediction> predictions,
      PredictionEvent.Origin origin) {
    return new PredictionEvent(
        version("1"),
        requireNonNull(version("1").servable()).contract(),
        endpoint,
        rows,
        new PredictionEvent.Ending("served", predictions, 9_000_000, 2_000),
        origin);
  }

  ShadowReport report() {
    return requireNonNull(shadow.report("m"));
  }

  /** The report once every copy has come to its end, which each comes to once. */
  ShadowReport settled() {
    Await.until(() -> {
      ShadowReport report = report();
      ShadowReport.Rows rows = report.rows();
      long ended = rows.compared() + rows.failed() + report.allDropped();
      assertThat(ended).isLessThanOrEqualTo(rows.taken());
      return ended == rows.taken();
    });
    return report();
  }

  void next(Result result) throws InterruptedException {
    ShadowedRow row = told.poll(60, TimeUnit.SECONDS);
    assertThat(row).isNotNull().extracting(ShadowedRow::result).isEqualTo(result);
  }

  double counted(String meter, String version, String tag, String value) {
    return meters.get(meter).tags("model", "m", "version", version, tag, value).counter().count();
  }
}
