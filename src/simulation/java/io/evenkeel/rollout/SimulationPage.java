package io.evenkeel.rollout;

import io.evenkeel.rollout.Playing.Ending;
import io.evenkeel.rollout.Rollout.State;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/** The page that says what came of the simulated rollouts. */
final class SimulationPage {
  static final String HELD = "first requests";

  private static final String INTRODUCTION =
      """
      # Simulation of rollouts

      Written by `RolloutSimulationTest`. Change the scenes or the guard, not this page.

      The code that guards canaries is driven here in virtual time. Stable fails in 0.5 % of its requests, takes 10 ms in the median (lognormal, sd 0.5) and is wrong
      in 10 %. Feedback comes for 30 % of the requests, 300 requests later; 20 % are compared in the shadow, of which 3 % disagree. All five detectors watch
      with their default limits, at a `falseRollbackRate` of 5 %. The guard decides after every 20 requests; evidence is looked at after each.

      ## Equal canaries

      1000 rollouts by `steps: [5%, 25%, 50%, 100%]`, `stepRequests: 200`. A rate of 5 % would be 50 false rollbacks of 1000.

      """;

  private static final String WORSE =
      """

      ## Worse canaries

      100 rollouts by `steps: [1%, 5%, 25%, 50%, 100%]`, `stepRequests: 500`, each canary worse in one respect. **canary's requests**: how many the canary answered until it was
      rolled back, of those rollouts that were.

      | canary | rolled back | canary's requests, median | 90 % | all requests, median | in step 1 | HELD |
      | --- | ---: | ---: | ---: | ---: | ---: | ---: |
      """
          .replace("HELD", HELD);

  private final StringBuilder text = new StringBuilder(INTRODUCTION);
  private final Formatter out = new Formatter(text, Locale.ROOT);

  SimulationPage() {
    text.append(
        """
        | requests | promoted | rolled back | paused | by detector | %s |
        | --- | ---: | ---: | ---: | --- | ---: |
        """
            .formatted(HELD));
  }

  void addEqual(Scene scene, List<Ending> endings) {
    out.format(
        "| %s | %d | %d | %d | %s | %,d |\n",
        scene.world().name(),
        count(endings, State.PROMOTED),
        count(endings, State.ROLLED_BACK),
        count(endings, State.PAUSED),
        byDetector(endings),
        scene.fingerprint(endings));
  }

  private static String byDetector(List<Ending> endings) {
    StringBuilder words = new StringBuilder();
    for (String detector :
        List.of("failures", "latency", "confidence", "disagreement", "outcomes")) {
      long count = endings.stream().filter(end -> end.isRolledBackFor(detector)).count();
      if (count > 0) {
        words.append(words.isEmpty() ? "" : ", ").append(detector).append(' ').append(count);
      }
    }
    return words.toString();
  }

  /** What other rules would have done in the first scene. */
  void addPeeking(List<Peeking> peeking) {
    out.format(
        """

        In the first scene, rules that don't count on being looked at again and again would have rolled back:

        - the test of two proportions (failures, slow answers, wrong answers; each at 1 %% on one side), looked at after each request from the 50th of the canary's: **%d of %d**,
        - the canary fails in more than 1 %%, and 1.5 times as often as stable, from its 50th request on: **%d of %d**.
        """,
        peeking.stream().filter(Peeking::isRolledBackByTests).count(),
        peeking.size(),
        peeking.stream().filter(Peeking::isRolledBackByThreshold).count(),
        peeking.size());
  }

  void beginWorse() {
    text.append(WORSE);
  }

  void addWorse(Scene scene, List<Ending> endings) {
    List<Ending> back = endings.stream().filter(end -> end.state() == State.ROLLED_BACK).toList();
    out.format(
        "| %s | %.0f %% | %s | %s | %s | %s | %,d |\n",
        scene.world().name(),
        100.0 * back.size() / endings.size(),
        quantile(back.stream().map(Ending::canaryRequests).toList(), 0.5),
        quantile(back.stream().map(Ending::canaryRequests).toList(), 0.9),
        quantile(back.stream().map(Ending::requests).toList(), 0.5),
        String.format(
            Locale.ROOT,
            "%.0f %%",
            100.0 * back.stream().filter(end -> end.step() == 0).count() / endings.size()),
        scene.fingerprint(endings));
  }

  void end() {
    out.format(
        """

        **%s**: all requests of the first %d equal or %d worse rollouts of the row. Each build plays those again and holds the number against this page; all of them are
        played by `mvn test -Dtest=RolloutSimulationTest -Devenkeel.leftOut=none`.
        """,
        HELD, Scenes.equal().getFirst().held(), Scenes.worse().getFirst().held());
  }

  private static String quantile(List<Long> values, double share) {
    if (values.isEmpty()) {
      return "";
    }
    List<Long> sorted = values.stream().sorted().toList();
    return String.format(Locale.ROOT, "%,d", sorted.get((int) (share * (sorted.size() - 1))));
  }

  private static long count(List<Ending> endings, State state) {
    return endings.stream().filter(end -> end.state() == state).count();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
