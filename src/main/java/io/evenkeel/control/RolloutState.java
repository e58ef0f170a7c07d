package io.evenkeel.control;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * How far a rollout has come, as it is kept. The store reads none of it but compares the counter,
 * so that of two replicas that carry on the same rollout one finds out.
 *
 * @param id the rollout's, at most 100 characters
 * @param model the model whose candidate is rolled out
 * @param open whether it still goes on
 * @param counter 1 when it is first saved, one more with each time it is saved again
 * @param owner the process that carries it on
 * @param heartbeat when the owner last said so; kept in whole microseconds
 * @param document plan, step and evidence, as JSON
 */
public record RolloutState(
    String id,
    String model,
    boolean open,
    long counter,
    String owner,
    Instant heartbeat,
    String document) {
  public RolloutState {
    Texts.requireName("id", id, Texts.WORD);
    Texts.requireName("model", model, Texts.NAME);
    if (counter < 1) {
      throw new IllegalArgumentException("a rollout's counter is 1 or more, not " + counter);
    }
    Texts.requireName("owner", owner, Texts.NAME);
    heartbeat = Objects.requireNonNull(heartbeat, "heartbeat").truncatedTo(ChronoUnit.MICROS);
    Texts.require("document", document, Texts.DOCUMENT);
  }
}
