package io.evenkeel.control.store;

import io.evenkeel.control.ControlStateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

/** The tables of the control state, brought up to date by Flyway. */
final class Schema {
  static final String HISTORY = "evenkeel_schema_history";
  static final String MIGRATIONS = "classpath:db/migration";

  /** The version after the last of our migrations. */
  static final String NEWEST = "6";

  /** Of migrations that were applied by others than us. */
  private static final Set<MigrationState> UNKNOWN =
      EnumSet.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);

  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private Schema() {}

  /**
   * Makes the tables, or those that are missing. Of several processes that do so at once, one does
   * it and the others wait.
   *
   * @return the version of the schema
   * @throws ControlStateException if a newer Evenkeel has made the tables
   * @throws SQLException if the user may make none
   */
  static String bringUpToDate(DataSource database, StateProperties settings) throws SQLException {
    if (isUpToDate(database)) {
      return NEWEST;
    }
    Flyway flyway =
        Flyway.configure(Schema.class.getClassLoader())
            .dataSource(database)
            .locations(MIGRATIONS)
            .table(HISTORY)
            // Others may have tables in the same schema: ours are told by their prefix.
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .load();
    MigrationInfoService found = flyway.info();
    refuseNewer(found, settings.place());
    if (found.current() == null && settings.database() == Database.POSTGRESQL) {
      requireRightToMakeTables(database);
    }
    flyway.migrate();
    return NEWEST;
  }

  /**
   * Whether the history ends with our last migration. Flyway would find the same, for about as much
   * processor time as the rest of the opening takes.
   */
  private static boolean isUpToDate(DataSource database) {
    String last =
        "SELECT \"version\", \"success\" FROM \"" + HISTORY + "\" ORDER BY \"installed_rank\" DESC";
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(last)) {
      return row.next() && NEWEST.equals(row.getString("version")) && row.getBoolean("success");
    } catch (SQLException e) {
      // There is no history yet; if it is something else, Flyway meets it too.
      return false;
    }
  }

  /** Flyway would try for ten seconds to make its first table where the right is missing. */
  private static void requireRightToMakeTables(DataSource database) throws SQLException {
    String right = "SELECT current_schema(), has_schema_privilege(current_schema(), 'CREATE')";
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(right)) {
      if (!row.next() || !row.getBoolean(2)) {
        throw new SQLException(
            "permission denied for schema " + row.getString(1), INSUFFICIENT_PRIVILEGE);
      }
    }
  }

  private static void refuseNewer(MigrationInfoService found, String place) {
    for (MigrationInfo applied : found.applied()) {
      if (UNKNOWN.contains(applied.getState())) {
        throw new ControlStateException(
            "The control state at %s has schema version %s, which a newer Evenkeel has made. "
                    .formatted(place, applied.getVersion())
                + "Start that one, or restore the backup from before it was started");
      }
    }
  }
}
