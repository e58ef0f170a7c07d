package io.evenkeel.routing.remediation;

import io.evenkeel.routing.remediation.Decision.Divert;
import io.evenkeel.routing.remediation.Decision.Inform;
import io.evenkeel.routing.remediation.Decision.Return;
import io.evenkeel.routing.remediation.Decision.Stay;
import io.evenkeel.routing.remediation.RemediationState.Alarm;
import io.evenkeel.routing.remediation.RemediationState.Phase;
import io.evenkeel.routing.remediation.Signal.Stage;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides, look by look, whether a model's fallback takes over. Signals count by whether they
 * stand, not by how often they come: a detector that flaps never stands for the policy's notice.
 * What each step takes is in docs/remediation.md. Immutable; a step changes nothing, so that a
 * decision that can't be carried out is undone by keeping the state before.
 */
public final class Remediation {
  private final RemediationPolicy policy;

  public Remediation(RemediationPolicy policy) {
    this.policy = policy;
  }

  /** A decision, and the state that holds once it has been carried out. */
  public record Step(RemediationState state, Decision decision) {}

  /**
   * Looks at a model.
   *
   * @param before its state after the last look
   * @param now by a clock that may be set back or forward
   * @throws IllegalArgumentException if the situation is that of another model
   */
  public Step look(RemediationState before, Instant now, Situation seen) {
    if (!before.model().equals(seen.model())) {
      throw new IllegalArgumentException(
          "the state is that of " + before.model() + ", not of " + seen.model());
    }
    RemediationState state = before.lookedAt(now, policy.longestGap(), seen.version());
    if (seen.pin() != null) {
      return inform(
          notice(state.undiverted(Phase.PINNED), seen),
          seen,
          "an operator pins it to " + seen.pin());
    }
    return switch (state.phase()) {
      case DIVERTED -> lookWhileDiverted(notice(state, seen), seen);
      case NORMAL, INFORMED -> lookForTrouble(notice(state, seen), seen);
      // Once the pin is gone people are told anew, and have the notice anew.
      case PINNED ->
          lookForTrouble(notice(state.undiverted(Phase.NORMAL).with(Alarm.NONE), seen), seen);
    };
  }

  /** Keeps since when there is enough to divert, or nothing at all. */
  private RemediationState notice(RemediationState state, Situation seen) {
    List<Signal> alarms = seen.alarms();
    if (!alarms.isEmpty()) {
      return state.with(state.alarm().standing(doubt(alarms) == null, state.now()));
    }
    RemediationState silent = state.with(state.alarm().silent(seen.rowsWatched(), state.now()));
    boolean isOver =
        state.phase() != Phase.DIVERTED
            && silent.hasPassedSince(silent.alarm().calmSince(), policy.calm());
    return isOver ? silent.with(silent.alarm().told(null)) : silent;
  }

  private Step lookForTrouble(RemediationState state, Situation seen) {
    if (seen.alarms().isEmpty()) {
      return state.alarm().told() == null
          ? new Step(state.undiverted(Phase.NORMAL), new Stay("no detector says anything"))
          : new Step(state, new Stay("it hasn't been calm for long"));
    }
    String obstacle = obstacle(state, seen);
    if (obstacle != null || isNews(state, seen)) {
      RemediationState informed = state.undiverted(Phase.INFORMED);
      return inform(informed, seen, Objects.requireNonNullElse(obstacle, "it has just begun"));
    }
    String fallback = Objects.requireNonNull(seen.fallback(), "an obstacle otherwise").version();
    return new Step(
        state.divertedTo(fallback),
        new Divert(
            "version " + seen.version() + " sees other data than it was made for",
            fallback,
            convincing(seen.alarms())));
  }

