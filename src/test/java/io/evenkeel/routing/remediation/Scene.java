package io.evenkeel.routing.remediation;

import io.evenkeel.routing.remediation.Signal.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A model that is looked at each minute of a virtual time, by a script. */
final class Scene {
  static final RemediationPolicy POLICY =
      new RemediationPolicy(
          true,
          0.2,
          200,
          5000,
          Duration.ofMinutes(10),
          Duration.ofMinutes(60),
          Duration.ofMinutes(30),
          Duration.ofMinutes(120),
          2,
          Duration.ofMinutes(5));

  private static final int ROWS_A_MINUTE = 100;

  private final Remediation remediation;
  private final List<String> acts = new ArrayList<>();
  RemediationState state = RemediationState.of("m");
  Instant now = Instant.parse("2026-11-26T23:30:00Z");
  Decision last = new Decision.Stay("nobody has looked yet");
  private long rows;
  private int minute;

  Scene(RemediationPolicy policy) {
    this.remediation = new Remediation(policy);
  }

  /**
   * Plays steps such as {@code 20 act sick}: for so many minutes, what is there.
   *
   * @param script the steps, with bars between them
   * @return what was decided but to stay, each with its minute
   */
  String play(String script) {
    for (String step : script.split("\\|", -1)) {
      List<String> words = List.of(step.strip().split(" +", -1));
      for (int i = 0; i < Integer.parseInt(words.getFirst()); i++) {
        look(Set.copyOf(words.subList(1, words.size())));
      }
    }
    return String.join(", ", acts);
  }

  /** One look, and a minute later. */
  Decision look(Set<String> words) {
    String version = words.contains("v3") ? "3" : "2";
    Fallback fallback =
        new Fallback(
            words.contains("moved") ? "0" : "1",
            !words.contains("unready"),
            !words.contains("failing"),
            words.contains("alarmed"));
    if (!words.contains("blind")) {
      rows += ROWS_A_MINUTE;
    }
    Situation seen =
        new Situation(
            "m",
            version,
            signals(version, words),
            words.contains("none") ? null : fallback,
            words.contains("pin") ? "1" : null,
            rows);
    Remediation.Step step = remediation.look(state, now, seen);
    state = step.state();
    last = step.decision();
    if (!(last instanceof Decision.Stay)) {
      acts.add(minute + " " + last.getClass().getSimpleName());
    }
    minute++;
    now = now.plus(Duration.ofMinutes(1));
    return last;
  }

  private static List<Signal> signals(String version, Set<String> words) {
    List<Signal> signals = new ArrayList<>();
    for (String word : words) {
      switch (word) {
        case "inform" -> signals.add(signal(version, "inputs", Stage.INFORM, 0.5, 6000));
        case "act" -> signals.add(signal(version, "inputs", Stage.ACT, 0.5, 6000));
        case "small" -> signals.add(signal(version, "inputs", Stage.ACT, 0.1, 6000));
        case "few" -> signals.add(signal(version, "inputs", Stage.ACT, 0.5, 199));
        case "one" -> signals.add(signal(version, "inputs", Stage.ACT, 0.5, 4999));
        case "two" -> signals.add(signal(version, "confidence", Stage.ACT, 0.5, 200));
        case "elsewhere" -> signals.add(signal("9", "inputs", Stage.ACT, 0.5, 6000));
        default -> {}
      }
    }
    return signals;
  }

  private static Signal signal(
      String version, String detector, Stage stage, double effect, long rows) {
    return new Signal("m", version, detector, stage, 2e6, effect, rows);
  }

  /** As after a restart, so many minutes later. */
  void restart(int minutes) {
    state = RemediationState.fromJson(state.toJson());
    minute += minutes;
    now = now.plus(Duration.ofMinutes(minutes));
    rows = 0;
  }
}
