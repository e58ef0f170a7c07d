package io.evenkeel.cli.replay;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Accuracy, log loss, confusion, and for two classes the area under the ROC curve. */
final class ClassQuality implements QualityTally {
  private static final double LEAST_PROBABILITY = 1e-15;

  private final List<String> labels;
  private final long[][] confusion;
  private final RankSum ranks = new RankSum();
  private long rows;
  private long unknown;
  private long right;
  private double logLoss;

  ClassQuality(List<String> labels) {
    this.labels = labels;
    this.confusion = new long[labels.size()][labels.size()];
  }

  @Override
  public void add(Answer answer, JsonNode happened) {
    int actual = labels.indexOf(happened.asString(""));
    int predicted = answer.label() == null ? -1 : labels.indexOf(answer.label());
    if (actual < 0 || predicted < 0) {
      unknown++;
      return;
    }
    rows++;
    confusion[actual][predicted]++;
    right += actual == predicted ? 1 : 0;
    logLoss -= Math.log(Math.max(LEAST_PROBABILITY, answer.score(actual)));
    if (labels.size() == 2) {
      ranks.add(answer.score(1), actual == 1);
    }
  }

  @Override
  public ReplayReport.@Nullable Quality report() {
    if (rows == 0 && unknown == 0) {
      return null;
    }
    return new ReplayReport.Quality.Classes(
        rows,
        rows == 0 ? 0 : (double) right / rows,
        rows == 0 || Double.isNaN(logLoss) ? null : logLoss / rows,
        ranks.area(),
        labels,
        Arrays.stream(confusion).map(row -> Arrays.stream(row).boxed().toList()).toList(),
        unknown);
  }
}
