package io.evenkeel.control.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

/**
 * The libraries of the control state switch nothing on in Spring Boot: a database that is opened
 * before the context is complete would lengthen each start.
 */
class NoAutoConfigurationTest {
  @Test
  void noneIsThereForDatabases() {
    List<String> candidates =
        ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()).getCandidates();

    assertThat(candidates)
        .anyMatch(name -> name.contains(".actuate."))
        .noneMatch(name -> name.matches(".*\\.(jdbc|flyway|sql|h2console|data|transaction)\\..*"));
  }
}
