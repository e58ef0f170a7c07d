package io.evenkeel.admission;

import io.evenkeel.admission.Load.Arrivals;
import io.evenkeel.admission.Load.Kind;
import io.evenkeel.admission.TrueModel.Noise;
import io.evenkeel.admission.TrueModel.Trouble;
import java.time.Duration;
import java.util.List;

/** What the lane is put through. Named after incidents. */
final class Scenarios {
  private static final Duration BUDGET = Duration.ofMillis(50);
  private static final TrueModel HEALTHY = new TrueModel(Noise.CALM, Trouble.NONE);
  private static final Phases WITH_DISTURBANCE = Phases.ofSeconds(2, 3, 3);

  private Scenarios() {}

  static final Scenario HALF_LOAD =
      scenario(
          "Half load",
          "Single requests for half of what the executors get through.",
          world(HEALTHY, Phases.ofSeconds(0, 8, 0)),
          Load.singles(0.5));

  static final Scenario SPIKE =
      scenario(
          "A spike of ten times",
          "Half load, then ten times what the executors get through, then half load again.",
          world(HEALTHY, WITH_DISTURBANCE),
          Load.singles(0.5, 10));

  static final Scenario SLOW_MODEL =
      scenario(
          "A model turns slow",
          "Runs take two and a half times as long for a while, under a load of 0.3: at its best "
              + "the slow model could just serve it.",
          world(new TrueModel(Noise.CALM, Trouble.SLOW), WITH_DISTURBANCE),
          Load.singles(0.3));

  static final Scenario BLACK_HOLE =
      scenario(
          "A black hole",
          "Runs don't end until they are terminated, because nobody waits for them any more.",
          world(new TrueModel(Noise.CALM, Trouble.BLACK_HOLE), WITH_DISTURBANCE),
          Load.singles(0.5));

  static final Scenario FLOOD =
      scenario(
          "A flood of batches",
          "Single requests for 0.3 of what the executors get through; twenty callers send "
              + "batches of 1000 rows, each the next one as soon as it is answered.",
          world(HEALTHY, Phases.ofSeconds(0, 8, 0)),
          Load.singles(0.3),
          new Load("batches", Kind.batch(1000), new Arrivals.Closed(20, 0), 0));

  static final Scenario PRIORITIES =
      scenario(
          "Priorities",
          "Half load, then twice what the executors get through: 0.3 critical, 0.9 normal, 0.8 "
              + "sheddable.",
          world(HEALTHY, WITH_DISTURBANCE),
          singles(Priority.CRITICAL, 0.1, 0.3),
          singles(Priority.NORMAL, 0.2, 0.9),
          singles(Priority.SHEDDABLE, 0.2, 0.8));

  static final Scenario HEAVY_TAIL =
      scenario(
          "Heavy tails",
          "A load of 0.6; one run in 100 takes seven times the mean or longer, some fifty times.",
          world(new TrueModel(Noise.HEAVY_TAIL, Trouble.NONE), Phases.ofSeconds(0, 8, 0)),
          Load.singles(0.6));

  static final Scenario QUOTA =
      scenario(
          "A CPU quota",
          "The machine stands still for 60 of each 100 ms. The budget is 250 ms; the load is half "
              + "of what is left, then twice as much as is left.",
          new Scenario.World(
              settings(Duration.ofMillis(250)),
              HEALTHY,
              Machine.withQuota(100, 40),
              WITH_DISTURBANCE),
          Load.singles(0.5, 2));

  static final Scenario HANG_UPS =
      scenario(
          "Callers hang up",
          "Twice what the executors get through; half of the callers hang up after 10 ms.",
          world(HEALTHY, Phases.ofSeconds(0, 8, 0)),
          new Load("hang up", Kind.SINGLE, new Arrivals.Open(1, 1), 1),
          new Load("stay", Kind.SINGLE, new Arrivals.Open(1, 1), 0));

  static final Scenario CROWD =
      scenario(
          "A crowd that waits",
          "128 callers, each of whom sends the next request half a millisecond after an answer.",
          world(HEALTHY, Phases.ofSeconds(0, 8, 0)),
          new Load("singles", Kind.SINGLE, new Arrivals.Closed(128, 500_000), 0));

  static final List<Scenario> ALL =
      List.of(
          HALF_LOAD, SPIKE, SLOW_MODEL, BLACK_HOLE, FLOOD, PRIORITIES, HEAVY_TAIL, QUOTA, HANG_UPS,
          CROWD);

  /** A load that stays the same, as a share of what the executors get through. */
  static Scenario steady(double share) {
    return scenario(
        "Load", "A load that stays.", world(HEALTHY, Phases.ofSeconds(0, 4, 0)), Load.singles(share));
  }

  private static Scenario scenario(
      String name, String story, Scenario.World world, Load... loads) {
    return new Scenario(name, story, world, List.of(loads));
  }

  private static Scenario.World world(TrueModel model, Phases phases) {
    return new Scenario.World(settings(BUDGET), model, Machine.OWN, phases);
  }

  private static LaneSettings settings(Duration single) {
    LatencyBudget budget = new LatencyBudget(single, Duration.ofSeconds(2));
    return new LaneSettings(budget, 2, new LaneSettings.Limits(1024, 1024, 16), true);
  }

  private static Load singles(Priority priority, double calm, double disturbed) {
    return new Load(
        priority.name().toLowerCase(java.util.Locale.ROOT),
        Kind.single(priority),
        new Arrivals.Open(calm, disturbed),
        0);
  }
}
