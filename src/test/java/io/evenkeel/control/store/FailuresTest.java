package io.evenkeel.control.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.control.store.Failures.Doing;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private final Failures failures =
      new Failures(
          new StateProperties(
              "jdbc:postgresql://ann:hunter2@db/state?password=hunter2", "ann", "Tr0ub4dor$1", 1));

  @Test
  void sayPlaceReasonAndMend() {
    SQLException origin = new SQLException("could not extend file: No space left", "53100");

    assertThat(failures.of(Doing.WRITING, new IllegalStateException(new SQLException(origin))))
        .hasNoCause()
        .hasMessage(
            "The control state at jdbc:postgresql://db/state can't be written: could not extend file: "
                + "No space left (SQL state 53100). The database lacks memory, disk or connections: "
                + "give it more");
  }

  @Test
  void sayNoSecretsOfADriver() {
    SQLException origin =
        new SQLException(
            "No connection to jdbc:postgresql://ann:hunter2@db/state?user=ann&password=hunter2&ssl=true"
                + " with sslPassword=hunter2; Tr0ub4dor$1 was refused\nsecond line with hunter2",
            "08001");

    assertThat(failures.of(Doing.OPENING, origin))
        .hasMessageContaining("password=***&ssl=true with sslPassword=***; *** was refused (SQL")
        .message()
        .doesNotContain("hunter2", "Tr0ub4dor");
  }

  @Test
  void sayWhatIsKnownWhereThereIsNoText() {
    assertThat(failures.of(Doing.READING, new IllegalStateException()))
        .hasMessageContaining("can't be read: IllegalStateException. See docs/operations.md");
  }
}
