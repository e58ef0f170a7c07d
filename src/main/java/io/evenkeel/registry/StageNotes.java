package io.evenkeel.registry;

import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.UnusableModelException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the stages of a check: each runs to its end, whatever the others found. Not thread-safe.
 */
final class StageNotes {
  private final List<CheckReport.Stage> stages = new ArrayList<>();
  private Mistakes mistakes = new Mistakes();
  private Mistakes hints = new Mistakes();
  private String note = "";

  /** One stage's work. */
  @FunctionalInterface
  interface Work<T> {
    /**
     * Looks, and notes what it finds.
     *
     * @throws UnusableModelException for mistakes that end the stage
     */
    T look();
  }

  /**
   * Works through a stage.
   *
   * @return what the work yields; null if it ended with a mistake
   */
  <T> @Nullable T stage(String name, Work<T> work) {
    mistakes = new Mistakes();
    hints = new Mistakes();
    note = "";
    T found = null;
    try {
      found = work.look();
    } catch (UnusableModelException e) {
      e.mistakes().forEach(one -> mistakes.add(one.file(), one.line(), one.cause(), one.mend()));
    }
    stages.add(new CheckReport.Stage(name, note, false, mistakes.all(), hints.all()));
    return found;
  }

  /** A stage that only notes what it finds. */
  void stage(String name, Runnable work) {
    stage(
        name,
        () -> {
          work.run();
          return true;
        });
  }

  /** Notes that a stage couldn't be looked at. */
  void skip(String name, String reason) {
    stages.add(new CheckReport.Stage(name, reason, true, List.of(), List.of()));
  }

  /** What the current stage has seen, for people. */
  void say(String seen) {
    note = seen;
  }

  /** Where the current stage notes what has to be mended. */
  Mistakes mistakes() {
    return mistakes;
  }

  /** Where the current stage notes what could be better. */
  Mistakes hints() {
    return hints;
  }

  boolean areSound() {
    return stages.stream().allMatch(CheckReport.Stage::isSound);
  }

  List<CheckReport.Stage> all() {
    return stages;
  }
}