  private Step lookWhileDiverted(RemediationState state, Situation seen) {
    String failure = failureOfTheDiversion(state, seen.fallback());
    if (failure != null) {
      return giveBack(state, failure);
    }
    if (!state.hasPassedSince(state.diversions().since(), policy.leastDiverted())) {
      return new Step(state, new Stay("it was diverted too short a time ago"));
    }
    if (seen.fallback() != null && seen.fallback().alarmed()) {
      return giveBack(state, "the fallback is alarmed too, so it is no better");
    }
    if (!seen.alarms().isEmpty()) {
      return new Step(state, new Stay("detectors still say that the data have changed"));
    }
    if (!state.hasPassedSince(state.alarm().calmSince(), policy.calm())) {
      return new Step(state, new Stay("it hasn't been calm for long"));
    }
    long rows = seen.rowsWatched() - state.alarm().rowsAtCalm();
    if (rows < policy.leastRows()) {
      return new Step(state, new Stay("too few rows were seen to call it calm: " + rows));
    }
    return new Step(
        state.undiverted(Phase.NORMAL).with(state.alarm().told(null)),
        new Return("no detector has said anything about the last " + rows + " rows"));
  }

  /** Why the diversion can't go on, however short it has been; null if it can. */
  private @Nullable String failureOfTheDiversion(
      RemediationState state, @Nullable Fallback fallback) {
    if (!policy.enabled()) {
      return "remediation was switched off";
    }
    if (fallback == null || !fallback.version().equals(state.diversions().to())) {
      return "the route names another fallback, or none";
    }
    return fallback.failure();
  }

  /** Before the data are calm. If the fallback is to answer again, there is a notice again. */
  private static Step giveBack(RemediationState state, String reason) {
    return new Step(
        state.undiverted(Phase.INFORMED).with(state.alarm().doubted()), new Return(reason));
  }

  /** Tells people of what they don't know yet; otherwise stays. */
  private static Step inform(RemediationState state, Situation seen, String stay) {
    if (!isNews(state, seen)) {
      return new Step(state, new Stay(stay));
    }
    Stage strongest = Objects.requireNonNull(strongest(seen.alarms()), "news without a signal");
    return new Step(state.with(state.alarm().told(strongest)), new Inform(stay, seen.alarms()));
  }

  private static boolean isNews(RemediationState state, Situation seen) {
    Stage strongest = strongest(seen.alarms());
    Stage told = state.alarm().told();
    return strongest != null && (told == null || strongest.compareTo(told) > 0);
  }

  private static @Nullable Stage strongest(List<Signal> alarms) {
    return alarms.stream().map(Signal::stage).max(Comparator.naturalOrder()).orElse(null);
  }

  /** Why the model isn't diverted; null if it is to be. */
  private @Nullable String obstacle(RemediationState state, Situation seen) {
    String doubt = doubt(seen.alarms());
    if (doubt != null) {
      return doubt;
    }
    if (!state.hasPassedSince(state.alarm().convincedSince(), policy.notice())) {
      return "it has to last for " + policy.notice().toSeconds() + " s before the fallback answers";
    }
    if (!policy.enabled()) {
      return "the fallback would answer now, but evenkeel.remediation.enabled is false";
    }
    if (seen.fallback() == null) {
      return "the route names no fallback";
    }
    String hindrance = seen.fallback().hindrance();
    return hindrance == null ? limit(state) : hindrance;
  }

  private @Nullable String limit(RemediationState state) {
    Long ended = state.diversions().ended();
    if (ended != null && !state.hasPassedSince(ended, policy.coolDown())) {
      return "the last diversion ended too short a time ago";
    }
    long today = state.diversions().withinADay(state.now());
    return today < policy.dailyCap()
        ? null
        : "it was diverted " + today + " times within 24 hours, which is the cap";
  }

  /** Why the signals aren't enough to divert; null if they are. */
  private @Nullable String doubt(List<Signal> alarms) {
    if (alarms.stream().noneMatch(signal -> signal.stage() == Stage.ACT)) {
      return "no detector has evidence enough to act";
    }
    List<Signal> convincing = convincing(alarms);
    if (convincing.isEmpty()) {
      return "the change is too small, or was measured on too few rows";
    }
    boolean agree = convincing.stream().map(Signal::detector).distinct().count() > 1;
    boolean enough = convincing.stream().anyMatch(one -> one.rows() >= policy.enoughRows());
    return agree || enough ? null : "one detector alone needs more rows";
  }

  private List<Signal> convincing(List<Signal> alarms) {
    return alarms.stream()
        .filter(signal -> signal.stage() == Stage.ACT)
        .filter(signal -> signal.effect() >= policy.effectFloor())
        .filter(signal -> signal.rows() >= policy.leastRows())
        .toList();
  }
}
