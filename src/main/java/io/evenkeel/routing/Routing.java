package io.evenkeel.routing;

import io.evenkeel.contract.Warning;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Notice;
import io.evenkeel.registry.Servable;
import org.jspecify.annotations.Nullable;

/** Where a request goes. */
public sealed interface Routing {
  /**
   * To a version that is ready.
   *
   * @param warning that clients should have moved on from it; null where they needn't
   */
  record Routed(ModelVersion version, Servable servable, @Nullable Warning warning)
      implements Routing {
    public Routed(ModelVersion version, Servable servable) {
      this(version, servable, null);
    }
  }

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
