package io.evenkeel.control.store;

import io.evenkeel.control.RolloutState;
import io.evenkeel.control.StaleRolloutException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of rollouts, of which each is saved over and over. */
final class Rollouts {
  private static final String SELECT =
      "SELECT id, model, is_open, counter, owner, heartbeat, document FROM evenkeel_rollout ";

  private final JdbcClient jdbc;

  Rollouts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void save(RolloutState state) {
    boolean isSaved = state.counter() == 1 ? isAdded(state) : isReplaced(state);
    if (!isSaved) {
      throw new StaleRolloutException(state.id(), state.counter());
    }
  }

  private boolean isAdded(RolloutState state) {
    try {
      return with(
                  state,
                  "INSERT INTO evenkeel_rollout (id, model, is_open, counter, owner, heartbeat, document) "
                      + "VALUES (:id, :model, :open, :counter, :owner, :heartbeat, :document)")
              .update()
          == 1;
    } catch (DuplicateKeyException e) {
      return false;
    }
  }

  private boolean isReplaced(RolloutState state) {
    return with(
                state,
                "UPDATE evenkeel_rollout SET is_open = :open, counter = :counter, owner = :owner, "
                    + "heartbeat = :heartbeat, document = :document "
                    + "WHERE id = :id AND model = :model AND counter = :counter - 1")
            .update()
        == 1;
  }

  private JdbcClient.StatementSpec with(RolloutState state, String sql) {
    return jdbc.sql(sql)
        .param("id", state.id())
        .param("model", state.model())
        .param("open", state.open())
        .param("counter", state.counter())
        .param("owner", state.owner())
        .param("heartbeat", Moments.written(state.heartbeat()))
        .param("document", state.document());
  }

  @Nullable RolloutState find(String id) {
    return jdbc.sql(SELECT + "WHERE id = :id")
        .param("id", id)
        .query(Rollouts::read)
        .optional()
        .orElse(null);
  }

  List<RolloutState> open() {
    return jdbc.sql(SELECT + "WHERE is_open = TRUE ORDER BY ordinal").query(Rollouts::read).list();
  }

  List<RolloutState> newest(String model, int limit) {
    return jdbc.sql(SELECT + "WHERE model = :model ORDER BY ordinal DESC LIMIT :limit")
        .param("model", model)
        .param("limit", limit)
        .query(Rollouts::read)
        .list();
  }

  private static RolloutState read(ResultSet row, int index) throws SQLException {
    return new RolloutState(
        row.getString("id"),
        row.getString("model"),
        row.getBoolean("is_open"),
        row.getLong("counter"),
        row.getString("owner"),
        Moments.read(row, "heartbeat"),
        row.getString("document"));
  }
}
