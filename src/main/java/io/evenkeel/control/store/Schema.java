package io.evenkeel.control.store;

import io.evenkeel.control.ControlStateException;
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

  /** Of migrations that were applied by others than us. */
  private static final Set<MigrationState> UNKNOWN =
      EnumSet.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);

  private Schema() {}

  /**
   * Makes the tables, or those that are missing. Of several processes that do so at once, one does
   * it and the others wait.
   *
   * @return the version of the schema
   * @throws ControlStateException if a newer Evenkeel has made the tables
   */
  static String bringUpToDate(DataSource database, String place) {
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
    refuseNewer(found, place);
    if (found.pending().length > 0) {
      flyway.migrate();
      found = flyway.info();
    } else {
      flyway.validate();
    }
    return found.current().getVersion().getVersion();
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
