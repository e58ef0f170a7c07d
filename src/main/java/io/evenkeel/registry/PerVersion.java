package io.evenkeel.registry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something for each version, made when it is first asked for, and dropped when the version goes.
 * Thread-safe, and cheap to ask.
 *
 * @param <T> what there is for each
 */
public final class PerVersion<T> implements VersionListener {
  private final Map<ModelVersion, T> found = new ConcurrentHashMap<>();

  /**
   * What there is for a version.
   *
   * @param make makes it where there is none yet
   */
  public T of(ModelVersion version, Function<ModelVersion, T> make) {
    // computeIfAbsent alone may lock although there is one.
    T known = found.get(version);
    return known != null ? known : found.computeIfAbsent(version, make);
  }

  /** What there is for a version; null where nobody has asked for it yet. */
  public @Nullable T find(ModelVersion version) {
    return found.get(version);
  }

  /** Does something with what there is for each version. */
  public void forEach(BiConsumer<ModelVersion, T> action) {
    found.forEach(action);
  }

  /** Drops what there is for a version, and returns it; null where there is nothing. */
  public @Nullable T remove(ModelVersion version) {
    return found.remove(version);
  }

  @Override
  public void gone(ModelVersion version) {
    found.remove(version);
  }
}
