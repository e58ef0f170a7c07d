package io.evenkeel.registry;

/**
 * Told of versions that come, become ready and go. Called on the thread that loads, or on the one
 * that closes the registry; what it throws is logged.
 */
public interface VersionListener {
  /** A version is listed from now on; it is loaded next. */
  default void added(ModelVersion version) {}

  /**
   * A version that came after the start has proved itself, and no request reaches it yet: what it
   * needs is done here.
   */
  default void proved(ModelVersion version, Servable servable) {}

  /** What is listed, or what is ready of it, is another now. */
  default void changed() {}

  /**
   * A version isn't listed any more, or another one is in its place. Requests that hold a lease may
   * still use it.
   */
  default void gone(ModelVersion version) {}
}
