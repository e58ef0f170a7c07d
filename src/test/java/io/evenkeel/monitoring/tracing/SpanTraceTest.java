package io.evenkeel.monitoring.tracing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.registry.RunTrace;
import io.evenkeel.serving.spi.Lap;
import io.evenkeel.serving.spi.RequestSummary;
import io.evenkeel.serving.spi.RequestTrace;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpanTraceTest {
  private static final RequestSummary SUMMARY =
      new RequestSummary(
          "an-answer",
          "a-request",
          "single",
          new RequestSummary.Route("m", "2", "1", "canary", 7),
          new RequestSummary.Ending("degraded", "queue-full", "fallback", 200, 5000),
          new RequestSummary.Counts(1, 0, 3, List.of()));

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final SdkTracerProvider provider = provider(Sampler.alwaysOn());
  private final OpenTelemetrySdk telemetry =
      OpenTelemetrySdk.builder().setTracerProvider(provider).build();
  private final SpanTraces traces = new SpanTraces(telemetry);

  private SdkTracerProvider provider(Sampler sampler) {
    return SdkTracerProvider.builder()
        .setSampler(Sampler.parentBased(sampler))
        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
        .build();
  }

  @AfterEach
  void close() {
    telemetry.close();
  }

  private Span server() {
    return telemetry.getTracer("test").spanBuilder("POST /v1/*").startSpan();
  }

  private RequestTrace traceOf(Span server) {
    return requireNonNull(Context.root().with(server).wrapSupplier(traces::find).get());
  }

  private List<SpanData> named(String name) {
    return exporter.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .toList();
  }

  @Test
  void findsNothingWhereNobodyRecordsOrTheCallerDoesNotSample() {
    assertThat(traces.find()).isNull();
    try (SdkTracerProvider off = provider(Sampler.alwaysOff())) {
      Span unsampled = off.get("test").spanBuilder("server").startSpan();
      assertThat(Context.root().with(unsampled).wrapSupplier(traces::find).get()).isNull();
    }
  }

  @Test
  void makesTheStepsChildrenOfTheServerSpanWithTheirOwnTimes() {
    Span server = server();
    RequestTrace trace = traceOf(server);
    long start = System.nanoTime();
    trace.end(
        SUMMARY,
        List.of(
            new Lap("parse", start - 3_000_000_000L, start + 1_000),
            new Lap("queue", start + 1_000, start + 1_000),
            new Lap("run", start + 1_000, start + 4_000),
            new Lap("write", start + 4_000, start + 5_000),
            new Lap("write", start + 5_000, start + 6_000)));
    server.end();

    assertThat(exporter.getFinishedSpanItems())
        .extracting(SpanData::getName)
        .containsExactly("parse", "queue", "run", "write", "POST /v1/*");
    SpanData parent = exporter.getFinishedSpanItems().getLast();
    assertThat(exporter.getFinishedSpanItems().subList(0, 4))
        .allSatisfy(step -> assertThat(step.getParentSpanId()).isEqualTo(parent.getSpanId()));
    SpanData run = named("run").getFirst();
    assertThat(run.getEndEpochNanos() - run.getStartEpochNanos()).isEqualTo(3_000);
    SpanData write = named("write").getFirst();
    assertThat(write.getStartEpochNanos()).isEqualTo(run.getEndEpochNanos());
    assertThat(write.getEndEpochNanos() - write.getStartEpochNanos()).isEqualTo(2_000);
    SpanData parse = named("parse").getFirst();
    assertThat(parse.getEndEpochNanos() - parse.getStartEpochNanos())
        .as("begins when there was a thread for it")
        .isLessThan(3_000_000_000L);
    assertThat(parent.getAttributes().get(SpanAttributes.WAITED_FOR_THREAD)).isBetween(2.0, 3.0);
  }

  @Test
  void saysOnTheServerSpanWhatBecameOfTheRequest() {
    Span server = server();
    traceOf(server).end(SUMMARY, List.of());
    server.end();

    var attributes = exporter.getFinishedSpanItems().getFirst().getAttributes();
    assertThat(attributes.get(AttributeKey.stringKey("evenkeel.model"))).isEqualTo("m");
    assertThat(attributes.get(AttributeKey.stringKey("evenkeel.version"))).isEqualTo("2");
    assertThat(attributes.get(AttributeKey.stringKey("evenkeel.answered_by"))).isEqualTo("1");
    assertThat(attributes.get(AttributeKey.longKey("evenkeel.route.revision"))).isEqualTo(7);
    assertThat(attributes.get(AttributeKey.stringKey("evenkeel.outcome"))).isEqualTo("degraded");
    assertThat(attributes.get(AttributeKey.stringKey("evenkeel.degraded"))).isEqualTo("fallback");
    assertThat(attributes.get(AttributeKey.longKey("evenkeel.warnings"))).isEqualTo(3);
  }

  @Test
  void linksASharedRunToItsMembersAndThemToIt() {
    Span firstServer = server();
    Span secondServer = server();
    RequestTrace first = traceOf(firstServer);
    RequestTrace second = traceOf(secondServer);
    long start = System.nanoTime();
    first.note(new RunTrace.SharedRun(start, start + 500, 3, 9, List.of(first, second)));
    first.end(SUMMARY, List.of(new Lap("run", start, start + 600)));
    second.end(SUMMARY, List.of(new Lap("run", start, start + 600)));

    SpanData shared = named("shared run").getFirst();
    assertThat(named("shared run")).hasSize(1);
    assertThat(shared.getParentSpanId()).isEqualTo(firstServer.getSpanContext().getSpanId());
    assertThat(linked(shared))
        .containsExactly(
            firstServer.getSpanContext().getSpanId(), secondServer.getSpanContext().getSpanId());
    assertThat(shared.getAttributes().get(SpanAttributes.RUN_REQUESTS)).isEqualTo(3);
    assertThat(shared.getAttributes().get(SpanAttributes.RUN_ROWS)).isEqualTo(9);
    assertThat(named("run"))
        .hasSize(2)
        .allSatisfy(run -> assertThat(linked(run)).containsExactly(shared.getSpanId()));
  }

  private static List<String> linked(SpanData span) {
    return span.getLinks().stream()
        .map(LinkData::getSpanContext)
        .map(SpanContext::getSpanId)
        .toList();
  }

  @Test
  void namesTheSpanThatIsCurrentForExemplars() {
    CurrentSpan current = new CurrentSpan();
    assertThat(current.isCurrentSpanSampled()).isFalse();
    assertThat(current.getCurrentTraceId()).isNull();
    Span server = server();
    Context.root()
        .with(server)
        .wrap(() -> {
          assertThat(current.isCurrentSpanSampled()).isTrue();
          assertThat(current.getCurrentTraceId()).isEqualTo(server.getSpanContext().getTraceId());
          assertThat(current.getCurrentSpanId()).isEqualTo(server.getSpanContext().getSpanId());
        })
        .run();
  }
}
