package io.evenkeel.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.control.ControlStateException;
import io.evenkeel.control.JournalQuery;
import io.evenkeel.control.Revision;
import io.evenkeel.keyring.KeyText;
import io.evenkeel.keyring.Keyring;
import io.evenkeel.monitoring.feedback.JudgedPrediction;
import io.evenkeel.monitoring.feedback.KeptPrediction;
import io.evenkeel.monitoring.feedback.KnownOutcome;
import io.evenkeel.monitoring.feedback.Outcome;
import io.evenkeel.monitoring.feedback.PredictionId;
import io.evenkeel.monitoring.quality.Predicted;
import io.evenkeel.routing.Routing;
import io.evenkeel.routing.RoutingHash;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;

/** What each database must do that outlives the process. */
abstract class LastingStoreContract extends CrowdedStoreContract {

  private FluentConfiguration flyway(StateProperties database) {
    return Flyway.configure()
        .dataSource(database.url(), database.username(), database.password())
        .table(Schema.HISTORY);
  }

  private static void execute(StateProperties database, String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.username(), database.password());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static JdbcControlStore open(StateProperties database) {
    return JdbcControlStore.open(database, () -> NOW, PredictionKeys.none());
  }

  @Test
  void isThereWhenItIsOpenedAgain() throws Exception {
    StateProperties database = emptyDatabase();
    Revision revision;
    KeptPrediction prediction = prediction(UUID.randomUUID(), 0, NOW_AS_KEPT);
    try (JdbcControlStore first = open(database)) {
      revision = first.append(0, "{}", draft("first"), Map.of("digest", "abc"));
      first.saveRollout(rollout("r", 1));
      first.predictions().add(List.of(prediction));
    }

    try (JdbcControlStore again = open(database)) {
      assertThat(again.latest()).isEqualTo(revision);
      assertThat(again.journal(JournalQuery.first(10))).hasSize(1);
      assertThat(again.openRollouts()).containsExactly(rollout("r", 1));
      assertThat(again.mark("digest")).isEqualTo("abc");
      assertThat(again.predictions().find(List.of(prediction.id())))
          .containsExactly(new JudgedPrediction(prediction, null));
      assertThat(again.append(1, "{}", draft("second")).number()).isEqualTo(2);
    }
  }

  @Test
  void bringsAnOlderSchemaUpToDateAndKeepsWhatIsInIt() throws Exception {
    StateProperties database = emptyDatabase();
    flyway(database).locations(Schema.MIGRATIONS).target("1").load().migrate();
    execute(
        database,
        "UPDATE evenkeel_head SET revision = 1, entry = 1",
        "INSERT INTO evenkeel_revision (revision, happened_at, document) "
            + "VALUES (1, TIMESTAMP WITH TIME ZONE '2026-03-29 03:30:00.123456+02', '{}')");

    try (JdbcControlStore opened = open(database)) {
      assertThat(opened.schemaVersion()).isEqualTo(Schema.NEWEST);
      assertThat(opened.latest()).isEqualTo(new Revision(1, NOW_AS_KEPT, "{}"));
      opened.saveRollout(rollout("r", 1));
      assertThat(opened.openRollouts()).hasSize(1);
    }
  }

  @Test
  void readsPredictionsOfTheTimeBeforeTheyWereSealed() throws Exception {
    StateProperties database = emptyDatabase();
    flyway(database).locations(Schema.MIGRATIONS).target("5").load().migrate();
    UUID answer = UUID.fromString("01a20f25-f3e9-7a4f-9847-69c7a05fc855");
    execute(
        database,
        "INSERT INTO evenkeel_prediction (answer, item, predicted_at, model, version, role, "
            + "route_revision, key_point, key_hash, predicted, is_judged, outcome_value, outcome_at) "
            + "VALUES ('"
            + answer
            + "', -1, TIMESTAMP WITH TIME ZONE '2026-03-29 03:30:00.123456+02', 'diabetes', '1', "
            + "'STABLE', 1, 2, 3, '{\"value\": 0.5}', TRUE, 0.25, "
            + "TIMESTAMP WITH TIME ZONE '2026-03-29 03:30:00.123456+02')");
    Keyring ring = new Keyring(() -> KeyText.parse("test", "k1:" + "11".repeat(32)));

    try (JdbcControlStore opened =
        JdbcControlStore.open(database, () -> NOW, new PredictionKeys(ring, rows -> {}))) {
      assertThat(opened.predictions().find(List.of(new PredictionId(answer, PredictionId.ALONE))))
          .containsExactly(
              new JudgedPrediction(
                  new KeptPrediction(
                      new PredictionId(answer, PredictionId.ALONE),
                      NOW_AS_KEPT,
                      "diabetes",
                      "1",
                      new KeptPrediction.Route(Routing.Role.STABLE, 1, new RoutingHash(2, 3)),
                      new Predicted.Value(0.5)),
                  new KnownOutcome(new Outcome.Value(0.25), NOW_AS_KEPT)));
    }
  }

  @Test
  void knowsTheVersionOfItsLastMigration() throws Exception {
    StateProperties database = emptyDatabase();

    assertThat(flyway(database).locations(Schema.MIGRATIONS).load().migrate().targetSchemaVersion)
        .isEqualTo(Schema.NEWEST);
  }

  @Test
  void refusesASchemaThatANewerEvenkeelHasMade() throws Exception {
    StateProperties database = emptyDatabase();
    flyway(database).locations(Schema.MIGRATIONS, "classpath:db/newer").load().migrate();

    assertThatThrownBy(() -> open(database))
        .isInstanceOf(ControlStateException.class)
        .hasMessageContaining("schema version 999")
        .hasMessageContaining("newer Evenkeel")
        .hasMessageContaining("restore the backup");
  }

  @Test
  void makesItsTablesBesideThoseOfOthers() throws Exception {
    StateProperties database = emptyDatabase();
    execute(database, "CREATE TABLE other_application (id INT)");

    try (JdbcControlStore opened = open(database)) {
      assertThat(opened.append(0, "{}", draft("first")).number()).isEqualTo(1);
    }
  }

  @Test
  void takesUpMigrationsThatWereKilledHalfway() throws Exception {
    StateProperties database = emptyDatabase();
    execute(
        database,
        "CREATE TABLE evenkeel_head (only_row SMALLINT NOT NULL PRIMARY KEY, "
            + "revision BIGINT NOT NULL, entry BIGINT NOT NULL)",
        "INSERT INTO evenkeel_head VALUES (1, 0, 0)");

    try (JdbcControlStore opened = open(database)) {
      assertThat(opened.append(0, "{}", draft("first")).number()).isEqualTo(1);
    }
  }

  @Test
  void saysWhatIsWrongWhenATableIsGone() throws Exception {
    execute(settings, "DROP TABLE evenkeel_mark");

    assertThatThrownBy(() -> store.mark("digest"))
        .isInstanceOf(ControlStateException.class)
        .hasNoCause()
        .hasMessageContaining("can't be read")
        .hasMessageContainingAll(settings.place(), "SQL state 42");
    assertThatThrownBy(() -> store.append(0, "{}", draft("first"), Map.of("digest", "abc")))
        .isInstanceOf(ControlStateException.class)
        .hasMessageContaining("can't be written");
    assertThat(store.latest()).as("nothing of the change that failed").isNull();
    assertThat(store.journal(JournalQuery.first(1))).isEmpty();
  }
}
