package io.evenkeel.monitoring.feedback;

import io.evenkeel.monitoring.quality.Predicted;
import io.evenkeel.routing.Routing;
import io.evenkeel.routing.RoutingHash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A prediction as it is kept until its outcome is known. It holds nothing of the row, but for the
 * group that it belongs to where the contract has groups compared.
 *
 * @param at when it was answered
 * @param route how the request came to the version
 * @param group to which the row belongs; null where none is kept
 */
public record KeptPrediction(
    PredictionId id,
    Instant at,
    String model,
    String version,
    Route route,
    Predicted predicted,
    @Nullable Group group) {
  /** Of no group. */
  public KeptPrediction(
      PredictionId id, Instant at, String model, String version, Route route, Predicted predicted) {
    this(id, at, model, version, route, predicted, null);
  }

  /**
   * A group of rows.
   *
   * @param attribute the feature that tells groups apart
   * @param name of the group, one of few
   */
  public record Group(String attribute, String name) {}

  /**
   * How a request came to its version.
   *
   * @param revision of the routes
   * @param hash of the routing key, which tells keys apart and names none
   */
  public record Route(Routing.Role role, long revision, RoutingHash hash) {}
}
