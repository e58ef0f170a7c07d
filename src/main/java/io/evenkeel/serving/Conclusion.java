package io.evenkeel.serving;

import io.evenkeel.admission.Endpoint;
import io.evenkeel.contract.Row;
import io.evenkeel.inference.Prediction;
import io.evenkeel.routing.Requester;
import io.evenkeel.routing.Routing;
import io.evenkeel.serving.spi.PredictionEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of a walk: the outcome for the caller, and what observers are told once the caller has
 * it.
 *
 * @param seen null where there is nothing to tell
 */
public record Conclusion(PredictionOutcome outcome, @Nullable Seen seen) {
  /**
   * What was seen of a request that reached a version.
   *
   * @param rows that were read
   */
  record Seen(Routing.Routed to, Endpoint endpoint, List<Row> rows, Requester requester) {}

  /** Where it was routed; null where its rows couldn't be read, or it was routed nowhere. */
  public Routing.@Nullable Routed routed() {
    return seen == null ? null : seen.to();
  }

  /** How many rows were read. */
  public int rows() {
    return seen == null ? 0 : seen.rows().size();
  }

  /** The rows that were read, valid or not. */
  public List<Row> seenRows() {
    return seen == null ? List.of() : seen.rows();
  }

  /** The same, where the record of it isn't safe. */
  public Conclusion unrecorded() {
    return new Conclusion(new PredictionOutcome.Unrecorded(outcome.asked()), seen);
  }

  /** Nobody is told of it. */
  static Conclusion unseen(PredictionOutcome outcome) {
    return new Conclusion(outcome, null);
  }

  /**
   * What observers are told; null where there is nothing to tell.
   *
   * @param stopwatch that was stopped when the request ended
   */
  @Nullable PredictionEvent event(Stopwatch stopwatch) {
    return seen == null
        ? null
        : new PredictionEvent(
            seen.to().version(),
            seen.to().servable().contract(),
            seen.endpoint(),
            seen.rows(),
            new PredictionEvent.Ending(
                outcome.label(), predictions(), stopwatch.totalNanos(), laneMicros(stopwatch)),
            new PredictionEvent.Origin(seen.to().role(), seen.to().revision(), seen.requester()));
  }

  private static int laneMicros(Stopwatch stopwatch) {
    long nanos = stopwatch.nanos(Step.QUEUE) + stopwatch.nanos(Step.RUN);
    return (int) Math.min(nanos / 1000, Integer.MAX_VALUE);
  }

  /** Those that the asked version computed for this request. */
  private List<@Nullable Prediction> predictions() {
    return switch (outcome) {
      case PredictionOutcome.Served served when served.degraded() == null ->
          List.of(served.prediction());
      case PredictionOutcome.ServedBatch served when served.degraded() == null ->
          predictions(served.items());
      default -> List.of();
    };
  }

  private static List<@Nullable Prediction> predictions(List<PredictionOutcome.Item> items) {
    List<@Nullable Prediction> predictions = new ArrayList<>(items.size());
    for (PredictionOutcome.Item item : items) {
      predictions.add(
          item instanceof PredictionOutcome.Item.Answered answered && answered.degraded() == null
              ? answered.prediction()
              : null);
    }
    return predictions;
  }
}
