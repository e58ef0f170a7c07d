package io.evenkeel.registry;

import io.evenkeel.admission.Claim;
import io.evenkeel.admission.Deadline;
import io.evenkeel.admission.Endpoint;
import io.evenkeel.admission.Permit;
import io.evenkeel.admission.Priority;
import java.time.Duration;

/** Sends rows through a version's lane. */
final class TestRows {
  private TestRows() {}

  /** A row of zeros. */
  static void answerOne(Servable servable) {
    Deadline deadline = Deadline.after(Duration.ofMinutes(1), System.nanoTime());
    Claim claim = new Claim(Endpoint.SINGLE, Priority.NORMAL, 1, deadline);
    try (Permit permit = (Permit) servable.lane().tryEnter(claim)) {
      var ignored = servable.run(permit, servable.preprocessor().newBlock(1), null);
    }
  }
}
