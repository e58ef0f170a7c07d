package io.evenkeel.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.rollout.Playing.Ending;
import io.evenkeel.rollout.Rollout.State;
import io.evenkeel.rollout.World.Requests;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays whole rollouts by seeds that are always the same. */
class CanaryGuardTest {
  private static final RolloutPlan PLAN = Scenes.plan("5%, 25%, 50%, 100%", 100, "wrong", "once");
  private static final RolloutPlan OF_LOSSES =
      Scenes.plan("5%, 25%, 50%, 100%", 100, "loss", "once");
  private static final int WORSE = 20;
  private static final int EQUAL = 1000;

  /** The plan's 5 %. */
  private static final int MOST_FALSE = 50;

  private static List<Ending> play(World world, RolloutPlan plan, int rollouts) {
    return new Scene(900, world, plan, rollouts, 0).play(rollouts);
  }

  private static void assertRolledBack(World world, RolloutPlan plan, String detector) {
    assertThat(play(world, plan, WORSE))
        .as(world.name())
        .allMatch(ending -> ending.isRolledBackFor(detector));
  }

  @Test
  void aCanaryThatFailsMoreOftenIsRolledBack() {
    assertRolledBack(World.plain("failures", v -> v.failing(0.1)), PLAN, "failures");
  }

  @Test
  void aSlowerCanaryIsRolledBack() {
    assertRolledBack(World.plain("latency", v -> v.slow(2)), PLAN, "latency");
  }

  @Test
  void aCanaryWithShiftedProbabilitiesIsRolledBack() {
    assertRolledBack(World.plain("confidence", v -> v.shifted(-1)), PLAN, "confidence");
    assertRolledBack(World.plain("confidence", v -> v.shifted(1)), PLAN, "confidence");
  }

  @Test
  void aCanaryWithWorseOutcomesIsRolledBack() {
    assertRolledBack(World.plain("wrong", v -> v.wrong(0.4)), PLAN, "outcomes");
    assertRolledBack(World.plain("loss", v -> v.losing(3)), OF_LOSSES, "outcomes");
  }

  @Test
  void aCanaryThatDisagreesIsRolledBack() {
    World world = World.plain("disagreement", v -> v).disagreeing(0.2);
    assertRolledBack(world, PLAN, "disagreement");
  }

  @ParameterizedTest
  @MethodSource("traffic")
  void anEqualCanaryIsPromoted(Requests requests) {
    List<Ending> endings = play(World.of("equal", requests), PLAN, 20);
    assertThat(endings).filteredOn(end -> end.state() == State.PROMOTED).hasSizeGreaterThan(17);
  }

  static Stream<Arguments> traffic() {
    return Arrays.stream(Requests.values()).map(Arguments::of);
  }

  /** Of each kind of requests a part, and a part as bad as the limits just allow. */
  @Test
  void ofAThousandEqualCanariesNoMoreAreRolledBackThanStated() {
    List<World> worlds = new ArrayList<>();
    for (Requests requests : Requests.values()) {
      worlds.add(World.of(requests.name(), requests));
    }
    Scenes.equal().stream().skip(worlds.size()).forEach(scene -> worlds.add(scene.world()));
    int each = EQUAL / worlds.size() + 1;
    long rolledBack = 0;
    for (World world : worlds) {
      rolledBack +=
          play(world, PLAN, each).stream()
              .filter(ending -> ending.state() == State.ROLLED_BACK)
              .count();
    }
    assertThat(rolledBack).isLessThanOrEqualTo(MOST_FALSE);
  }
}
