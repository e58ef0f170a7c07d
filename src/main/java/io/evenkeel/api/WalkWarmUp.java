package io.evenkeel.api;

import io.evenkeel.admission.Deadline;
import io.evenkeel.admission.Priority;
import io.evenkeel.registry.AfterLoading;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Servable;
import io.evenkeel.registry.VersionListener;
import io.evenkeel.routing.Requester;
import io.evenkeel.routing.Routing;
import io.evenkeel.serving.BatchMode;
import io.evenkeel.serving.Conclusion;
import io.evenkeel.serving.PredictionOutcome;
import io.evenkeel.serving.PredictionService;
import io.evenkeel.serving.Stopwatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * Sends each version's first golden instance through the whole walk, from bytes to bytes, until the
 * code on the way is loaded and compiled. Without it the first caller would wait ten times a
 * request's budget for classes to load. Neither the meters nor the observers see it.
 */
final class WalkWarmUp implements AfterLoading, VersionListener {
  private static final Duration LONGEST = Duration.ofMillis(250);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int ROUNDS = 3000;

  private final ModelRegistry registry;
  private final PredictionService service;
  private final EnvelopeReader reader;
  private final JsonBodies bodies;

  WalkWarmUp(
      ModelRegistry registry, PredictionService service, EnvelopeReader reader, JsonBodies bodies) {
    this.registry = registry;
    this.service = service.unobserved();
    this.reader = reader;
    this.bodies = bodies;
  }

  @Override
  public void run() {
    List<ModelVersion> ready =
        registry.all().stream()
            .filter(version -> version.state() == ModelVersion.State.READY)
            .toList();
    Map<Routing.Routed, String> examples = new LinkedHashMap<>();
    for (ModelVersion version : ready) {
      Servable servable = version.servable();
      String instance = version.exampleInstance();
      if (servable != null && instance != null) {
        examples.put(to(version, servable), instance);
      }
    }
    walk(examples);
  }

  /** One that comes later walks by itself. */
  @Override
  public void proved(ModelVersion version, Servable servable) {
    String instance = version.exampleInstance();
    if (instance != null) {
      walk(Map.of(to(version, servable), instance));
    }
  }

  private static Routing.Routed to(ModelVersion version, Servable servable) {
    return new Routing.Routed(version, servable, Routing.Role.NAMED, 0, null);
  }

  private void walk(Map<Routing.Routed, String> examples) {
    long end = System.nanoTime() + LONGEST.toNanos();
    for (int round = 0; round < ROUNDS && (round == 0 || System.nanoTime() - end < 0); round++) {
      examples.forEach(this::walk);
    }
  }

  private void walk(Routing.Routed to, String instance) {
    InputStream single = bytes("{\"instance\":" + instance + "}");
    write(service.predict(to, rows -> reader.readSingle(single, rows), call()));
    InputStream batch = bytes("{\"instances\":[" + instance + "]}");
    write(
        service.predictBatch(
            to,
            rows -> reader.readBatch(batch, rows),
            new PredictionService.BatchCall(BatchMode.PER_ITEM, call())));
    InputStream broken = bytes("{\"instance\":{}}");
    write(service.predict(to, rows -> reader.readSingle(broken, rows), call()));
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static PredictionService.Call call() {
    long now = System.nanoTime();
    return new PredictionService.Call(
        Deadline.after(PATIENCE, now), Priority.NORMAL, null, Requester.NOBODY, new Stopwatch(now));
  }

  private void write(Conclusion conclusion) {
    try {
      bodies.write(
          json -> write(json, conclusion.outcome()), length -> OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(JsonGenerator json, PredictionOutcome outcome) {
    switch (outcome) {
      case PredictionOutcome.Served served -> AnswerWriter.writeServed(json, Ids.next(), served);
      case PredictionOutcome.ServedBatch served ->
          AnswerWriter.writeBatch(json, Ids.next(), served);
      case PredictionOutcome.Invalid invalid ->
          AnswerWriter.writeProblem(
              json, Problem.violations(invalid.violations(), invalid.omitted()), Ids.next());
      default -> {}
    }
  }
}
