package io.evenkeel.serving.spi;

/**
 * Somebody who watches the traffic. It is called once for each request whose rows were read, unless
 * a defect of ours ends it, on the request's own thread and after its answer was written, by many
 * threads at once. So it returns at once: what takes longer it hands over, bounded. What it throws
 * is counted, and nothing else.
 */
public interface PredictionObserver {
  /** The word for it in metrics. */
  String name();

  /** Takes note of a request that has come to its end. */
  void observe(PredictionEvent event);
}
