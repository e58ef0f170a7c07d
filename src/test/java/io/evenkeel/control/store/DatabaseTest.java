package io.evenkeel.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseTest {
  @ParameterizedTest
  @CsvSource({
    "jdbc:h2:file:./state/evenkeel, H2_FILE",
    "jdbc:h2:mem:any, H2_MEMORY",
    "jdbc:postgresql://db/evenkeel, POSTGRESQL"
  })
  void isToldByTheUrl(String url, Database database) {
    assertThat(Database.of(url)).isEqualTo(database);
  }

  @Test
  void refusesWhatItDoesNotKnowWithoutItsSecrets() {
    assertThatThrownBy(() -> Database.of("jdbc:mysql://ann:hunter2@db/state?password=hunter2"))
        .hasMessageContainingAll(
            "`evenkeel.state.url`", "jdbc:h2:file:", "jdbc:postgresql:", "jdbc:mysql://db/state")
        .message()
        .doesNotContain("hunter2");
  }

  @Test
  void addsWhatH2NeedsUnlessTheUrlSaysOtherwise() {
    assertThat(Database.H2_FILE.completed("jdbc:h2:file:x;lock_timeout=1"))
        .isEqualTo("jdbc:h2:file:x;lock_timeout=1;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0");
    assertThat(Database.POSTGRESQL.completed("jdbc:postgresql:x")).isEqualTo("jdbc:postgresql:x");
  }
}
