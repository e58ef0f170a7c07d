package io.evenkeel.control.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** The connections to the database: few, because changes come one after another anyway. */
final class Pool {
  private static final int CONNECTIONS = 4;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private Pool() {}

  /** Connects, and fails at once where that can't be done. */
  static HikariDataSource open(StateProperties settings) throws SQLException {
    HikariConfig config = configuration(settings);
    Properties properties = new Properties();
    properties.putAll(config.getDataSourceProperties());
    properties.setProperty("user", settings.username());
    properties.setProperty("password", settings.password());
    // The pool would log the driver's failure, with its trace, before it throws it. The connection
    // is kept until the pool
    // has one: H2 closes the database with the last.
    Connection first = DriverManager.getConnection(config.getJdbcUrl(), properties);
    try {
      return new HikariDataSource(config);
    } finally {
      first.close();
    }
  }

  private static HikariConfig configuration(StateProperties settings) {
    Database database = settings.database();
    HikariConfig config = new HikariConfig();
    config.setPoolName("control-state");
    config.setJdbcUrl(database.completed(settings.url()));
    config.setUsername(settings.username());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(LONGEST_WAIT.toMillis());
    // Whoever waited for the head sees what the one before has left; the server's default may
    // differ.
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    if (database == Database.POSTGRESQL) {
      // Where the URL doesn't say otherwise: a server that has gone away is noticed.
      config.addDataSourceProperty("ApplicationName", "evenkeel");
      config.addDataSourceProperty("connectTimeout", "5");
      config.addDataSourceProperty("socketTimeout", "30");
    } else {
      // H2 closes the database with the last connection: there must always be one.
      config.setMaxLifetime(0);
    }
    return config;
  }
}
