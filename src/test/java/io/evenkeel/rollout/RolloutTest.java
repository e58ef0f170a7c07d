package io.evenkeel.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.rollout.Decision.Advance;
import io.evenkeel.rollout.Decision.Pause;
import io.evenkeel.rollout.Decision.Promote;
import io.evenkeel.rollout.Decision.RollBack;
import io.evenkeel.rollout.Decision.Stay;
import io.evenkeel.rollout.Observation.Answer;
import io.evenkeel.rollout.Observation.Outcome;
import io.evenkeel.rollout.Observation.Subject;
import io.evenkeel.rollout.Rollout.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = START.plus(Duration.ofMinutes(10));
  private static final String PLAN =
      "{steps: [10%, 50%, 100%], stepTime: 10m, stepRequests: 20, maxStepTime: 1h, "
          + "limits: {failures: {}}}";

  private long keys;

  private static Rollout rollout(String plan) {
    return new Rollout(RolloutPlan.parse("plan", plan), START);
  }

  /** A request of a new key. */
  private Subject subject(Rollout rollout, Arm arm) {
    double share = rollout.share();
    double position = arm == Arm.CANARY ? share / 2 : (1 + share) / 2;
    return new Subject(rollout.step(), arm, ++keys, position);
  }

  private void answers(Rollout rollout, Arm arm, int count, int failures) {
    for (int i = 0; i < count; i++) {
      rollout.observe(new Answer(subject(rollout, arm), i < failures, 1_000_000, 0.9), START);
    }
  }

  private static void take(Rollout rollout, Instant now) {
    rollout.take(rollout.decide(now), now);
  }

  @Test
  void staysUntilThereIsEnoughToSee() {
    Rollout rollout = rollout(PLAN);
    answers(rollout, Arm.CANARY, 19, 0);
    assertThat(rollout.decide(LATER))
        .isEqualTo(new Stay("19 of 20 requests of the canary's counted", 19, 20, Duration.ZERO));
    answers(rollout, Arm.CANARY, 1, 0);
    assertThat(rollout.decide(LATER.minusSeconds(90)))
        .isEqualTo(new Stay("1m 30s of the step's time left", 20, 20, Duration.ofSeconds(90)));
  }

  @Test
  void advancesStepByStepAndIsPromotedAfterTheLastThatCompares() {
    Rollout rollout = rollout(PLAN);
    answers(rollout, Arm.CANARY, 20, 0);
    assertThat(rollout.decide(LATER)).isEqualTo(new Advance(1, 0.5));
    assertThat(rollout.step()).as("nothing is done until it is taken").isZero();
    take(rollout, LATER);
    assertThat(rollout.share()).isEqualTo(0.5);
    assertThat(rollout.decide(LATER)).isInstanceOf(Stay.class);
    answers(rollout, Arm.CANARY, 20, 0);
    Instant end = LATER.plus(Duration.ofMinutes(10));
    assertThat(rollout.decide(end)).isInstanceOf(Promote.class);
    take(rollout, end);
    assertThat(rollout.state()).isEqualTo(State.PROMOTED);
    assertThat(rollout.decide(end)).isInstanceOf(Stay.class);
  }

  @Test
  void saysInASentenceWhyItRollsBack() {
    Rollout rollout = rollout(PLAN);
    answers(rollout, Arm.STABLE, 1800, 9);
    answers(rollout, Arm.CANARY, 200, 10);
    Decision decision = rollout.decide(START);
    assertThat(decision).isInstanceOf(RollBack.class);
    assertThat(((RollBack) decision).reason())
        .startsWith("failures: 10 of 200 (5 %) against 9 of 1,800 (0.5 %); evidence ")
        .endsWith(", needed 20");
    Evidence evidence = ((RollBack) decision).evidence().getFirst();
    assertThat(evidence.since()).isEqualTo(START);
    assertThat(evidence.toJson())
        .containsEntry("detector", "failures")
        .containsEntry("needed", 20.0)
        .containsKeys("evidence", "log10Evidence", "sentence", "canary", "stable");
    assertThat(rollout.report(START).reason()).startsWith("worse: failures: 10 of 200");
    take(rollout, START);
    assertThat(rollout.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(rollout.report(START).reason()).isEqualTo(((RollBack) decision).reason());
  }

  @Test
  void whatWasEnoughStaysEnough() {
    Rollout rollout = rollout(PLAN);
    answers(rollout, Arm.CANARY, 10, 10);
    answers(rollout, Arm.STABLE, 500, 500);
    assertThat(rollout.report(LATER).evidence().getFirst().logEvidence()).isLessThan(0);
    assertThat(rollout.decide(LATER)).isInstanceOf(RollBack.class);
  }

  @Test
  void doesNotAdvanceInDoubt() {
    Rollout rollout = rollout(PLAN);
    answers(rollout, Arm.STABLE, 180, 0);
    answers(rollout, Arm.CANARY, 20, 1);
    assertThat(rollout.decide(LATER)).isEqualTo(new Advance(1, 0.5));
    answers(rollout, Arm.CANARY, 1, 1);
    Decision decision = rollout.decide(LATER);
    assertThat(decision).isInstanceOf(Stay.class);
    assertThat(((Stay) decision).reason()).startsWith("in doubt: failures: 2 of 21");
  }

  @Test
  void pausesOrRollsBackWhenAStepTakesTooLong() {
    Rollout pausing = rollout(PLAN);
    assertThat(pausing.decide(START.plus(Duration.ofMinutes(59)))).isInstanceOf(Stay.class);
    assertThat(pausing.decide(START.plus(Duration.ofHours(1))))
        .isEqualTo(
            new Pause("step 10% isn't done after 1h: 0 of 20 requests of the canary's counted"));
    Rollout rolling = rollout(PLAN.replace("steps:", "afterMaxStepTime: rollBack, steps:"));
    assertThat(rolling.decide(START.plus(Duration.ofHours(1)))).isInstanceOf(RollBack.class);
  }

  @Test
  void isRolledBackEvenWhilePaused() {
    Rollout rollout = rollout(PLAN);
    rollout.pause("holidays");
    answers(rollout, Arm.CANARY, 20, 0);
    Decision held = rollout.decide(LATER);
    assertThat(held).isInstanceOf(Stay.class);
    assertThat(((Stay) held).reason()).isEqualTo("holidays");
    answers(rollout, Arm.CANARY, 10, 10);
    assertThat(rollout.decide(LATER)).isInstanceOf(RollBack.class);
  }

  @Test
  void aResumedStepHasItsTimeAgain() {
    Rollout rollout = rollout(PLAN);
    answers(rollout, Arm.CANARY, 20, 0);
    rollout.pause("holidays");
    Instant back = START.plus(Duration.ofDays(9));
    rollout.resume(back);
    assertThat(rollout.decide(back)).isInstanceOf(Stay.class);
    assertThat(rollout.decide(back.plus(Duration.ofMinutes(10)))).isInstanceOf(Advance.class);
  }

  @Test
  void refusesWhatDoesNotFitItsState() {
    Rollout rollout = rollout(PLAN);
    assertThatThrownBy(() -> rollout.resume(START)).hasMessageContaining("RUNNING, not PAUSED");
    assertThatThrownBy(() -> rollout.take(new Advance(2, 1), START))
        .isInstanceOf(IllegalStateException.class);
    rollout.abort("a mistake");
    assertThat(rollout.state()).isEqualTo(State.ABORTED);
    assertThatThrownBy(() -> rollout.abort("again")).hasMessageContaining("ABORTED already");
    assertThatThrownBy(() -> rollout.pause("late")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void countsOnlyWhatTheSplitDecidedInThisStepAndAKeyOnce() {
    Rollout rollout = rollout(PLAN);
    answers(rollout, Arm.CANARY, 20, 0);
    take(rollout, LATER);
    rollout.observe(new Answer(new Subject(0, Arm.CANARY, 1000, 0.05), true, 1, 1), LATER);
    rollout.observe(new Answer(new Subject(1, Arm.STABLE, 1001, 0.05), true, 1, 1), LATER);
    rollout.observe(new Answer(new Subject(1, Arm.CANARY, 1, 0.05), true, 1, 1), LATER);
    Subject fresh = new Subject(1, Arm.CANARY, 1002, 0.05);
    rollout.observe(new Answer(fresh, false, 1, 1), LATER);
    rollout.observe(new Answer(fresh, true, 1, 1), LATER);
    RolloutReport report = rollout.report(LATER);
    assertThat(report.ignored()).isEqualTo(new RolloutReport.Ignored(2, 1, 1));
    assertThat(report.traffic()).isEqualTo(new RolloutReport.StepTraffic(3, 1, 0, 0));
    assertThat(report.evidence().getFirst().counted()).isEqualTo(new ByArm(21, 0, 0, 0));
    assertThat(report.toJson()).containsEntry("share", "50%").containsEntry("step", 2);
  }

  @Test
  void aKeyThatMovedToTheCanaryIsEvidenceAgain() {
    Rollout rollout = rollout(PLAN);
    rollout.observe(new Answer(new Subject(0, Arm.STABLE, 5000, 0.3), false, 1, 1), START);
    answers(rollout, Arm.CANARY, 20, 0);
    take(rollout, LATER);
    rollout.observe(new Answer(new Subject(1, Arm.CANARY, 5000, 0.3), false, 1, 1), LATER);
    assertThat(rollout.report(LATER).traffic().canaryCounted()).isEqualTo(1);
  }

  @Test
  void waitsForOutcomesBeforeItPromotes() {
    Rollout rollout =
        rollout("{steps: [50%], stepTime: 10m, stepRequests: 1, limits: {outcomes: {atLeast: 2}}}");
    answers(rollout, Arm.CANARY, 1, 0);
    rollout.observe(new Outcome(subject(rollout, Arm.CANARY), 0), START);
    Decision decision = rollout.decide(LATER);
    assertThat(decision).isInstanceOf(Stay.class);
    assertThat(((Stay) decision).reason()).isEqualTo("1 of 2 outcomes of the canary's counted");
    rollout.observe(new Outcome(subject(rollout, Arm.CANARY), 0), START);
    assertThat(rollout.decide(LATER)).isInstanceOf(Promote.class);
  }

  @Test
  void goesOnWithTheSameEvidenceAfterARestart() {
    RolloutPlan plan = Scenes.plan("5%, 25%, 50%, 100%", 40, "loss", "once");
    Playing playing = new Playing(World.of("equal", World.Requests.CLUMPED), plan, 7);
    List<Observation> seen = new ArrayList<>();
    playing.tell(seen::add);
    for (int i = 0; i < 1000; i++) {
      playing.request();
    }
    Instant now = playing.now().plus(Duration.ofMinutes(1));
    take(playing.rollout(), now);
    Rollout restored = Rollout.restore(playing.rollout().snapshot());
    assertThat(restored.snapshot()).isEqualTo(playing.rollout().snapshot());
    seen.clear();
    for (int i = 0; i < 1000; i++) {
      playing.request();
    }
    seen.forEach(observation -> restored.observe(observation, playing.now()));
    assertThat(restored.report(now)).isEqualTo(playing.rollout().report(now));
    assertThat(restored.step()).isEqualTo(1);
    assertThat(restored.snapshot()).isEqualTo(playing.rollout().snapshot());
  }

  @Test
  void keepsItsEndingAndItsTimesThroughARestart() {
    Rollout rollout = rollout(PLAN);
    answers(rollout, Arm.CANARY, 10, 10);
    Rollout running = Rollout.restore(rollout.snapshot());
    assertThat(running.decide(LATER)).isEqualTo(rollout.decide(LATER));
    take(rollout, LATER);
    Rollout over = Rollout.restore(rollout.snapshot());
    assertThat(over.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(over.report(LATER)).isEqualTo(rollout.report(LATER));
  }

  @Test
  void refusesWhatItDidNotWrite() {
    assertThatThrownBy(() -> Rollout.restore("{\"format\": 99}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("format 99");
    assertThatThrownBy(() -> Rollout.restore("{"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no JSON");
  }

  @Test
  void losesNothingWhenSeveralThreadsObserve() throws InterruptedException {
    Rollout rollout = rollout(PLAN);
    List<Thread> threads = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      long first = 1_000_000L * (thread + 1);
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < 2000; i++) {
                  Subject subject = new Subject(0, Arm.STABLE, first + i, 0.5);
                  rollout.observe(new Answer(subject, false, 1, 1), START);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(rollout.report(START).traffic().stableAnswers()).isEqualTo(8000);
  }
}
