package io.evenkeel.control.store;

import io.evenkeel.control.Revision;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of revisions. Rows are added and never changed. */
final class Revisions {
  private final JdbcClient jdbc;

  Revisions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(Revision revision) {
    jdbc.sql(
            "INSERT INTO evenkeel_revision (revision, happened_at, document) VALUES (:number, :at, :document)")
        .param("number", revision.number())
        .param("at", Moments.written(revision.at()))
        .param("document", revision.document())
        .update();
  }

  @Nullable Revision find(long number) {
    return jdbc.sql(
            "SELECT revision, happened_at, document FROM evenkeel_revision WHERE revision = :number")
        .param("number", number)
        .query(Revisions::read)
        .optional()
        .orElse(null);
  }

  List<Revision> newest(int limit) {
    return jdbc.sql(
            "SELECT revision, happened_at, document FROM evenkeel_revision ORDER BY revision DESC LIMIT :limit")
        .param("limit", limit)
        .query(Revisions::read)
        .list();
  }

  private static Revision read(ResultSet row, int index) throws SQLException {
    return new Revision(
        row.getLong("revision"), Moments.read(row, "happened_at"), row.getString("document"));
  }
}
