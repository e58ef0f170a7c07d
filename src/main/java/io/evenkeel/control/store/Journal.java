package io.evenkeel.control.store;

import io.evenkeel.control.JournalEntry;
import io.evenkeel.control.JournalQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The journal's table. Entries are added and never changed; the oldest go when there are too many.
 */
final class Journal {
  private static final String COLUMNS =
      "entry, happened_at, who, why, action, model, was, became, revision";

  private final JdbcClient jdbc;

  Journal(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(JournalEntry entry) {
    jdbc.sql(
            "INSERT INTO evenkeel_journal ("
                + COLUMNS
                + ") VALUES (:entry, :at, :who, :why, :action, :model, :was, :became, :revision)")
        .param("entry", entry.id())
        .param("at", Moments.written(entry.at()))
        .param("who", entry.who())
        .param("why", entry.why())
        .param("action", entry.action())
        .param("model", entry.model())
        .param("was", entry.before())
        .param("became", entry.after())
        .param("revision", entry.revision())
        .update();
  }

  List<JournalEntry> find(JournalQuery query) {
    String model = query.model();
    JdbcClient.StatementSpec statement =
        jdbc.sql(
                "SELECT "
                    + COLUMNS
                    + " FROM evenkeel_journal WHERE entry > :after"
                    + (model == null ? "" : " AND model = :model")
                    + " ORDER BY entry LIMIT :limit")
            .param("after", query.after())
            .param("limit", query.limit());
    return (model == null ? statement : statement.param("model", model))
        .query(Journal::read)
        .list();
  }

  /** Removes all but the newest entries. Their numbers have no gaps, so a number says how many. */
  int trim(int keep) {
    return jdbc.sql(
            "DELETE FROM evenkeel_journal WHERE entry <= (SELECT entry FROM evenkeel_head) - :keep")
        .param("keep", keep)
        .update();
  }

  private static JournalEntry read(ResultSet row, int index) throws SQLException {
    return new JournalEntry(
        row.getLong("entry"),
        Moments.read(row, "happened_at"),
        row.getString("who"),
        row.getString("why"),
        row.getString("action"),
        row.getString("model"),
        row.getString("was"),
        row.getString("became"),
        row.getLong("revision"));
  }
}
