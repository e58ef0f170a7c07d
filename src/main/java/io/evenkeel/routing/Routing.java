package io.evenkeel.routing;

import io.evenkeel.contract.Warning;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Notice;
import io.evenkeel.registry.Servable;
import org.jspecify.annotations.Nullable;

/** Where a request goes. */
public sealed interface Routing {
  /** The part a version plays in answering a model's requests. */
  enum Role {
    /** It answers whoever isn't sent elsewhere. */
    STABLE,
    /** It answers a share in stable's place. */
    CANARY,
    /** It answers because the request, the caller or an operator named it. */
    NAMED,
    /** It answers while the model is diverted from its stable version. */
    FALLBACK
  }

  /**
   * To a version that is ready.
   *
   * @param role why to this one
   * @param revision of the routes
   * @param warning that clients should have moved on from it, or that it stands in for another;
   *     null where nothing is to be said
   */
  record Routed(
      ModelVersion version, Servable servable, Role role, long revision, @Nullable Warning warning)
      implements Routing {}

  /** Nowhere: what was asked for isn't there. */
  sealed interface Absent extends Routing {}

  /** There is no such model. */
  record NoSuchModel(String model) implements Absent {}

  /** The model has no such version. */
  record NoSuchVersion(String model, String version) implements Absent {}

  /** The version was there, and isn't served any more. */
  record PastSunset(ModelVersion version, Notice notice) implements Absent {}

  /** Nowhere at present: the version or the route's version isn't ready. */
  record NotReady(String model, String detail) implements Routing {}
}
