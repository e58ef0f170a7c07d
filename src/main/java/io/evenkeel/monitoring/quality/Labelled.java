package io.evenkeel.monitoring.quality;

/**
 * A classification whose outcome is known.
 *
 * @param outcome the label that came true, one of the prediction's
 */
public record Labelled(Predicted.Classes predicted, String outcome) {
  public Labelled {
    if (!predicted.labels().contains(outcome)) {
      throw new IllegalArgumentException("`" + outcome + "` is none of " + predicted.labels());
    }
  }

  public boolean isRight() {
    return predicted.label().equals(outcome);
  }
}
