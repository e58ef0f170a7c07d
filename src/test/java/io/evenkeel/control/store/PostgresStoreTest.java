package io.evenkeel.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.control.ControlStateException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real PostgreSQL, whose binaries come with a dependency of the tests. */
@Timeout(180)
class PostgresStoreTest extends LastingStoreContract {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static EmbeddedPostgres server;

  @BeforeAll
  static void startTheServer() throws IOException {
    server = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stopTheServer() throws IOException {
    server.close();
  }

  private static void execute(String... statements) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static StateProperties at(String path, String user) {
    return new StateProperties(
        "jdbc:postgresql://localhost:" + server.getPort() + "/" + path, user, "Tr0ub4dor", 1000);
  }

  @Override
  StateProperties emptyDatabase() throws SQLException {
    String name = "state_" + DATABASES.incrementAndGet();
    execute("CREATE DATABASE " + name);
    return at(name, "postgres");
  }

  @Test
  void isAPostgres() {
    assertThat(settings.database()).isEqualTo(Database.POSTGRESQL);
  }

  @Test
  void goesOnAfterItsConnectionsWereBroken() throws SQLException {
    store.append(0, "{}", draft("first"));
    execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'evenkeel'");

    // The pool doesn't try a connection that was used within the last half second.
    for (boolean isBroken = true; isBroken; ) {
      try {
        assertThat(store.latest()).isNotNull();
        isBroken = false;
      } catch (ControlStateException e) {
        assertThat(e).hasMessageContaining("Check that the database runs and can be reached");
      }
    }
    assertThat(store.append(1, "{}", draft("second")).number()).isEqualTo(2);
  }

  @Test
  void saysThatTheDatabaseIsMissing() {
    assertThatThrownBy(() -> open(at("missing?sslpassword=hunter2", "postgres")))
        .isInstanceOf(ControlStateException.class)
        .hasNoCause()
        .hasMessageContaining("/missing can't be opened")
        .hasMessageContaining("Create the database")
        .message()
        .doesNotContain("Tr0ub4dor", "hunter2");
  }

  @Test
  void saysThatTheUserIsUnknown() {
    assertThatThrownBy(() -> open(at("postgres", "nobody")))
        .isInstanceOf(ControlStateException.class)
        .hasMessageContaining("`evenkeel.state.username`")
        .message()
        .doesNotContain("Tr0ub4dor");
  }

  @Test
  void saysThatTheUserMayNotMakeTables() throws SQLException {
    execute("CREATE ROLE reader LOGIN");
    try {
      assertThatThrownBy(() -> open(at("template1", "reader")))
          .isInstanceOf(ControlStateException.class)
          .hasMessageContaining("the right to create and use tables");
    } finally {
      execute("DROP ROLE reader");
    }
  }

  @Test
  void saysThatTheServerCannotBeReached() {
    StateProperties nowhere =
        new StateProperties("jdbc:postgresql://localhost:1/state", "postgres", "Tr0ub4dor", 1000);

    assertThatThrownBy(() -> open(nowhere))
        .isInstanceOf(ControlStateException.class)
        .hasMessageContaining("Check that the database runs and can be reached")
        .message()
        .doesNotContain("Tr0ub4dor");
  }

  private static JdbcControlStore open(StateProperties settings) {
    return JdbcControlStore.open(settings, () -> NOW, PredictionKeys.none());
  }
}
