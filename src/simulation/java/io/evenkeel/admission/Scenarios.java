package io.evenkeel.admission;

import io.evenkeel.admission.Load.Arrivals;
import io.evenkeel.admission.Load.Kind;
import io.evenkeel.admission.TrueModel.Noise;
import io.evenkeel.admission.TrueModel.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What the lane is put through, named after incidents. */
final class Scenarios {
  static final Duration BUDGET = Duration.ofMillis(50);
  private static final TrueModel HEALTHY = new TrueModel(Noise.CALM, Trouble.NONE);
  private static final Phases WITH_DISTURBANCE = Phases.ofSeconds(2, 3, 3);

  private Scenarios() {}

  static final Scenario HALF_LOAD =
      scenario(
          "Half load",
          "A load of 0.5: single requests, one by one, at random.",
          world(HEALTHY, Phases.ofSeconds(0, 8, 0)),
          Load.singles(0.5, 0.5));

  static final Scenario SPIKE =
      scenario(
          "A spike of ten times",
          "A load of 0.5, then of 10, then of 0.5 again.",
          world(HEALTHY, WITH_DISTURBANCE),
          Load.singles(0.5, 10));

  static final Scenario SLOW_MODEL =
      scenario(
          "A model turns slow",
          "A load of 0.3. For a while runs take two and a half times as long: then it is a load of "
              + "0.75, for runs that take half of the budget.",
          world(new TrueModel(Noise.CALM, Trouble.SLOW), WITH_DISTURBANCE),
          Load.singles(0.3, 0.3));

  static final Scenario BLACK_HOLE =
      scenario(
          "A black hole",
          "A load of 0.5. For a while no run ends until it is terminated, because nobody waits for "
              + "it any more.",
          world(new TrueModel(Noise.CALM, Trouble.BLACK_HOLE), WITH_DISTURBANCE),
          Load.singles(0.5, 0.5));

  static final Scenario FLOOD =
      scenario(
          "A flood of batches",
          "Single requests for a load of 0.3. For a while twenty callers send batches of 1000 rows, "
              + "each the next one as soon as it is answered, or 10 ms after a refusal.",
          world(HEALTHY, Phases.ofSeconds(2, 8, 2)),
          Load.singles(0.3, 0.3),
          new Load("batches", Kind.batch(1000), new Arrivals.Closed(20, 0), 0));

  static final Scenario PRIORITIES =
      scenario(
          "Priorities",
          "A load of 0.5, then of 2: 0.3 critical, 0.9 normal, 0.8 sheddable.",
          world(HEALTHY, WITH_DISTURBANCE),
          singles(Priority.CRITICAL, 0.1, 0.3),
          singles(Priority.NORMAL, 0.2, 0.9),
          singles(Priority.SHEDDABLE, 0.2, 0.8));

  static final Scenario HEAVY_TAIL =
      scenario(
          "Heavy tails",
          "A load of 0.6. One run in 100 takes eight times the mean or longer, up to fifty times.",
          world(new TrueModel(Noise.HEAVY_TAIL, Trouble.NONE), Phases.ofSeconds(0, 8, 0)),
          Load.singles(0.6, 0.6));

  static final Scenario QUOTA =
      scenario(
          "A CPU quota",
          "The machine stands still for 60 of each 100 ms, and the budget is 250 ms. A load of 0.5 "
              + "of what is left, then of 2, then of 0.5.",
          new Scenario.World(
              settings(Duration.ofMillis(250)),
              HEALTHY,
              Machine.withQuota(100, 40),
              WITH_DISTURBANCE),
          Load.singles(0.5, 2));

  static final Scenario HANG_UPS =
      scenario(
          "Callers hang up",
          "A load of 2. Half of the callers hang up after 10 ms.",
          world(HEALTHY, Phases.ofSeconds(0, 4, 0)),
          new Load("hang up", Kind.SINGLE, new Arrivals.Open(1, 1), 1),
          new Load("stay", Kind.SINGLE, new Arrivals.Open(1, 1), 0));

  static final Scenario LOUD_CALLER =
      scenario(
          "A loud caller",
          "A load of 2. Nine of ten requests are one caller's.",
          world(HEALTHY, Phases.ofSeconds(0, 4, 0)),
          new Load("loud", Kind.SINGLE, new Arrivals.Open(1.8, 1.8), 0),
          new Load("quiet", Kind.SINGLE, new Arrivals.Open(0.2, 0.2), 0));

  static final Scenario LARGE_CROWD = crowd("A crowd", 128);

  static final Scenario SMALL_CROWD = crowd("A small crowd", 32);

  static final List<Scenario> ALL =
      List.of(
          HALF_LOAD,
          SPIKE,
          SLOW_MODEL,
          BLACK_HOLE,
          FLOOD,
          PRIORITIES,
          HEAVY_TAIL,
          QUOTA,
          HANG_UPS,
          LOUD_CALLER,
          LARGE_CROWD,
          SMALL_CROWD);

  /** A load that stays the same. */
  static Scenario steady(double load) {
    return scenario(
        "Load", "", world(HEALTHY, Phases.ofSeconds(0, 3, 0)), Load.singles(load, load));
  }

  private static Scenario crowd(String name, int callers) {
    return scenario(
        name,
        callers + " callers, each of whom comes again half a millisecond after its answer.",
        world(HEALTHY, Phases.ofSeconds(0, 4, 0)),
        new Load("singles", Kind.SINGLE, new Arrivals.Closed(callers, 500_000), 0));
  }

  private static Scenario scenario(String name, String story, Scenario.World world, Load... loads) {
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
        priority.name().toLowerCase(Locale.ROOT),
        Kind.single(priority),
        new Arrivals.Open(calm, disturbed),
        0);
  }
}
