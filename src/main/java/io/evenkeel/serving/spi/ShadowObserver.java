package io.evenkeel.serving.spi;

/**
 * Somebody who watches how a candidate does as a shadow. It is called for each copy that the
 * candidate has tried to answer, one after the other, on the thread that runs the copies; while it
 * works, copies wait and may be dropped. What it throws is logged once, and nothing else.
 */
public interface ShadowObserver {
  /** Takes note of a copy's result. */
  void compared(ShadowedRow row);
}
