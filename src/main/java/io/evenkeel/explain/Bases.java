package io.evenkeel.explain;

import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.PerVersion;
import io.evenkeel.registry.Servable;
import io.evenkeel.registry.VersionListener;

/** The basis of each version that was asked to explain. Thread-safe. */
public final class Bases implements VersionListener {
  private final PerVersion<Basis> found = new PerVersion<>();

  /** That of a version; its reference is read when it is first asked for. */
  Basis of(ModelVersion version, Servable servable) {
    return found.of(version, one -> Basis.of(one, servable.contract()));
  }

  @Override
  public void gone(ModelVersion version) {
    found.gone(version);
  }
}
