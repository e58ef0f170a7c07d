package io.evenkeel.registry;

import io.evenkeel.contract.Mistake;
import java.util.List;

/**
 * What was found in a version's folder, stage by stage. Immutable.
 *
 * @param folder the folder
 * @param stages in the order in which they were looked at
 */
public record CheckReport(ModelFolder folder, List<Stage> stages) {
  public CheckReport {
    stages = List.copyOf(stages);
  }

  /**
   * One thing that was looked at.
   *
   * @param name what it was, in a word
   * @param note what was seen; why it was skipped; empty where there is nothing to say
   * @param skipped whether it couldn't be looked at, because of a mistake in an earlier stage
   * @param mistakes what has to be mended
   * @param hints what could be better
   */
  public record Stage(
      String name, String note, boolean skipped, List<Mistake> mistakes, List<Mistake> hints) {
    public Stage {
      mistakes = List.copyOf(mistakes);
      hints = List.copyOf(hints);
    }

    /** Whether it was looked at and nothing has to be mended. */
    public boolean isSound() {
      return !skipped && mistakes.isEmpty();
    }
  }

  /** Whether nothing in the folder has to be mended. */
  public boolean isSound() {
    return stages.stream().allMatch(Stage::isSound);
  }

  /** Everything that has to be mended. */
  public List<Mistake> mistakes() {
    return stages.stream().flatMap(stage -> stage.mistakes().stream()).toList();
  }

  /** Everything that could be better. */
  public List<Mistake> hints() {
    return stages.stream().flatMap(stage -> stage.hints().stream()).toList();
  }
}
