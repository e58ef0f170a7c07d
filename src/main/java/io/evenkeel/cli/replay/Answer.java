package io.evenkeel.cli.replay;

import org.jspecify.annotations.Nullable;

/**
 * What is compared of a prediction: its label, and numbers in the order of an {@link AnswerForm}.
 * Owns its array, which nobody changes.
 */
final class Answer {
  private final @Nullable String label;
  private final double[] scores;

  Answer(@Nullable String label, double[] scores) {
    this.label = label;
    this.scores = scores;
  }

  /** Null where the prediction has none. */
  @Nullable String label() {
    return label;
  }

  int size() {
    return scores.length;
  }

  /** NaN where the prediction doesn't have it. */
  double score(int position) {
    return scores[position];
  }
}
