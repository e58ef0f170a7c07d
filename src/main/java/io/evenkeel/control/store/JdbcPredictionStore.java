package io.evenkeel.control.store;

import io.evenkeel.control.store.Failures.Doing;
import io.evenkeel.monitoring.feedback.JudgedPrediction;
import io.evenkeel.monitoring.feedback.KeptPrediction;
import io.evenkeel.monitoring.feedback.KnownOutcome;
import io.evenkeel.monitoring.feedback.KnownOutcome.Effect;
import io.evenkeel.monitoring.feedback.Outcome;
import io.evenkeel.monitoring.feedback.PredictionId;
import io.evenkeel.monitoring.feedback.PredictionStore;
import io.evenkeel.routing.Routing;
import io.evenkeel.routing.RoutingHash;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The table of predictions. Unlike the control state it isn't synced with each write: of a file, a
 * killed process may lose what came within its last second.
 */
final class JdbcPredictionStore implements PredictionStore {
  private static final String COLUMNS =
      "answer, item, predicted_at, model, version, role, route_revision, key_point, key_hash, "
          + "predicted, row_group, is_judged, outcome_label, outcome_value, outcome_at";
  private static final String SELECT = "SELECT " + COLUMNS + " FROM evenkeel_prediction ";
  private static final String INSERT =
      "INSERT INTO evenkeel_prediction ("
          + COLUMNS
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, FALSE, NULL, NULL, NULL)";
  private static final int BATCH = 500;

  private final JdbcTemplate template;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Failures failures;

  JdbcPredictionStore(DataSource pool, Failures failures) {
    this.template = new JdbcTemplate(pool);
    this.jdbc = JdbcClient.create(template);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
    this.failures = failures;
  }

  @Override
  public void add(List<KeptPrediction> predictions) {
    int ignored =
        write(() ->
            template.batchUpdate(INSERT, predictions, BATCH, JdbcPredictionStore::fill).length);
  }

  private static void fill(PreparedStatement row, KeptPrediction prediction) throws SQLException {
    row.setObject(1, prediction.id().answer());
    row.setInt(2, prediction.id().index());
    row.setObject(3, written(prediction.at()));
    row.setString(4, prediction.model());
    row.setString(5, prediction.version());
    row.setString(6, prediction.route().role().name());
    row.setLong(7, prediction.route().revision());
    row.setLong(8, prediction.route().hash().point());
    row.setLong(9, prediction.route().hash().key());
    row.setString(10, PredictedJson.write(prediction.predicted()));
    row.setString(11, written(prediction.group()));
  }

  /** No feature's name has an equals sign. */
  private static @Nullable String written(KeptPrediction.@Nullable Group group) {
    return group == null ? null : group.attribute() + "=" + group.name();
  }

  private static KeptPrediction.@Nullable Group group(@Nullable String written) {
    if (written == null) {
      return null;
    }
    int end = written.indexOf('=');
    return new KeptPrediction.Group(written.substring(0, end), written.substring(end + 1));
  }

  private static Object written(Instant moment) {
    return Moments.written(moment.truncatedTo(ChronoUnit.MICROS));
  }

  @Override
  public List<JudgedPrediction> find(Collection<PredictionId> ids) {
    return read(() -> {
      List<JudgedPrediction> found = new ArrayList<>();
      for (PredictionId id : ids) {
        JudgedPrediction one = find(id, "");
        if (one != null) {
          found.add(one);
        }
      }
      return found;
    });
  }

  private @Nullable JudgedPrediction find(PredictionId id, String lock) {
    return jdbc.sql(SELECT + "WHERE answer = :answer AND item = :item" + lock)
        .param("answer", id.answer())
        .param("item", id.index())
        .query(JdbcPredictionStore::read)
        .optional()
        .orElse(null);
  }

  @Override
  public Map<PredictionId, @Nullable KnownOutcome> judge(Map<PredictionId, KnownOutcome> outcomes) {
    return write(() -> {
      Map<PredictionId, @Nullable KnownOutcome> befores = new LinkedHashMap<>();
      // Always in the same order, so that two processes don't wait for each other's rows.
      outcomes.entrySet().stream()
          .sorted(
              Comparator.comparing(
                  (Map.Entry<PredictionId, KnownOutcome> entry) -> entry.getKey(),
                  Comparator.comparing(PredictionId::answer).thenComparingInt(PredictionId::index)))
          .forEach(entry -> {
            JudgedPrediction judged = find(entry.getKey(), " FOR UPDATE");
            if (judged != null) {
              KnownOutcome before = judged.outcome();
              Effect effect = entry.getValue().after(before);
              if (effect == Effect.RECORDED || effect == Effect.REPLACED) {
                update(entry.getKey(), entry.getValue());
              }
              befores.put(entry.getKey(), before);
            }
          });
      return befores;
    });
  }

  private void update(PredictionId id, KnownOutcome known) {
    @Nullable String label = known.outcome() instanceof Outcome.Label found ? found.label() : null;
    @Nullable Double value = known.outcome() instanceof Outcome.Value found ? found.value() : null;
    int ignored =
        jdbc.sql(
                "UPDATE evenkeel_prediction SET is_judged = TRUE, outcome_label = :label, "
                    + "outcome_value = :value, outcome_at = :at WHERE answer = :answer AND item = :item")
            .param("label", label, Types.VARCHAR)
            .param("value", value, Types.DOUBLE)
            .param("at", written(known.at()))
            .param("answer", id.answer())
            .param("item", id.index())
            .update();
  }

  @Override
  public List<JudgedPrediction> newest(Query query) {
    return read(() ->
        jdbc.sql(
                SELECT
                    + "WHERE model = :model AND version = :version AND predicted_at >= :since"
                    + (query.judgedOnly() ? " AND is_judged = TRUE" : "")
                    + " ORDER BY predicted_at DESC LIMIT :limit")
            .param("model", query.model())
            .param("version", query.version())
            .param("since", written(query.since()))
            .param("limit", query.limit())
            .query(JdbcPredictionStore::read)
            .list());
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

  private static JudgedPrediction read(ResultSet row, int index) throws SQLException {
    KeptPrediction prediction =
        new KeptPrediction(
            new PredictionId(row.getObject("answer", UUID.class), row.getInt("item")),
            Moments.read(row, "predicted_at"),
            row.getString("model"),
            row.getString("version"),
            new KeptPrediction.Route(
                Routing.Role.valueOf(row.getString("role")),
                row.getLong("route_revision"),
                new RoutingHash(row.getLong("key_point"), row.getLong("key_hash"))),
            PredictedJson.read(row.getString("predicted")),
            group(row.getString("row_group")));
    if (!row.getBoolean("is_judged")) {
      return new JudgedPrediction(prediction, null);
    }
    String label = row.getString("outcome_label");
    Outcome outcome =
        label == null
            ? new Outcome.Value(row.getDouble("outcome_value"))
            : new Outcome.Label(label);
    return new JudgedPrediction(
        prediction, new KnownOutcome(outcome, Moments.read(row, "outcome_at")));
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
