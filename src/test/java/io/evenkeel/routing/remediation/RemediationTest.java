package io.evenkeel.routing.remediation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.evenkeel.routing.remediation.RemediationState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is decided, by scripts in virtual time. */
class RemediationTest {
  private final Scene scene = new Scene(Scene.POLICY);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          calm data are left alone;              100 - ;                             ''
          people are told once;                  100 inform ;                        0 Inform
          and again when it gets worse;          5 inform | 5 few ;                  0 Inform, 5 Inform
          or when it comes again after calm;     5 inform | 40 - | 5 inform ;        0 Inform, 45 Inform
          but not when it only flaps;            5 inform | 20 - | 5 inform ;        0 Inform
          a change that lasts diverts;           5 - | 11 act ;                      5 Inform, 15 Divert
          what was told before has no notice;    5 inform | 11 act ;                 0 Inform, 5 Inform, 15 Divert
          a break begins the notice anew;        9 act | 1 - | 10 act ;              0 Inform
          and so does a weaker signal;           9 act | 1 inform | 11 act ;         0 Inform, 20 Divert
          small effects don't divert;            100 small ;                         0 Inform
          few rows don't divert;                 100 few ;                           0 Inform
          one detector alone doesn't;            100 one ;                           0 Inform
          two that agree do;                     11 one two ;                        0 Inform, 10 Divert
          other versions' signals don't count;   100 elsewhere ;                     ''
          a fallback has to be there;            20 act none | 1 act ;               0 Inform, 20 Divert
          and ready;                             20 act unready | 1 act ;            0 Inform, 20 Divert
          and working;                           20 act failing | 1 act ;            0 Inform, 20 Divert
          and without an alarm;                  20 act alarmed | 1 act ;            0 Inform, 20 Divert
          calm returns, after the least time;    15 act | 90 - ;                     0 Inform, 10 Divert, 70 Return
          but only after calm that lasts;        60 act | 29 - | 1 inform | 31 - ;   0 Inform, 10 Divert, 120 Return
          signals that flap keep it diverted;    60 act | 25 - | 1 inform | 25 - | 1 inform | 25 - ; 0 Inform, 10 Divert
          silence without rows is no calm;       15 act | 90 - blind | 2 - ;         0 Inform, 10 Divert, 106 Return
          a failing fallback gives back at once; 15 act | 1 act failing | 60 act ;   0 Inform, 10 Divert, 15 Return
          so does one that isn't ready;          15 act | 1 act unready ;            0 Inform, 10 Divert, 15 Return
          and one that the route drops;          15 act | 1 act none ;               0 Inform, 10 Divert, 15 Return
          or replaces;                           15 act | 1 act moved ;              0 Inform, 10 Divert, 15 Return
          an alarmed one after the least time;   15 act | 90 act alarmed ;           0 Inform, 10 Divert, 70 Return
          after a return it cools down;          15 act | 1 act failing | 130 act ;  0 Inform, 10 Divert, 15 Return, 135 Divert
          a pin beats signals;                   100 act pin ;                       0 Inform
          and has its notice when it goes;       20 act pin | 11 act ;               0 Inform, 20 Inform, 30 Divert
          a pin ends a diversion;                15 act | 5 act pin | 20 act ;       0 Inform, 10 Divert, 20 Inform
          people are told under a pin;           5 - pin | 5 inform pin | 40 - pin | 5 inform pin ; 5 Inform, 50 Inform
          another stable version starts anew;    15 act | 5 act v3 | 20 act v3 ;     0 Inform, 10 Divert, 15 Inform
          """)
  void decides(String what, String script, String expected) {
    assertThat(scene.play(script)).as(what).isEqualTo(expected);
  }

  @Test
  void saysWhereItStands() {
    scene.play("1 -");
    assertThat(scene.state.phase()).isEqualTo(Phase.NORMAL);
    scene.play("1 act");
    assertThat(scene.state.phase()).isEqualTo(Phase.INFORMED);
    scene.play("10 act");
    assertThat(scene.state.phase()).isEqualTo(Phase.DIVERTED);
    scene.play("1 act pin");
    assertThat(scene.state.phase()).isEqualTo(Phase.PINNED);
    scene.play("1 -");
    assertThat(scene.state.phase()).isEqualTo(Phase.NORMAL);
  }

  @Test
  void namesTheFallbackAndTheEvidence() {
    scene.play("10 one two inform");
    Decision.Divert divert = (Decision.Divert) scene.look(Set.of("one", "two", "inform"));
    assertThat(divert.to()).isEqualTo("1");
    assertThat(divert.evidence())
        .extracting(Signal::detector)
        .containsExactlyInAnyOrder("inputs", "confidence");
    assertThat(divert.evidence()).extracting(Signal::stage).containsOnly(Signal.Stage.ACT);
  }

  @Test
  void divertsNoMoreOftenThanTheCapAllows() {
    String turn = "15 act | 1 act failing | 120 - |";
    assertThat(scene.play(turn + turn + turn + "1 -"))
        .isEqualTo(
            "0 Inform, 10 Divert, 15 Return, 136 Inform, 146 Divert, 151 Return, 272 Inform");
    scene.play("20 act");
    assertThat(scene.last.reason()).contains("2 times within 24 hours");
    scene.play((24 * 60 - 300) + " - | 20 act");
    assertThat(scene.state.phase()).as("a day after the first").isEqualTo(Phase.DIVERTED);
  }

  @Test
  void saysWhatItWouldDoWhereItMayNot() {
    RemediationPolicy p = Scene.POLICY;
    Scene off =
        new Scene(
            new RemediationPolicy(
                false,
                p.effectFloor(),
                p.leastRows(),
                p.enoughRows(),
                p.notice(),
                p.leastDiverted(),
                p.calm(),
                p.coolDown(),
                p.dailyCap(),
                p.longestGap()));
    assertThat(off.play("100 act")).isEqualTo("0 Inform");
    assertThat(off.last.reason()).contains("would answer", "evenkeel.remediation.enabled");
    off.state = diverted();
    off.now = off.now.plusSeconds(3600);
    assertThat(off.look(Set.of("act"))).as("switched off").isInstanceOf(Decision.Return.class);
  }

  private RemediationState diverted() {
    scene.play("11 act");
    assertThat(scene.state.phase()).isEqualTo(Phase.DIVERTED);
    return scene.state;
  }

  @Test
  void goesOnAfterARestart() {
    scene.play("15 act");
    RemediationState before = scene.state;
    scene.restart(600);
    assertThat(scene.state).isEqualTo(before);
    assertThat(scene.play("54 - | 5 -")).isEqualTo("0 Inform, 10 Divert, 666 Return");
    scene.restart(60);
    scene.play("20 act");
    assertThat(scene.last.reason()).as("the pause doesn't count").contains("last diversion ended");
  }

  @Test
  void remembersTheCapOverARestart() {
    scene.play("15 act | 1 act failing | 140 - | 15 act | 1 act failing | 140 -");
    scene.restart(1);
    scene.play("30 act");
    assertThat(scene.last.reason()).contains("2 times within 24 hours");
  }

  @Test
  void standsStillWhenTheClockIsSetBack() {
    diverted();
    scene.now = scene.now.minus(Duration.ofDays(400));
    assertThat(scene.play("58 -")).isEqualTo("0 Inform, 10 Divert");
    assertThat(scene.play("5 -")).endsWith("Return");
  }

  @Test
  void gainsOneGapWhenTheClockIsSetForward() {
    diverted();
    scene.now = scene.now.plus(Duration.ofDays(400));
    assertThat(scene.play("50 -")).isEqualTo("0 Inform, 10 Divert");
    assertThat(scene.state.diversions().begun()).as("still counted").hasSize(1);
    assertThat(scene.play("10 -")).endsWith("Return");
  }

  @Test
  void leavesTheStateBeforeAsItWas() {
    scene.play("10 act");
    RemediationState before = scene.state;
    String snapshot = before.toJson();
    assertThat(scene.look(Set.of("act"))).isInstanceOf(Decision.Divert.class);
    assertThat(before.toJson()).isEqualTo(snapshot);
    scene.state = before;
    assertThat(scene.look(Set.of("act"))).as("once more").isInstanceOf(Decision.Divert.class);
  }

  @Test
  void refusesAnotherModelsState() {
    Situation other = new Situation("n", "1", List.of(), null, null, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Remediation(Scene.POLICY).look(scene.state, Instant.EPOCH, other))
        .withMessageContaining("of m");
    Signal signal = new Signal("m", "1", "inputs", Signal.Stage.ACT, 1, 1, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Situation("n", "1", List.of(signal), null, null, 0));
  }
}
