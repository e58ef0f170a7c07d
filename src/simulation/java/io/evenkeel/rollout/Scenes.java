package io.evenkeel.rollout;

import io.evenkeel.rollout.World.Requests;
import java.util.ArrayList;
import java.util.List;

/** The scenes of docs/rollout-simulation.md. */
final class Scenes {
  private static final int EQUALS = 1000;
  private static final int EQUALS_HELD = 10;
  private static final int WORSE = 100;
  private static final int WORSE_HELD = 4;

  /** Every detector with its default limits, three steps that compare. */
  static final RolloutPlan SHORT = plan("5%, 25%, 50%, 100%", 200, "wrong", "once");

  private static final RolloutPlan LONG = plan("1%, 5%, 25%, 50%, 100%", 500, "wrong", "once");
  private static final RolloutPlan LOSSES = plan("1%, 5%, 25%, 50%, 100%", 500, "loss", "once");
  private static final RolloutPlan UNTHINNED = plan("5%, 25%, 50%, 100%", 200, "wrong", "1000/m");

  private Scenes() {}

  static RolloutPlan plan(String steps, int requests, String measure, String perKey) {
    return RolloutPlan.parse(
        "plan",
        """
        steps: [%s]
        stepTime: 1m
        stepRequests: %d
        maxStepTime: 30d
        perKey: %s
        limits: {failures: {}, latency: {}, confidence: {}, disagreement: {}, outcomes: {measure: %s}}
        """
            .formatted(steps, requests, perKey, measure));
  }

  static List<Scene> equal() {
    List<Scene> scenes = new ArrayList<>();
    scenes.add(equal(1, World.of("a key for each request", Requests.PLAIN), SHORT));
    scenes.add(equal(2, World.of("latencies with a heavy tail", Requests.HEAVY_TAIL), SHORT));
    scenes.add(equal(3, World.of("latencies and confidences with ties", Requests.TIES), SHORT));
    scenes.add(equal(4, World.of("clumped callers", Requests.CLUMPED), SHORT));
    scenes.add(equal(5, World.of("a course over the day", Requests.DAILY), SHORT));
    scenes.add(equal(6, World.of("two requests a minute", Requests.TINY), SHORT));
    scenes.add(equal(7, asBadAsAllowed(), SHORT));
    return scenes;
  }

  /** What happens without thinning; it doesn't keep the rate, and shows why there is thinning. */
  static Scene unthinned() {
    return equal(8, World.of("clumped callers, `perKey: 1000/m`", Requests.CLUMPED), UNTHINNED);
  }

  /** The canary is worse, in all respects by what the limits allow. */
  private static World asBadAsAllowed() {
    double failures = 1.5 * (0.005 + 0.001 - 0.005 * 0.001);
    return World.plain("as bad as allowed", v -> v.failing(failures).slow(1.25).wrong(0.11))
        .disagreeing(0.05);
  }

  private static Scene equal(int number, World world, RolloutPlan plan) {
    return new Scene(number, world, plan, EQUALS, EQUALS_HELD);
  }

  static List<Scene> worse() {
    List<Scene> scenes = new ArrayList<>();
    add(scenes, World.plain("failures 0.5 % → 1 %", v -> v.failing(0.01)));
    add(scenes, World.plain("failures 0.5 % → 2 %", v -> v.failing(0.02)));
    add(scenes, World.plain("failures 0.5 % → 5 %", v -> v.failing(0.05)));
    add(scenes, World.plain("failures 0.5 % → 50 %", v -> v.failing(0.5)));
    add(scenes, World.plain("latency × 1.5", v -> v.slow(1.5)));
    add(scenes, World.plain("latency × 2", v -> v.slow(2)));
    add(scenes, World.plain("latency × 4", v -> v.slow(4)));
    add(scenes, World.plain("confidence − 0.3 sd", v -> v.shifted(-0.3)));
    add(scenes, World.plain("confidence − 0.5 sd", v -> v.shifted(-0.5)));
    add(scenes, World.plain("confidence + 0.5 sd", v -> v.shifted(0.5)));
    add(scenes, World.plain("confidence − 1 sd", v -> v.shifted(-1)));
    add(scenes, World.plain("wrong 10 % → 15 %", v -> v.wrong(0.15)));
    add(scenes, World.plain("wrong 10 % → 20 %", v -> v.wrong(0.2)));
    add(scenes, World.plain("wrong 10 % → 30 %", v -> v.wrong(0.3)));
    add(scenes, World.plain("disagreement 8 %, 5 % allowed", v -> v).disagreeing(0.08));
    add(scenes, World.plain("disagreement 20 %, 5 % allowed", v -> v).disagreeing(0.2));
    scenes.add(losing(scenes.size(), 1.5));
    scenes.add(losing(scenes.size(), 2));
    return scenes;
  }

  private static Scene losing(int at, double times) {
    World world = World.plain("loss × " + Words.plain(times, 2), v -> v.losing(times));
    return new Scene(100 + at, world, LOSSES, WORSE, WORSE_HELD);
  }

  private static void add(List<Scene> scenes, World world) {
    scenes.add(new Scene(100 + scenes.size(), world, LONG, WORSE, WORSE_HELD));
  }
}
