package io.evenkeel.admission;

import java.util.List;

/**
 * Something that happens to a lane. Immutable.
 *
 * @param name a word or two
 * @param story what happens
 * @param loads who comes
 */
record Scenario(String name, String story, World world, List<Load> loads) {
  /**
   * Where it happens.
   *
   * @param settings of the lane
   * @param model what it runs
   * @param machine on what
   * @param phases when
   */
  record World(LaneSettings settings, TrueModel model, Machine machine, Phases phases) {
    /** The rows all executors get through in a second at most. */
    double rowsPerSecond() {
      return settings.executors() * model.rowsPerSecond() * machine.share();
    }
  }

  /** Whether several ask for the same, and so should be treated alike. */
  boolean hasEqualLoads() {
    return loads.size() > 1 && loads.stream().map(Load::kind).distinct().count() == 1;
  }

  /** Lets it happen. */
  Figures play() {
    Figures figures = new Figures(world, loads);
    VirtualTime time = new VirtualTime();
    VirtualLane lane = new VirtualLane(time, world, figures);
    for (int i = 0; i < loads.size(); i++) {
      new Callers(loads.get(i), i, lane, world).start();
    }
    time.run();
    return figures;
  }
}
