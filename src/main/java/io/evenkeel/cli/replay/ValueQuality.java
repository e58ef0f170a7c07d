package io.evenkeel.cli.replay;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Errors of predicted values. */
final class ValueQuality implements QualityTally {
  private final Moments actual = new Moments();
  private long rows;
  private double absolute;
  private double squares;
  private double bias;

  @Override
  public void add(Answer answer, JsonNode happened) {
    double value = happened.asDouble(Double.NaN);
    double error = answer.score(0) - value;
    if (!Double.isFinite(error)) {
      return;
    }
    rows++;
    actual.add(value);
    absolute += Math.abs(error);
    squares += error * error;
    bias += error;
  }

  @Override
  public ReplayReport.@Nullable Quality report() {
    if (rows == 0) {
      return null;
    }
    double variance = actual.deviation() * actual.deviation();
    return new ReplayReport.Quality.Values(
        rows,
        absolute / rows,
        Math.sqrt(squares / rows),
        bias / rows,
        variance == 0 ? null : 1 - squares / rows / variance);
  }
}
