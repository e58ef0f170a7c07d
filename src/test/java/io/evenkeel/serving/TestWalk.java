package io.evenkeel.serving;

import static java.util.Objects.requireNonNull;

import io.evenkeel.admission.Deadline;
import io.evenkeel.admission.Priority;
import io.evenkeel.contract.Row;
import io.evenkeel.inference.Prediction;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.ScratchModels;
import io.evenkeel.registry.Servable;
import io.evenkeel.routing.Requester;
import io.evenkeel.routing.Router;
import io.evenkeel.routing.Routes;
import io.evenkeel.routing.Routing;
import io.evenkeel.serving.PredictionService.Call;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/** The last steps of the walk through versions of the model {@code m}, which doubles {@code x}. */
final class TestWalk implements AutoCloseable {
  final ModelRegistry registry;
  final AnswerCaches caches = new AnswerCaches(new SimpleMeterRegistry());
  final VersionWalk walk = new VersionWalk(caches);
  final Degrader degrader;
  final Router router;

  TestWalk(ScratchModels models) {
    registry = models.loaded();
    router = new Router(registry, Routes.NONE, "m");
    degrader = new Degrader(router, walk, caches);
  }

  Routing.Routed to(String version) {
    ModelVersion found = requireNonNull(registry.find("m", version));
    return new Routing.Routed(found, requireNonNull(found.servable()), Routing.Role.NAMED, 1, null);
  }

  Row row(String version, Object x) {
    Servable servable = to(version).servable();
    try (JsonParser json = JsonMapper.shared().createParser("{\"x\": " + x + "}")) {
      json.nextToken();
      return servable.reader().read(json);
    }
  }

  List<Row> rows(String version, Object... values) {
    return Arrays.stream(values).map(x -> row(version, x)).toList();
  }

  /** Somebody with time. */
  static Call call() {
    return call(Duration.ofMinutes(1));
  }

  static Call call(Duration left) {
    long now = System.nanoTime();
    return new Call(
        Deadline.after(left, now), Priority.NORMAL, null, Requester.NOBODY, new Stopwatch(now));
  }

  static double value(Prediction prediction) {
    return ((Prediction.Regression) prediction).value();
  }

  @Override
  public void close() {
    registry.close();
  }
}
