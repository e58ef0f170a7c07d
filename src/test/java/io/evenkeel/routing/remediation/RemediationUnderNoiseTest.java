package io.evenkeel.routing.remediation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Noise of all kinds, with fixed seeds: it causes no more than the policy allows. */
class RemediationUnderNoiseTest {
  private static final int DAY = 24 * 60;

  private final Scene scene = new Scene(Scene.POLICY);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noDetectorThatFlapsDiverts(long seed) {
    Random chance = new Random(seed);
    int told = 0;
    int diverted = 0;
    for (int minute = 0; minute < 60 * DAY; minute++) {
      double draw = chance.nextDouble();
      Decision decision = scene.look(Set.of(draw < 0.4 ? "inform" : draw < 0.6 ? "act" : "-"));
      told += decision instanceof Decision.Inform ? 1 : 0;
      diverted += decision instanceof Decision.Divert ? 1 : 0;
    }
    assertThat(diverted).isZero();
    assertThat(told).as("people aren't told again and again").isBetween(1, 2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void alarmsThatLastForNothingDivertNoMoreOftenThanTheCap(long seed) {
    Random chance = new Random(seed);
    List<Integer> diverted = new ArrayList<>();
    int minutesDiverted = 0;
    boolean alarm = false;
    for (int minute = 0; minute < 60 * DAY; minute++) {
      alarm = alarm ? chance.nextDouble() > 0.03 : chance.nextDouble() < 0.01;
      boolean inform = chance.nextDouble() < 0.02;
      Decision decision = scene.look(Set.of(alarm ? "act" : inform ? "inform" : "-"));
      if (decision instanceof Decision.Divert) {
        diverted.add(minute);
      }
      minutesDiverted += scene.state.phase() == RemediationState.Phase.DIVERTED ? 1 : 0;
    }
    assertThat(diverted).as("otherwise this proves nothing").hasSizeGreaterThan(30);
    assertAtMostTwoWithin(DAY, diverted);
    assertThat(minutesDiverted).isLessThan(60 * DAY);
  }

  private static void assertAtMostTwoWithin(int window, List<Integer> diverted) {
    for (int i = 2; i < diverted.size(); i++) {
      assertThat(diverted.get(i) - diverted.get(i - 2)).isGreaterThanOrEqualTo(window);
    }
  }

  /** Whatever happens: no diversion to a sick fallback, under a pin, or beyond the limits. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void nothingBreaksThePromises(long seed) {
    Random chance = new Random(seed);
    List<Integer> diverted = new ArrayList<>();
    Set<String> words = new HashSet<>(Set.of("act"));
    int lastReturn = -DAY;
    boolean isDiverted = false;
    for (int minute = 0; minute < 60 * DAY; minute++) {
      flip(words, chance);
      if (chance.nextInt(3000) == 0) {
        scene.restart(0);
      }
      if (chance.nextInt(3000) == 0) {
        scene.now = scene.now.plus(Duration.ofMinutes(chance.nextInt(-5 * DAY, 5 * DAY)));
      }
      switch (scene.look(Set.copyOf(words))) {
        case Decision.Divert divert -> {
          assertThat(words)
              .contains("act")
              .doesNotContain("pin", "unready", "failing", "alarmed", "none");
          assertThat(isDiverted).as("diverted twice").isFalse();
          // Each step of the clock gains no more than the longest gap.
          assertThat(minute - lastReturn).isGreaterThanOrEqualTo(120 - 10);
          assertThat(divert.evidence()).isNotEmpty();
          isDiverted = true;
          diverted.add(minute);
        }
        case Decision.Return ignored -> {
          assertThat(isDiverted).isTrue();
          isDiverted = false;
          lastReturn = minute;
        }
        case Decision.Inform ignored -> {}
        case Decision.Stay ignored -> {}
      }
      isDiverted &= !words.contains("pin");
      boolean answers = scene.state.phase() == RemediationState.Phase.DIVERTED;
      boolean canAnswer = !words.contains("unready") && !words.contains("failing");
      if (answers != isDiverted || (answers && !canAnswer)) {
        fail("minute " + minute + ": " + words + " in " + scene.state);
      }
    }
    assertThat(diverted).hasSizeGreaterThan(20);
    assertAtMostTwoWithin(DAY - 30, diverted);
  }

  /** Each thing comes and goes, some rarely. */
  private static void flip(Set<String> words, Random chance) {
    toggle(words, "act", chance, 60, 60);
    toggle(words, "unready", chance, 2000, 20);
    toggle(words, "failing", chance, 1000, 20);
    toggle(words, "alarmed", chance, 1000, 100);
    toggle(words, "none", chance, 5000, 20);
    toggle(words, "pin", chance, 5000, 100);
    toggle(words, "blind", chance, 500, 100);
  }

  private static void toggle(Set<String> words, String word, Random chance, int comes, int goes) {
    if (words.contains(word)) {
      if (chance.nextInt(goes) == 0) {
        words.remove(word);
      }
    } else if (chance.nextInt(comes) == 0) {
      words.add(word);
    }
  }
}
