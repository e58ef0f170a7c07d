package io.evenkeel.control.store;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the control state is kept.
 *
 * @param url the database of the control state: an H2 file, relative to where the service starts,
 *     or a PostgreSQL (jdbc:postgresql:), or memory (jdbc:h2:mem:), which is lost at the end
 * @param username the user of that database
 * @param password the password of that user
 * @param keepJournal how many entries of the journal are kept; the oldest go first
 */
@ConfigurationProperties("evenkeel.state")
public record StateProperties(
    @DefaultValue("jdbc:h2:file:./state/evenkeel") String url,
    @DefaultValue("evenkeel") String username,
    @DefaultValue("") String password,
    @DefaultValue("100000") int keepJournal) {
  public StateProperties {
    Database.of(url);
    if (keepJournal < 1) {
      throw new IllegalArgumentException(
          "`evenkeel.state.keep-journal` is 1 or more, not " + keepJournal);
    }
  }

  Database database() {
    return Database.of(url);
  }

  /** Whether several processes may use it at once. */
  public boolean isShared() {
    return database() == Database.POSTGRESQL;
  }

  /** The database's address without anything that may be a secret. */
  String place() {
    return Database.place(url);
  }

  /** Says no secret, whoever logs it. */
  @Override
  public String toString() {
    return "StateProperties[" + place() + ", keepJournal=" + keepJournal + "]";
  }
}
