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

/** Makes what observers are told. */
public final class Events {
  private Events() {}

  /** Of a request of nobody in particular to the stable version, without predictions. */
  public static PredictionEvent of(
      ModelVersion asked, Contract contract, Endpoint endpoint, List<Row> rows, String outcome) {
    return of(asked, contract, endpoint, rows, outcome, List.of());
  }

  /** The same with predictions. */
  public static PredictionEvent of(
      ModelVersion asked,
      Contract contract,
      Endpoint endpoint,
      List<Row> rows,
      String outcome,
      List<@Nullable Prediction> predictions) {
    return new PredictionEvent(
        asked,
        contract,
        endpoint,
        rows,
        new PredictionEvent.Ending(outcome, predictions, 1_000_000),
        new PredictionEvent.Origin(Routing.Role.STABLE, 1, Requester.NOBODY));
  }
}
