package io.evenkeel.serving.spi;

import io.evenkeel.registry.RunTrace;
import java.util.List;

/** The trace of one request, which somebody records. */
public interface RequestTrace extends RunTrace {
  /** Its id, as the caller's own spans have it: 32 hexadecimal digits. */
  String id();

  /**
   * The request is over. Called once, on its thread. Never fails.
   *
   * @param laps when its steps were, in their order
   */
  void end(RequestSummary summary, List<Lap> laps);
}
