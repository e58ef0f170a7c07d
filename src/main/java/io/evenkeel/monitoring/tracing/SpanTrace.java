package io.evenkeel.monitoring.tracing;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.evenkeel.registry.RunTrace;
import io.evenkeel.serving.spi.Lap;
import io.evenkeel.serving.spi.RequestSummary;
import io.evenkeel.serving.spi.RequestTrace;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request's steps as children of its server span. They are made when the request is over, from
 * the times that were taken anyway; so the walk knows nothing of spans.
 *
 * <p>A run that several requests had part in is a span too: the child of the first of them, with a
 * link to the server span of each that is sampled. It can't be the child of all, and as the root of
 * a trace of its own it might not be sampled. Each member's own {@code run} links back to it.
 *
 * <p>Thread-safe.
 */
final class SpanTrace implements RequestTrace {
  private static final Logger LOG = LoggerFactory.getLogger(SpanTrace.class);
  private static final String RUN = "run";
  private static final String SHARED_RUN = "shared run";
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Tracer tracer;
  private final Span server;
  private final long foundNanos = System.nanoTime();

  /** What is to be added to {@link System#nanoTime} to have nanoseconds since 1970. */
  private final long epochOffset;

  /** Guarded by this: an expired request may end while its rows are still in a run. */
  private final List<SpanContext> sharedRuns = new ArrayList<>();

  SpanTrace(Tracer tracer, Span server) {
    this.tracer = tracer;
    this.server = server;
    Instant now = Instant.now();
    this.epochOffset = now.getEpochSecond() * NANOS_PER_SECOND + now.getNano() - foundNanos;
  }

  @Override
  public String id() {
    return server.getSpanContext().getTraceId();
  }

  @Override
  public void note(SharedRun run) {
    guarded(() -> noteOrThrow(run));
  }

  private void noteOrThrow(SharedRun run) {
    SpanBuilder builder =
        child(SHARED_RUN, run.startNanos())
            .setAttribute(SpanAttributes.RUN_REQUESTS, (long) run.requests())
            .setAttribute(SpanAttributes.RUN_ROWS, (long) run.rows());
    List<SpanTrace> members = new ArrayList<>();
    for (RunTrace trace : run.traced()) {
      if (trace instanceof SpanTrace member) {
        members.add(member);
        builder.addLink(member.server.getSpanContext());
      }
    }
    Span shared = builder.startSpan();
    shared.end(epochNanos(run.endNanos()), NANOSECONDS);
    members.forEach(member -> member.hadPartIn(shared.getSpanContext()));
  }

  private synchronized void hadPartIn(SpanContext shared) {
    sharedRuns.add(shared);
  }

  private synchronized List<SpanContext> sharedRuns() {
    return List.copyOf(sharedRuns);
  }

  @Override
  public void end(RequestSummary summary, List<Lap> laps) {
    guarded(() -> endOrThrow(summary, laps));
  }

  private void endOrThrow(RequestSummary summary, List<Lap> laps) {
    SpanAttributes.describe(server, summary);
    List<Lap> steps = joined(laps);
    if (!steps.isEmpty()) {
      // Before the server span begins there was a thread to be had: that is no step's work.
      long picked = Math.max(0, foundNanos - steps.getFirst().startNanos());
      server.setAttribute(SpanAttributes.WAITED_FOR_THREAD, picked / 1e9);
    }
    List<SpanContext> links = sharedRuns();
    for (Lap step : steps) {
      SpanBuilder builder = child(step.step(), Math.max(step.startNanos(), foundNanos));
      if (step.step().equals(RUN)) {
        links.forEach(builder::addLink);
      }
      builder.startSpan().end(epochNanos(Math.max(step.endNanos(), foundNanos)), NANOSECONDS);
    }
  }

  /** Laps of the same step that follow each other are one. */
  private static List<Lap> joined(List<Lap> laps) {
    List<Lap> joined = new ArrayList<>();
    for (Lap lap : laps) {
      Lap last = joined.isEmpty() ? null : joined.getLast();
      if (last != null && last.step().equals(lap.step())) {
        joined.set(joined.size() - 1, new Lap(last.step(), last.startNanos(), lap.endNanos()));
      } else {
        joined.add(lap);
      }
    }
    return joined;
  }

  private SpanBuilder child(String name, long startNanos) {
    return tracer
        .spanBuilder(name)
        .setParent(Context.root().with(server))
        .setStartTimestamp(epochNanos(startNanos), NANOSECONDS);
  }

  private long epochNanos(long nanoTime) {
    return nanoTime + epochOffset;
  }

  /** The API promises not to throw; what an agent's extensions do on a span's end, nobody knows. */
  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.debug("A request could not be traced", e);
    }
  }
}
