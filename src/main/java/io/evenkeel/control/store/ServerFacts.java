package io.evenkeel.control.store;

import io.evenkeel.control.ServerFact;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of what each server knows for itself. */
final class ServerFacts {
  private final JdbcClient jdbc;

  ServerFacts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Only one process tells a server's facts; should two have the same name, one may fail here and
   * tells it the next time.
   */
  void set(ServerFact fact) {
    if (with(
            fact,
            "UPDATE evenkeel_server_fact SET told_at = :at, document = :document "
                + "WHERE topic = :topic AND server = :server")
        == 0) {
      with(
          fact,
          "INSERT INTO evenkeel_server_fact (topic, server, told_at, document) "
              + "VALUES (:topic, :server, :at, :document)");
    }
  }

  private int with(ServerFact fact, String sql) {
    return jdbc.sql(sql)
        .param("topic", fact.topic())
        .param("server", fact.server())
        .param("at", Moments.written(fact.at()))
        .param("document", fact.document())
        .update();
  }

  List<ServerFact> find(String topic) {
    return jdbc.sql(
            "SELECT topic, server, told_at, document FROM evenkeel_server_fact "
                + "WHERE topic = :topic ORDER BY server")
        .param("topic", topic)
        .query(ServerFacts::read)
        .list();
  }

  int removeBefore(Instant moment) {
    return jdbc.sql("DELETE FROM evenkeel_server_fact WHERE told_at < :moment")
        .param("moment", Moments.written(moment))
        .update();
  }

  private static ServerFact read(ResultSet row, int index) throws SQLException {
    return new ServerFact(
        row.getString("topic"),
        row.getString("server"),
        Moments.read(row, "told_at"),
        row.getString("document"));
  }
}
