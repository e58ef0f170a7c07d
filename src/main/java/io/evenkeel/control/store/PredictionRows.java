package io.evenkeel.control.store;

import io.evenkeel.control.store.PredictionBytes.Content;
import io.evenkeel.control.store.PredictionSeals.Place;
import io.evenkeel.keyring.Keyring;
import io.evenkeel.keyring.SealBrokenException;
import io.evenkeel.monitoring.feedback.JudgedPrediction;
import io.evenkeel.monitoring.feedback.KeptPrediction;
import io.evenkeel.monitoring.feedback.KnownOutcome;
import io.evenkeel.monitoring.feedback.Outcome;
import io.evenkeel.monitoring.feedback.PredictionId;
import io.evenkeel.routing.Routing;
import io.evenkeel.routing.RoutingHash;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * A prediction and its outcome as a row. Where there are keys, what they say of a person is sealed
 * into a column; else it is in columns of its own. Both are read, whichever way is written now.
 */
final class PredictionRows {
  private static final String COLUMNS =
      "answer, item, predicted_at, model, version, role, route_revision, key_point, key_hash, "
          + "predicted, row_group, sealed, is_judged, outcome_label, outcome_value, "
          + "outcome_sealed, outcome_at";
  static final String SELECT = "SELECT " + COLUMNS + " FROM evenkeel_prediction ";

  private static final String OF_VERSION =
      SELECT + "WHERE model = :model AND version = :version AND predicted_at >= :since ";

  /**
   * A version's newest. Every column of the index is named in the order, also those that are all
   * the same: else H2 reads and sorts whatever is kept of the version.
   */
  static final String NEWEST =
      OF_VERSION + "ORDER BY model DESC, version DESC, predicted_at DESC LIMIT :limit";

  /** The newest of those whose outcome is known. */
  static final String NEWEST_JUDGED =
      OF_VERSION
          + "AND is_judged = TRUE "
          + "ORDER BY model DESC, version DESC, is_judged DESC, predicted_at DESC LIMIT :limit";

  static final String INSERT =
      "INSERT INTO evenkeel_prediction ("
          + COLUMNS
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, FALSE, NULL, NULL, NULL, NULL)";

  static final String JUDGE =
      "UPDATE evenkeel_prediction SET is_judged = TRUE, outcome_label = :label, "
          + "outcome_value = :value, outcome_sealed = :sealed, outcome_at = :at "
          + "WHERE answer = :answer AND item = :item";

  private final @Nullable PredictionSeals seals;

  /**
   * @param ring null to write in the clear
   */
  PredictionRows(@Nullable Keyring ring) {
    this.seals = ring == null ? null : new PredictionSeals(ring);
  }

  /** Fills in {@link #INSERT}. */
  void fill(PreparedStatement row, KeptPrediction prediction) throws SQLException {
    row.setObject(1, prediction.id().answer());
    row.setInt(2, prediction.id().index());
    row.setObject(3, Moments.written(Moments.kept(prediction.at())));
    row.setString(4, prediction.model());
    row.setString(5, prediction.version());
    row.setString(6, prediction.route().role().name());
    row.setLong(7, prediction.route().revision());
    RoutingHash hash = prediction.route().hash();
    row.setLong(8, seals == null ? hash.point() : 0);
    row.setLong(9, seals == null ? hash.key() : 0);
    row.setString(10, seals == null ? PredictedJson.write(prediction.predicted()) : null);
    row.setString(11, seals == null ? written(prediction.group()) : null);
    row.setBytes(
        12,
        seals == null
            ? null
            : seals.sealPrediction(PredictionBytes.write(prediction), Place.of(prediction)));
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

  /** Fills in {@link #JUDGE}. */
  StatementSpec fill(StatementSpec row, KeptPrediction prediction, KnownOutcome known) {
    Outcome outcome = known.outcome();
    @Nullable String label = outcome instanceof Outcome.Label found ? found.label() : null;
    @Nullable Double value = outcome instanceof Outcome.Value found ? found.value() : null;
    Instant at = Moments.kept(known.at());
    byte[] sealed =
        seals == null
            ? null
            : seals.sealOutcome(PredictionBytes.write(outcome), Place.of(prediction), at);
    return row.param("label", seals == null ? label : null, Types.VARCHAR)
        .param("value", seals == null ? value : null, Types.DOUBLE)
        .param("sealed", sealed, Types.VARBINARY)
        .param("at", Moments.written(at))
        .param("answer", prediction.id().answer())
        .param("item", prediction.id().index());
  }

  /**
   * Reads {@link #SELECT}.
   *
   * @throws UnreadableRowException if its key is missing, or it was changed
   */
  JudgedPrediction read(ResultSet row) throws SQLException, UnreadableRowException {
    try {
      Place place =
          new Place(
              new PredictionId(row.getObject("answer", UUID.class), row.getInt("item")),
              Moments.read(row, "predicted_at"),
              row.getString("model"),
              row.getString("version"));
      byte[] sealed = row.getBytes("sealed");
      Content content =
          sealed == null
              ? plain(row)
              : PredictionBytes.readPrediction(seals().openPrediction(sealed, place));
      KeptPrediction prediction =
          new KeptPrediction(
              place.id(),
              place.at(),
              place.model(),
              place.version(),
              new KeptPrediction.Route(
                  Routing.Role.valueOf(row.getString("role")),
                  row.getLong("route_revision"),
                  content.hash()),
              content.predicted(),
              content.group());
      return new JudgedPrediction(
          prediction, row.getBoolean("is_judged") ? outcome(row, place, sealed != null) : null);
    } catch (SealBrokenException e) {
      throw new UnreadableRowException(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // Whatever it is that somebody has written there; the text of such a failure may quote it.
      throw new UnreadableRowException(
          "what stands there isn't understood (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static Content plain(ResultSet row) throws SQLException, UnreadableRowException {
    String predicted = row.getString("predicted");
    if (predicted == null) {
      throw new UnreadableRowException("what was predicted isn't there");
    }
    return new Content(
        PredictedJson.read(predicted),
        group(row.getString("row_group")),
        new RoutingHash(row.getLong("key_point"), row.getLong("key_hash")));
  }

  private KnownOutcome outcome(ResultSet row, Place place, boolean mustBeSealed)
      throws SQLException, SealBrokenException, UnreadableRowException {
    Instant known = Moments.read(row, "outcome_at");
    byte[] sealed = row.getBytes("outcome_sealed");
    if (sealed != null) {
      return new KnownOutcome(
          PredictionBytes.readOutcome(seals().openOutcome(sealed, place, known)), known);
    }
    if (mustBeSealed) {
      // Who can't open the prediction can't judge it either, so nobody of us has written this.
      throw new UnreadableRowException("the outcome of a sealed prediction isn't sealed");
    }
    String label = row.getString("outcome_label");
    return new KnownOutcome(
        label == null
            ? new Outcome.Value(row.getDouble("outcome_value"))
            : new Outcome.Label(label),
        known);
  }

  private PredictionSeals seals() throws UnreadableRowException {
    if (seals == null) {
      throw new UnreadableRowException(
          "it is sealed, and there are no keys: set `evenkeel.keyring.file`");
    }
    return seals;
  }
}
