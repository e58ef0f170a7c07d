package io.evenkeel.admission;

import io.evenkeel.admission.Phases.Phase;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of a scenario: of each phase, and of each load while the scenario was disturbed. */
final class Figures {
  /** From the end of the run until the answer is sent. */
  private static final long ANSWER_NANOS = 200_000;

  private final Scenario.World world;
  private final Map<Phase, Tally> phases = new EnumMap<>(Phase.class);

  /** In the order of the scenario. */
  private final Map<Load, Tally> loads = new LinkedHashMap<>();

  private final Recovery recovery;

  Figures(Scenario.World world, List<Load> loads) {
    this.world = world;
    this.recovery = new Recovery(world.phases());
    for (Phase phase : Phase.values()) {
      phases.put(phase, new Tally());
    }
    loads.forEach(load -> this.loads.put(load, new Tally()));
  }

  Tally of(Phase phase) {
    return phases.getOrDefault(phase, new Tally());
  }

  /** While the scenario was disturbed. */
  Tally of(Load load) {
    return loads.getOrDefault(load, new Tally());
  }

  Map<Load, Tally> loads() {
    return loads;
  }

  Recovery recovery() {
    return recovery;
  }

  void shed(VirtualRequest request, Shed.Reason reason) {
    Phase phase = phase(request);
    of(phase).countShed(reason);
    if (phase == Phase.DURING) {
      of(request.callers().load()).countShed(reason);
    }
    recovery.observe(request.arrivalNanos(), Recovery.REFUSED);
  }

  void ended(VirtualRequest request, Ending ending, long now) {
    long latency = now + ANSWER_NANOS - request.arrivalNanos();
    Tally.End end = Tally.End.of(request, ending, latency);
    Phase phase = phase(request);
    of(phase).countEnd(end);
    if (phase == Phase.DURING) {
      of(request.callers().load()).countEnd(end);
    }
    if (end.isGood()) {
      of(world.phases().at(now)).countGood(request.claim().rows());
    }
    recovery.observe(request.arrivalNanos(), end.isMissed() ? Recovery.REFUSED : latency);
  }

  void ran(int rows, long now) {
    of(world.phases().at(now)).countRun(rows);
  }

  private Phase phase(VirtualRequest request) {
    return world.phases().at(request.arrivalNanos());
  }

  /** The rows answered in time, as a share of what the executors get through. */
  double goodput(Phase phase) {
    return of(phase).goodRows() / (world.rowsPerSecond() * world.phases().seconds(phase));
  }

  /**
   * How evenly the loads were let in: Jain's index of their admitted shares (Jain, Chiu and Hawe,
   * 1984), 1 where all shares are the same.
   */
  double fairness() {
    double sum = 0;
    double squares = 0;
    for (Tally tally : loads.values()) {
      sum += tally.admittedShare();
      squares += tally.admittedShare() * tally.admittedShare();
    }
    return sum * sum / (loads.size() * squares);
  }
}
