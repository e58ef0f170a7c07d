package io.evenkeel.control.store;

import io.evenkeel.control.store.Failures.Doing;
import io.evenkeel.monitoring.feedback.JudgedPrediction;
import io.evenkeel.monitoring.feedback.KeptPrediction;
import io.evenkeel.monitoring.feedback.KnownOutcome;
import io.evenkeel.monitoring.feedback.KnownOutcome.Effect;
import io.evenkeel.monitoring.feedback.PredictionId;
import io.evenkeel.monitoring.feedback.PredictionStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The table of predictions. Unlike the control state it isn't synced with each write: of a file, a
 * killed process may lose what came within its last second.
 */
final class JdbcPredictionStore implements PredictionStore {
  private static final int BATCH = 500;

  private final JdbcTemplate template;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Failures failures;
  private final PredictionRows rows;
  private final UnreadableRows unreadable;

  JdbcPredictionStore(DataSource pool, Failures failures, PredictionKeys keys) {
    this.template = new JdbcTemplate(pool);
    this.jdbc = JdbcClient.create(template);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
    this.failures = failures;
    this.rows = new PredictionRows(keys.ring());
    this.unreadable = new UnreadableRows(keys.unreadable());
  }

  @Override
  public void add(List<KeptPrediction> predictions) {
    int ignored =
        write(() ->
            template.batchUpdate(PredictionRows.INSERT, predictions, BATCH, rows::fill).length);
  }

  private static Object written(Instant moment) {
    return Moments.written(Moments.kept(moment));
  }

  /** One look at the table. */
  private final class Look {
    private final List<JudgedPrediction> found = new ArrayList<>();
    private int unreadableRows;
    private String why = "";

    void take(ResultSet row) throws SQLException {
      try {
        found.add(rows.read(row));
      } catch (UnreadableRowException e) {
        unreadableRows++;
        why = String.valueOf(e.getMessage());
      }
    }

    /** Null where there is none, or it can't be read. */
    @Nullable JudgedPrediction find(PredictionId id, String lock) {
      int before = found.size();
      RowCallbackHandler taker = this::take;
      jdbc.sql(PredictionRows.SELECT + "WHERE answer = :answer AND item = :item" + lock)
          .param("answer", id.answer())
          .param("item", id.index())
          .query(taker);
      return found.size() > before ? found.getLast() : null;
    }

    List<JudgedPrediction> ended() {
      unreadable.met(unreadableRows, why);
      return found;
    }
  }

  @Override
  public List<JudgedPrediction> find(Collection<PredictionId> ids) {
    return read(() -> {
      Look look = new Look();
      for (PredictionId id : ids) {
        JudgedPrediction ignored = look.find(id, "");
      }
      return look.ended();
    });
  }

  @Override
  public Map<PredictionId, @Nullable KnownOutcome> judge(Map<PredictionId, KnownOutcome> outcomes) {
    return write(() -> {
      Map<PredictionId, @Nullable KnownOutcome> befores = new LinkedHashMap<>();
      Look look = new Look();
      // Always in the same order, so that two processes don't wait for each other's rows.
      outcomes.entrySet().stream()
          .sorted(
              Comparator.comparing(
                  (Map.Entry<PredictionId, KnownOutcome> entry) -> entry.getKey(),
                  Comparator.comparing(PredictionId::answer).thenComparingInt(PredictionId::index)))
          .forEach(entry -> {
            JudgedPrediction judged = look.find(entry.getKey(), " FOR UPDATE");
            if (judged != null) {
              KnownOutcome before = judged.outcome();
              Effect effect = entry.getValue().after(before);
              if (effect == Effect.RECORDED || effect == Effect.REPLACED) {
                int ignored =
                    rows.fill(jdbc.sql(PredictionRows.JUDGE), judged.prediction(), entry.getValue())
                        .update();
              }
              befores.put(entry.getKey(), before);
            }
          });
      List<JudgedPrediction> ignored = look.ended();
      return befores;
    });
  }

  @Override
  public List<JudgedPrediction> newest(Query query) {
    return read(() -> {
      Look look = new Look();
      RowCallbackHandler taker = look::take;
      jdbc.sql(query.judgedOnly() ? PredictionRows.NEWEST_JUDGED : PredictionRows.NEWEST)
          .param("model", query.model())
          .param("version", query.version())
          .param("since", written(query.since()))
          .param("limit", query.limit())
          .query(taker);
      return look.ended();
    });
  }

  @Override
  public int trim(Instant before, long keep) {
    return write(() ->
        jdbc.sql("DELETE FROM evenkeel_prediction WHERE predicted_at < :before")
                .param("before", written(before))
                .update()
            + jdbc.sql(
                    "DELETE FROM evenkeel_prediction WHERE predicted_at <= (SELECT predicted_at "
                        + "FROM evenkeel_prediction ORDER BY predicted_at DESC LIMIT 1 OFFSET :keep)")
                .param("keep", keep)
                .update());
  }

  private <T> T read(Supplier<T> work) {
    try {
      return work.get();
    } catch (DataAccessException | TransactionException e) {
      throw failures.of(Doing.READING, e);
    }
  }

  private <T> T write(Supplier<T> work) {
    try {
      return transaction.execute(status -> work.get());
    } catch (DataAccessException | TransactionException e) {
      throw failures.of(Doing.WRITING, e);
    }
  }
}
