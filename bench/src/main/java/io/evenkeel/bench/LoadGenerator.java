package io.evenkeel.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sends requests when they are due, whatever became of earlier ones. A request that finds no free
 * connection waits for one, and its latency counts from when it was due: a slow server can't slow
 * the arrivals down and so look better than it is ("coordinated omission"). One thread does it all,
 * on one selector.
 */
final class LoadGenerator implements AutoCloseable {
  /** How long after the last arrival answers are still awaited. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final int SCRATCH_BYTES = 64 * 1024;

  private record Waiting(long dueNanos, StepFigures figures) {}

  private final InetSocketAddress address;
  private final Selector selector = Selector.open();
  private final ByteBuffer request;
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
  private final Arrivals arrivals;
  private final SplittableRandom random;
  private final List<Step> steps;
  private final List<StepFigures> figures = new ArrayList<>();
  private final ArrayDeque<Connection> idle = new ArrayDeque<>();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

  private int step;
  private double stepEnd;
  private double next;
  private int inFlight;

  LoadGenerator(OpenLoopOptions options, List<Step> steps) throws IOException {
    address = options.address();
    byte[] bytes = options.request();
    request = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    arrivals = options.arrivals();
    random = new SplittableRandom(options.seed());
    this.steps = steps;
    Duration deadline = options.deadline();
    long deadlineNanos = deadline == null ? Long.MAX_VALUE : deadline.toNanos();
    steps.forEach(s -> figures.add(new StepFigures(s, deadlineNanos)));
    for (int i = 0; i < options.connections(); i++) {
      idle.add(open());
    }
  }

  private Connection open() throws IOException {
    return Connection.open(address, selector, request);
  }

  /** Runs all steps, waits for the last answers, and returns a step's figures each. */
  List<StepFigures> run() throws IOException {
    long start = System.nanoTime();
    // Times are doubles relative to the start, so that rounding never bends the rate.
    stepEnd = steps.getFirst().seconds() * 1e9;
    next = gap();
    double giveUp = steps.stream().mapToDouble(Step::seconds).sum() * 1e9 + GRACE.toNanos();
    try (Pacemaker pacemaker = new Pacemaker(selector, start)) {
      while (true) {
        sendDue(start);
        boolean over = step == steps.size();
        if (over && inFlight == 0 && waiting.isEmpty() || System.nanoTime() - start > giveUp) {
          return figures;
        }
        await(pacemaker, start + (long) (over ? giveUp : next));
      }
    }
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
    try {
      connection.send(dueNanos, dueIn);
    } catch (IOException broken) {
      replace(connection);
    }
  }

  private void await(Pacemaker pacemaker, long nextNanos) throws IOException {
    pacemaker.selectorSleeps(nextNanos);
    try {
      if (nextNanos - System.nanoTime() <= 0) {
        selector.selectNow(this::ready);
      } else {
        selector.select(this::ready);
      }
    } catch (UncheckedIOException serverGone) {
      throw serverGone.getCause();
    }
    pacemaker.selectorAwake();
  }

  private void ready(SelectionKey key) {
    Connection connection = (Connection) key.attachment();
    try {
      if (advance(key, connection)) {
        inFlight--;
        if (connection.reusable()) {
          sendWaitingOn(connection);
        } else {
          connection.close();
          sendWaitingOn(open());
        }
      }
    } catch (IOException serverGone) {
      throw new UncheckedIOException(serverGone);
    }
  }

  /**
   * Writes and reads what can be; true when an answer is complete. A connection that ended is
   * replaced.
   */
  private boolean advance(SelectionKey key, Connection connection) throws IOException {
    try {
      if (key.isWritable()) {
        connection.write();
      }
      return key.isReadable() && connection.read(scratch);
    } catch (IOException broken) {
      replace(connection);
      return false;
    }
  }

  /** Fails only when no new connection can be made: then the server is gone and the run is over. */
  private void replace(Connection connection) throws IOException {
    connection.close();
    if (connection.broke()) {
      inFlight--;
    } else {
      idle.remove(connection);
    }
    sendWaitingOn(open());
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
    for (SelectionKey key : selector.keys()) {
      ((Connection) key.attachment()).close();
    }
    selector.close();
  }
}
