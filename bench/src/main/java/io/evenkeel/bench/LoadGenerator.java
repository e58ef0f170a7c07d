package io.evenkeel.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests when they are due, whatever became of earlier ones. A request that finds no free
 * connection waits for one, and its latency counts from when it was due: a slow server can't slow
 * the arrivals down and so look better than it is ("coordinated omission"). One thread does it all.
 */
final class LoadGenerator implements EventLoop.Listener, AutoCloseable {
  /** How long after the last arrival answers are still awaited. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private record Waiting(long dueNanos, StepFigures figures) {}

  private final EventLoop loop;
  private final Arrivals arrivals;
  private final SplittableRandom random;
  private final List<Step> steps;
  private final List<StepFigures> figures = new ArrayList<>();
  private final ArrayDeque<Connection> idle = new ArrayDeque<>();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final @Nullable Trace trace;
  private final Duration tick;

  private int step;
  private double stepEnd;
  private double next;
  private int inFlight;

  LoadGenerator(OpenLoopOptions options, List<Step> steps) throws IOException {
    loop = new EventLoop(options.target(), this);
    arrivals = options.arrivals();
    random = new SplittableRandom(options.seed());
    tick = options.tick();
    trace = options.trace() == null ? null : new Trace();
    this.steps = steps;
    long deadlineNanos = options.target().deadlineNanos();
    for (Step one : steps) {
      figures.add(new StepFigures(one, figures.size(), new Outcomes(deadlineNanos), trace));
    }
    for (int i = 0; i < options.connections(); i++) {
      idle.add(loop.open());
    }
  }

  /** Runs all steps, waits for the last answers, and returns a step's figures each. */
  List<StepFigures> run() throws IOException {
    long start = System.nanoTime();
    if (trace != null) {
      trace.begin(start);
    }
    // Times are doubles relative to the start, so that rounding never bends the rate.
    stepEnd = steps.getFirst().seconds() * 1e9;
    next = gap();
    double giveUp = steps.stream().mapToDouble(Step::seconds).sum() * 1e9 + GRACE.toNanos();
    try (Pace pace = pace(start)) {
      while (true) {
        sendDue(start);
        boolean over = step == steps.size();
        if (over && inFlight == 0 && waiting.isEmpty() || System.nanoTime() - start > giveUp) {
          return figures;
        }
        pace.await(start + (long) (over ? giveUp : next));
      }
    }
  }

  /** Each request's ending, if the options ask for it. */
  void writeTrace(@Nullable Path file) throws IOException {
    if (trace != null && file != null) {
      trace.write(file);
    }
  }

  private Pace pace(long start) {
    return tick.isZero() ? new Pacemaker(loop, start) : new Ticks(loop, tick);
  }

  private double gap() {
    return arrivals.gapNanos(steps.get(step).perSecond(), random);
  }

  private void sendDue(long start) throws IOException {
    while (step < steps.size()) {
      if (next >= stepEnd) {
        step++;
        if (step < steps.size()) {
          next = stepEnd + gap();
          stepEnd += steps.get(step).seconds() * 1e9;
        }
      } else if (start + (long) next <= System.nanoTime()) {
        arrive(start + (long) next, figures.get(step));
        next += gap();
      } else {
        return;
      }
    }
  }

  private void arrive(long dueNanos, StepFigures dueIn) throws IOException {
    Connection free = idle.poll();
    if (free == null) {
      waiting.add(new Waiting(dueNanos, dueIn));
    } else {
      send(free, dueNanos, dueIn);
    }
    dueIn.due(waiting.size());
  }

  private void send(Connection connection, long dueNanos, StepFigures dueIn) throws IOException {
    inFlight++;
    dueIn.sent(System.nanoTime() - dueNanos);
    loop.send(connection, dueNanos, dueIn);
  }

  @Override
  public void free(Connection connection, int status) throws IOException {
    inFlight--;
    sendWaitingOn(connection);
  }

  @Override
  public void replaced(Connection gone, Connection fresh) throws IOException {
    idle.remove(gone);
    sendWaitingOn(fresh);
  }

  private void sendWaitingOn(Connection free) throws IOException {
    Waiting first = waiting.poll();
    if (first == null) {
      idle.add(free);
    } else {
      send(free, first.dueNanos, first.figures);
    }
  }

  @Override
  public void close() throws IOException {
    loop.close();
  }
}
