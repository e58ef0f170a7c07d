package io.evenkeel.admission;

import java.time.Duration;

/**
 * A refusal, made before any work was done.
 *
 * @param reason why
 * @param retryAfter when trying again makes sense
 */
public record Shed(Reason reason, Duration retryAfter) implements Admission {
  /** Why a request is refused, with the word the answer and the metrics use. */
  public enum Reason {
    QUEUE_FULL("queue-full"),
    DEADLINE_UNATTAINABLE("deadline-unattainable"),
    NOT_READY("not-ready"),
    CIRCUIT_OPEN("circuit-open");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }
}
