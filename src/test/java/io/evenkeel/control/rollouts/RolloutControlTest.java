package io.evenkeel.control.rollouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.evenkeel.control.Author;
import io.evenkeel.control.ControlledModels;
import io.evenkeel.control.Revision;
import io.evenkeel.rollout.Arm;
import io.evenkeel.rollout.Observation;
import io.evenkeel.rollout.RolloutPlan;
import io.evenkeel.routing.ModelRoute;
import io.evenkeel.routing.RoutingHash;
import io.evenkeel.routing.Share;
import io.evenkeel.routing.Split;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutControlTest {
  private static final Author OPERATOR = new Author("ada", "test");

  @TempDir private Path root;
  private ControlledModels models;
  private Instant now = Instant.parse("2026-11-26T08:00:00Z");
  private int keys;

  @BeforeEach
  void begin() {
    models = new ControlledModels(root);
  }

  @AfterEach
  void end() {
    models.close();
  }

  private static RolloutPlan plan(String limits) {
    return RolloutPlan.parse(
        "plan",
        """
        steps: [20%%, 50%%, 100%%]
        stepTime: 1m
        stepRequests: 50
        maxStepTime: 1h
        limits: %s
        """
            .formatted(limits));
  }

  private RolloutControl of(ControlledModels process, boolean shared) {
    return new RolloutControl(process.control(), () -> now, shared);
  }

  private ModelRoute route() {
    return models.router().routes().of("m");
  }

  /** As the split would have it, with failures of the canary's. */
  private void traffic(RolloutControl rollouts, int requests, double canaryFails) {
    LiveRollout one = Objects.requireNonNull(rollouts.find("m"));
    for (int i = 0; i < requests; i++) {
      RoutingHash hash = RoutingHash.of("m", "key-" + keys++);
      Arm arm = hash.position() < one.rollout().share() ? Arm.CANARY : Arm.STABLE;
      boolean fails = arm == Arm.CANARY && (keys * 7919 % 1000) / 1000.0 < canaryFails;
      one.rollout()
          .observe(
              new Observation.Answer(
                  new Observation.Subject(one.rollout().step(), arm, hash.key(), hash.position()),
                  fails,
                  1_000_000,
                  0.5),
              now);
    }
  }

  @Test
  void goesThroughItsStepsAndPromotes() {
    RolloutControl rollouts = of(models, false);
    Map<String, @Nullable Object> begun =
        rollouts.start("m", "2", plan("{failures: {}}"), OPERATOR);
    assertThat(begun).containsEntry("state", "RUNNING").containsEntry("canaryVersion", "2");
    assertThat(route().canary()).isEqualTo(new Split("2", Share.ofPercent(20)));
    for (String share : new String[] {"20%", "50%"}) {
      assertThat(Objects.requireNonNull(route().canary()).share()).hasToString(share);
      traffic(rollouts, 2000, 0);
      rollouts.look();
      assertThat(Objects.requireNonNull(route().canary()).share())
          .as("the step's time isn't over")
          .hasToString(share);
      now = now.plus(Duration.ofMinutes(2));
      rollouts.look();
    }
    assertThat(route()).isEqualTo(ModelRoute.to("2"));
    assertThat(rollouts.find("m")).isNull();
    assertThat(rollouts.reports("m").getFirst()).containsEntry("state", "PROMOTED");
  }

  @Test
  void rollsBackWhatFails() {
    RolloutControl rollouts = of(models, false);
    rollouts.start("m", "2", plan("{failures: {}}"), OPERATOR);
    traffic(rollouts, 4000, 0.5);
    rollouts.look();
    assertThat(route()).isEqualTo(ModelRoute.to("1"));
    assertThat(rollouts.reports("m").getFirst()).containsEntry("state", "ROLLED_BACK");
  }

  @Test
  void aLimitOnDisagreementLetsTheCanarySeeCopies() {
    RolloutControl rollouts = of(models, false);
    rollouts.start("m", "2", plan("{disagreement: {}}"), OPERATOR);
    assertThat(route().shadow()).isEqualTo(new Split("2", Share.ofPercent(10)));
    rollouts.abort("m", OPERATOR);
    assertThat(route()).isEqualTo(ModelRoute.to("1"));
  }

  @Test
  void theNextProcessGoesOnWithTheSameEvidence() {
    RolloutControl first = of(models, false);
    first.start("m", "2", plan("{failures: {}}"), OPERATOR);
    traffic(first, 300, 0);
    now = now.plusSeconds(6);
    first.look();
    Object counted = first.reports("m").getFirst().get("canary");
    RolloutControl second = of(models, false);
    assertThat(second.isIdle()).isTrue();
    second.look();
    assertThat(second.reports("m").getFirst()).containsEntry("canary", counted);
    now = now.plusSeconds(6);
    first.look();
    assertThat(first.isIdle()).as("somebody else carries it on").isTrue();
  }

  @Test
  void anotherReplicaTakesOverOnceTheOwnerIsSilent() {
    RolloutControl first = of(models, true);
    first.start("m", "2", plan("{failures: {}}"), OPERATOR);
    ControlledModels other = models.second(root);
    RolloutControl second = of(other, true);
    second.look();
    assertThat(second.isIdle()).isTrue();
    assertThat(other.router().routes().of("m").canary()).as("it routes by it").isNotNull();
    now = now.plus(RolloutControl.SILENCE).plusSeconds(1);
    second.look();
    assertThat(second.isIdle()).isFalse();
  }

  @Test
  void aChangeFromElsewhereEndsItAndStays() {
    RolloutControl rollouts = of(models, false);
    rollouts.start("m", "2", plan("{failures: {}}"), OPERATOR);
    Revision ignored =
        models.control().changeRoute(OPERATOR, "t", "m", route -> ModelRoute.to("3"));
    rollouts.look();
    assertThat(rollouts.isIdle()).isTrue();
    assertThat(route()).isEqualTo(ModelRoute.to("3"));
    assertThat(rollouts.reports("m").getFirst()).containsEntry("state", "ABORTED");
  }

  @Test
  void refusesWhatDoesntFit() {
    RolloutControl rollouts = of(models, false);
    assertThatExceptionOfType(RolloutConflictException.class)
        .isThrownBy(() -> rollouts.pause("m", OPERATOR));
    assertThatExceptionOfType(RolloutConflictException.class)
        .isThrownBy(() -> rollouts.start("m", "1", plan("{failures: {}}"), OPERATOR));
    rollouts.start("m", "2", plan("{failures: {}}"), OPERATOR);
    assertThatExceptionOfType(RolloutConflictException.class)
        .isThrownBy(() -> rollouts.start("m", "3", plan("{failures: {}}"), OPERATOR));
  }
}
