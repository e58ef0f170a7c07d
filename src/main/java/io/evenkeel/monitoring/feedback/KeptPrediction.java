package io.evenkeel.monitoring.feedback;

import io.evenkeel.monitoring.quality.Predicted;
import io.evenkeel.routing.Routing;
import io.evenkeel.routing.RoutingHash;
import java.time.Instant;

/**
 * A prediction as it is kept until its outcome is known. It holds nothing of the row.
 *
 * @param at when it was answered
 * @param route how the request came to the version
 */
public record KeptPrediction(
    PredictionId id, Instant at, String model, String version, Route route, Predicted predicted) {
  /**
   * How a request came to its version.
   *
   * @param revision of the routes
   * @param hash of the routing key, which tells keys apart and names none
   */
  public record Route(Routing.Role role, long revision, RoutingHash hash) {}
}
