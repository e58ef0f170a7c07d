package io.evenkeel.control.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class H2MemoryStoreTest extends CrowdedStoreContract {
  @Override
  StateProperties emptyDatabase() {
    return new StateProperties("jdbc:h2:mem:" + UUID.randomUUID(), "evenkeel", "", 1000);
  }

  /** Figures of quality are made of a few thousand, out of a million that may be kept. */
  @ParameterizedTest
  @ValueSource(strings = {PredictionRows.NEWEST, PredictionRows.NEWEST_JUDGED})
  void theNewestAreReadWithoutTheOthers(String newest) {
    JdbcClient client =
        JdbcClient.create(
            new DriverManagerDataSource(settings.url(), settings.username(), settings.password()));

    String plan =
        client
            .sql("EXPLAIN " + newest)
            .param("model", "loan")
            .param("version", "1")
            .param("since", Moments.written(NOW_AS_KEPT))
            .param("limit", 10)
            .query(String.class)
            .single();

    assertThat(plan).contains("index sorted");
  }
}
