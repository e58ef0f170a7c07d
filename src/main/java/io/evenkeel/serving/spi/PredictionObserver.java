package io.evenkeel.serving.spi;

/**
 * Sees each prediction after it was made. An implementation returns quickly and may be called by
 * many threads; what it throws is counted and goes no further.
 */
public interface PredictionObserver {
  /** The name by which its drops and failures are counted. */
  String name();

  void observe(PredictionEvent event);
}
