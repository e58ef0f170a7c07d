package io.evenkeel.rollout;

/**
 * What became known about a request. Only requests that the split decided belong here: neither
 * pinned callers, nor those that name a version, nor answers of a fallback.
 */
public sealed interface Observation {
  /**
   * Which request.
   *
   * @param step the rollout's step under which it was routed, from 0
   * @param arm where it was routed
   * @param key a hash of its routing key, of 64 bits, independent of {@code position}
   * @param position where the split puts the routing key, from 0 to below 1: the canary has those
   *     below its share
   */
  record Subject(int step, Arm arm, long key, double position) {
    public Subject {
      if (step < 0) {
        throw new IllegalArgumentException("step " + step + " is negative");
      }
      if (!(position >= 0 && position < 1)) {
        throw new IllegalArgumentException("position " + position + " isn't from 0 to below 1");
      }
    }
  }

  /**
   * The request was answered, or failed.
   *
   * @param failed by the model's fault; a request that was refused or shed is no observation
   * @param latencyNanos of an answer; of a failure it is disregarded
   * @param score the confidence, of a regression the value; NaN where there is neither
   */
  record Answer(Subject subject, boolean failed, long latencyNanos, double score)
      implements Observation {}

  /**
   * Feedback told how good an answer was.
   *
   * @param loss 0 for right and 1 for wrong; of a regression the absolute error
   */
  record Outcome(Subject subject, double loss) implements Observation {
    public Outcome {
      if (!(loss >= 0)) {
        throw new IllegalArgumentException("loss " + loss + " is no number from 0");
      }
    }
  }

  /**
   * Both versions predicted for the same row, one of them as a shadow.
   *
   * @param key a hash of the request's routing key
   * @param sameLabel true where there are no labels
   * @param distance between the predictions: the largest difference of a class's probability, or of
   *     values, divided by a scale that whoever compares chooses
   */
  record Comparison(long key, boolean sameLabel, double distance) implements Observation {}
}
