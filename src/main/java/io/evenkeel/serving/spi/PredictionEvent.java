package io.evenkeel.serving.spi;

import io.evenkeel.admission.Endpoint;
import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Row;
import io.evenkeel.inference.Prediction;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.routing.Requester;
import io.evenkeel.routing.Routing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request at its end. Its rows are those that were read, valid or not; each says itself what was
 * found about it. Don't keep it or its rows for longer than the call: a batch is large.
 *
 * @param asked the version it was routed to, even if another one answered
 * @param contract that version's, as its file has it
 * @param endpoint which kind of request it was
 * @param rows in the order of the body
 * @param ending what became of it
 * @param origin how it came to that version
 */
public record PredictionEvent(
    ModelVersion asked,
    Contract contract,
    Endpoint endpoint,
    List<Row> rows,
    Ending ending,
    Origin origin) {
  /**
   * What became of a request.
   *
   * @param outcome the word for it, as in metrics: {@code served}, {@code invalid}, ...
   * @param predictions what the asked version itself computed, in the order of the rows; null for a
   *     row that it didn't answer; empty where it answered none
   * @param nanos from the request's arrival to the end of its answer
   * @param laneMicros how long it waited and ran in lanes, in microseconds
   */
  public record Ending(
      String outcome, List<@Nullable Prediction> predictions, long nanos, int laneMicros) {
    /** Of a request that was in no lane. */
    public Ending(String outcome, List<@Nullable Prediction> predictions, long nanos) {
      this(outcome, predictions, nanos, 0);
    }
  }

  /**
   * How a request came to its version.
   *
   * @param role why to this one
   * @param revision of the routes
   * @param requester who sent it
   */
  public record Origin(Routing.Role role, long revision, Requester requester) {}
}
