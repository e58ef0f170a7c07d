package io.evenkeel.admission;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A lane in virtual time: what {@link Lane} and {@link LaneWatch} do with threads and executors,
 * done with events. It decides nothing: that does the dispatcher, the same that serves requests.
 */
final class VirtualLane {
  private static final long TICKS_BETWEEN_CALLS = LaneWatch.BUSY_TICK.dividedBy(LaneWatch.TICK);

  private final VirtualTime time;
  private final Scenario.World world;
  private final Figures figures;
  private final Dispatcher<VirtualTicket> dispatcher;
  private final Random chance = new Random(1);

  /** What each executor runs; a run that was terminated isn't there any more when it would end. */
  private final List<@Nullable Run<VirtualTicket>> running = new ArrayList<>();

  private long runs;

  VirtualLane(VirtualTime time, Scenario.World world, Figures figures) {
    this.time = time;
    this.world = world;
    this.figures = figures;
    this.dispatcher =
        new Dispatcher<>(
            "virtual",
            world.settings(),
            world.model().warmUp(),
            new Entrance.Registries(
                BulkheadRegistry.ofDefaults(), CircuitBreakerRegistry.ofDefaults()));
    for (int i = 0; i < world.settings().executors(); i++) {
      running.add(null);
    }
    time.at(0, () -> look(0));
  }

  VirtualTime time() {
    return time;
  }

  /** A request comes. */
  void enter(VirtualRequest request) {
    switch (dispatcher.tryEnter(request.claim(), time.now())) {
      case Shed shed -> {
        figures.shed(request, shed.reason());
        request.callers().refused();
      }
      case Permit permit -> pass(request, permit);
    }
  }

  /** Its next rows begin their way. */
  private void pass(VirtualRequest request, Permit permit) {
    long now = time.now();
    VirtualTicket ticket = request.next(dispatcher.chunkRows(now), permit, this::woken);
    int executor = dispatcher.arrive(ticket, now);
    if (executor != Slots.NONE) {
      begin(executor, ticket);
    }
  }

  private void woken(VirtualTicket ticket) {
    time.at(
        time.now(),
        () -> {
          if (ticket.state() == Ticket.State.APPOINTED) {
            begin(ticket.executor(), ticket);
          } else {
            leave(ticket);
          }
        });
  }

  private void begin(int executor, VirtualTicket first) {
    long now = time.now();
    first.lead();
    Run<VirtualTicket> run = dispatcher.begin(executor, first, runs++, now);
    if (run == null) {
      leave(first);
      return;
    }
    running.set(executor, run);
    int rows = Run.rows(run.batch());
    figures.ran(rows, now);
    long nanos = world.model().runNanos(rows, world.phases().isDisturbed(now), chance);
    if (nanos != TrueModel.NEVER) {
      time.at(world.machine().done(now, nanos), () -> end(executor, run, Executor.Health.SOUND));
    }
  }

  private void terminate(int executor, Run<VirtualTicket> run) {
    time.at(
        world.machine().done(time.now(), TrueModel.TERMINATION_NANOS),
        () -> end(executor, run, Executor.Health.TERMINATED));
  }

  private void end(int executor, Run<VirtualTicket> run, Executor.Health health) {
    Run<VirtualTicket> current = running.get(executor);
    if (current != null && current.number() == run.number()) {
      running.set(executor, null);
      dispatcher.end(executor, run, health, time.now());
      leave(run.batch().getFirst());
    }
  }

  private void leave(VirtualTicket ticket) {
    dispatcher.leave(ticket, time.now());
    VirtualRequest request = ticket.request();
    if (request.goesOn(ticket)) {
      pass(request, ticket.permit());
      return;
    }
    try (Permit permit = ticket.permit()) {
      if (ticket.ending() == Ending.RAN) {
        permit.report(true);
      }
    }
    figures.ended(request, ticket.ending(), time.now());
    request.callers().answered();
  }

  /** What the watch does, at each tick, whether or not it would look then. */
  private void look(long tick) {
    dispatcher.endLate(time.now(), (run, executor) -> terminate(executor, run));
    if (tick % TICKS_BETWEEN_CALLS == 0) {
      dispatcher.endDeserted();
    }
    if (time.now() < world.phases().end() || dispatcher.rows() > 0) {
      long next = world.machine().noticed(time.now() + LaneWatch.TICK.toNanos());
      time.at(next, () -> look(tick + 1));
    }
  }
}
