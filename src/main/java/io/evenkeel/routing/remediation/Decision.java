package io.evenkeel.routing.remediation;

import java.util.List;

/** What to do about a model at a moment. */
public sealed interface Decision {
  /** Why, in words for a journal. */
  String reason();

  /**
   * Let the fallback answer.
   *
   * @param to the fallback's version
   * @param evidence the signals that led to it
   */
  record Divert(String reason, String to, List<Signal> evidence) implements Decision {
    public Divert {
      evidence = List.copyOf(evidence);
    }
  }

  /** Let the stable version answer again. */
  record Return(String reason) implements Decision {}

  /**
   * Tell people, and leave the routes alone.
   *
   * @param evidence what to tell them of
   */
  record Inform(String reason, List<Signal> evidence) implements Decision {
    public Inform {
      evidence = List.copyOf(evidence);
    }
  }

  /** Leave everything as it is. */
  record Stay(String reason) implements Decision {}
}
