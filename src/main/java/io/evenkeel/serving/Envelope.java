package io.evenkeel.serving;

import io.evenkeel.contract.Violation;
import java.util.List;

/**
 * What stood around the instances of a request.
 *
 * @param violations unknown, repeated or mistyped members, in the order of the body
 */
public record Envelope(List<Violation> violations) {
  /** Nothing was wrong. */
  public static final Envelope SOUND = new Envelope(List.of());

  public Envelope {
    violations = List.copyOf(violations);
  }
}
