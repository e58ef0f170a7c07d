package io.evenkeel.control.store;

import io.evenkeel.control.StaleRevisionException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The row that gives revisions and entries their numbers. Whoever has taken a number holds it until
 * the end of the transaction; the next one waits, and then sees what the first has left.
 */
final class Head {
  private final JdbcClient jdbc;

  Head(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The numbers given last. */
  record Numbers(long revision, long entry) {}

  /**
   * Numbers for the next revision and its entry.
   *
   * @throws StaleRevisionException if the latest revision isn't the expected one
   */
  Numbers nextRevision(long expected) {
    int changed =
        jdbc.sql(
                "UPDATE evenkeel_head SET revision = revision + 1, entry = entry + 1 WHERE revision = :expected")
            .param("expected", expected)
            .update();
    Numbers numbers = numbers();
    if (changed == 0) {
      throw new StaleRevisionException(expected, numbers.revision());
    }
    return numbers;
  }

  /** A number for the next entry, with the revision that is in force. */
  Numbers nextEntry() {
    jdbc.sql("UPDATE evenkeel_head SET entry = entry + 1").update();
    return numbers();
  }

  /** Makes everybody else who changes something wait for this transaction's end. */
  void hold() {
    jdbc.sql("UPDATE evenkeel_head SET entry = entry").update();
  }

  Numbers numbers() {
    return jdbc.sql("SELECT revision, entry FROM evenkeel_head")
        .query((row, index) -> new Numbers(row.getLong("revision"), row.getLong("entry")))
        .single();
  }
}
