package io.evenkeel.control.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Moments as both databases keep them: in whole microseconds, written as UTC. */
final class Moments {
  private Moments() {}

  static Instant now(InstantSource clock) {
    return kept(clock.instant());
  }

  /** As it will be read. */
  static Instant kept(Instant moment) {
    return moment.truncatedTo(ChronoUnit.MICROS);
  }

  static OffsetDateTime written(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }

  static Instant read(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
