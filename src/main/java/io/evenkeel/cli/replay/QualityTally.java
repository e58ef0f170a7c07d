package io.evenkeel.cli.replay;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How good predictions are, where it is known what happened. Not thread-safe. */
interface QualityTally {
  /**
   * Adds a row.
   *
   * @param happened what really happened: a label or a number, as JSON
   */
  void add(Answer answer, JsonNode happened);

  /** Null where nothing was added. */
  ReplayReport.@Nullable Quality report();

  static QualityTally of(AnswerForm form) {
    return switch (form.kind()) {
      case PROBABILITIES -> new ClassQuality(form.names());
      case VALUE -> new ValueQuality();
      case RAW -> new NoQuality();
    };
  }

  /** What raw outputs should have been, nobody says. */
  final class NoQuality implements QualityTally {
    @Override
    public void add(Answer answer, JsonNode happened) {}

    @Override
    public ReplayReport.@Nullable Quality report() {
      return null;
    }
  }
}
