package io.evenkeel.routing;

import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Servable;

/** Where a request goes. */
public sealed interface Routing {
  /** To a version that is ready. */
  record Routed(ModelVersion version, Servable servable) implements Routing {}

  /** Nowhere: what was asked for isn't there. */
  sealed interface Absent extends Routing {}

  /** There is no such model. */
  record NoSuchModel(String model) implements Absent {}

  /** The model has no such version. */
  record NoSuchVersion(String model, String version) implements Absent {}

  /** Nowhere at present: the version or the route's version isn't ready. */
  record NotReady(String model, String detail) implements Routing {}
}
