package io.evenkeel.control.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.keyring.KeyText;
import io.evenkeel.keyring.Keyring;
import io.evenkeel.monitoring.feedback.JudgedPrediction;
import io.evenkeel.monitoring.feedback.KeptPrediction;
import io.evenkeel.monitoring.feedback.KnownOutcome;
import io.evenkeel.monitoring.feedback.Outcome;
import io.evenkeel.monitoring.feedback.PredictionId;
import io.evenkeel.monitoring.feedback.PredictionStore;
import io.evenkeel.monitoring.quality.Predicted;
import io.evenkeel.routing.Routing;
import io.evenkeel.routing.RoutingHash;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each database must do with predictions where there are keys, beside one without any. */
abstract class SealedPredictionsContract extends PredictionsContract {
  private static final String FIRST = "k1:" + "11".repeat(32);
  private static final String SECOND = "k2:" + "22".repeat(32);
  private static final UUID ANSWER = UUID.fromString("01a20f25-f3e9-7a4f-9847-69c7a05fc855");

  private final AtomicLong unreadable = new AtomicLong();
  private String keys = FIRST;
  private Keyring ring;
  private JdbcControlStore opened;
  private PredictionStore sealed;

  @BeforeEach
  void openTheSameDatabaseWithKeys() {
    ring = new Keyring(() -> KeyText.parse("test", keys));
    opened =
        JdbcControlStore.open(
            settings, InstantSource.fixed(NOW), new PredictionKeys(ring, unreadable::addAndGet));
    sealed = opened.predictions();
  }

  @AfterEach
  void closeTheStoreWithKeys() {
    opened.close();
  }

  private void rotateTo(String text) {
    keys = text;
    ring.refresh();
  }

  static KeptPrediction person(int index, String group, int winner) {
    return new KeptPrediction(
        new PredictionId(ANSWER, index),
        NOW.plusSeconds(index),
        "loan",
        "1",
        new KeptPrediction.Route(Routing.Role.CANARY, 7, new RoutingHash(4_012_345_678L, -5_678)),
        new Predicted.Classes(
            List.of("repaid", "défaut"), new double[] {1 - winner * 0.75, winner * 0.75}, winner),
        new KeptPrediction.Group("employment", group));
  }

  private static KeptPrediction asKept(KeptPrediction prediction) {
    return new KeptPrediction(
        prediction.id(),
        Moments.kept(prediction.at()),
        prediction.model(),
        prediction.version(),
        prediction.route(),
        prediction.predicted(),
        prediction.group());
  }

  private static KnownOutcome known(String label) {
    return new KnownOutcome(new Outcome.Label(label), NOW_AS_KEPT);
  }

  private static void judge(PredictionStore store, KeptPrediction prediction, String label) {
    assertThat(store.judge(Map.of(prediction.id(), known(label)))).hasSize(1);
  }

  private static List<JudgedPrediction> newest(PredictionStore store) {
    return store.newest(
        new PredictionStore.Query("loan", "1", false, NOW_AS_KEPT.minusSeconds(1), 100));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.username(), settings.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Everything that stands in the table, column by column. */
  private List<String> table() throws SQLException {
    List<String> cells = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.username(), settings.password());
        ResultSet rows =
            connection.createStatement().executeQuery("SELECT * FROM evenkeel_prediction")) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          cells.add(
              rows.getObject(i) instanceof byte[] bytes
                  ? new String(bytes, StandardCharsets.UTF_8)
                  : String.valueOf(rows.getString(i)));
        }
      }
    }
    return cells;
  }

  private static final List<String> TOLD =
      List.of("repaid", "faut", "employment", "pensioner", "0.75", "4012345678", "-5678");

  @Test
  void whatIsSaidOfAPersonIsSealed() throws SQLException {
    KeptPrediction prediction = person(3, "pensioner", 1);
    KeptPrediction value =
        new KeptPrediction(
            new PredictionId(ANSWER, 4),
            NOW_AS_KEPT,
            "loan",
            "1",
            prediction.route(),
            new Predicted.Value(0.1 + 0.2));
    KnownOutcome number = new KnownOutcome(new Outcome.Value(-1e-300), NOW_AS_KEPT);

    sealed.add(List.of(prediction, value));
    judge(sealed, prediction, "repaid");
    assertThat(sealed.judge(Map.of(value.id(), number))).hasSize(1);

    for (String cell : table()) {
      assertThat(cell).doesNotContain(TOLD);
    }
    assertThat(sealed.find(List.of(prediction.id(), value.id())))
        .containsExactly(
            new JudgedPrediction(asKept(prediction), known("repaid")),
            new JudgedPrediction(value, number));
    assertThat(unreadable).hasValue(0);

    store.predictions().add(List.of(person(5, "pensioner", 1)));
    assertThat(String.join("\n", table()))
        .as("the same search, of rows in the clear")
        .contains(TOLD);
  }

  /** AES-GCM doesn't hide how long a text was. */
  @Test
  void lengthsTellNobodyApart() throws SQLException {
    sealed.add(List.of(person(1, "own", 0), person(2, "a pensioner for longer", 1)));
    judge(sealed, person(1, "", 0), "repaid");
    judge(sealed, person(2, "", 0), "défaut");

    Set<Integer> lengths = new HashSet<>();
    Set<Integer> outcomes = new HashSet<>();
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.username(), settings.password());
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery("SELECT sealed, outcome_sealed FROM evenkeel_prediction")) {
      while (rows.next()) {
        lengths.add(rows.getBytes(1).length);
        outcomes.add(rows.getBytes(2).length);
      }
    }
    assertThat(lengths).hasSize(1);
    assertThat(outcomes).hasSize(1);
  }

  @Test
  void whatWasKeptInTheClearBeforeIsReadAndJudged() throws SQLException {
    KeptPrediction before = person(1, "own", 1);
    KeptPrediction judged = person(2, "own", 1);
    store.predictions().add(List.of(before, judged));
    judge(store.predictions(), judged, "repaid");

    judge(sealed, before, "défaut");
    KnownOutcome later = new KnownOutcome(new Outcome.Label("défaut"), NOW_AS_KEPT.plusSeconds(9));
    assertThat(sealed.judge(Map.of(judged.id(), later))).containsValue(known("repaid"));

    assertThat(newest(sealed))
        .containsExactly(
            new JudgedPrediction(asKept(judged), later),
            new JudgedPrediction(asKept(before), known("défaut")));
    assertThat(unreadable).hasValue(0);
    execute("DELETE FROM evenkeel_prediction WHERE outcome_label IS NULL");
    assertThat(newest(sealed)).as("new outcomes are sealed all the same").isEmpty();
  }

  @Test
  void aNewKeySealsAndTheOldOnesOpenUntilTheyAreGone() {
    KeptPrediction old = person(1, "own", 1);
    KeptPrediction anew = person(2, "own", 0);
    sealed.add(List.of(old));
    rotateTo(FIRST + "\n" + SECOND);
    sealed.add(List.of(anew));
    judge(sealed, old, "repaid");

    assertThat(newest(sealed))
        .containsExactly(
            new JudgedPrediction(asKept(anew), null),
            new JudgedPrediction(asKept(old), known("repaid")));

    rotateTo(SECOND);

    assertThat(newest(sealed)).containsExactly(new JudgedPrediction(asKept(anew), null));
    assertThat(unreadable).hasValue(1);
    assertThat(sealed.judge(Map.of(old.id(), known("repaid"), anew.id(), known("repaid"))))
        .containsOnlyKeys(anew.id());
    assertThat(sealed.find(List.of(old.id()))).isEmpty();
    assertThat(unreadable).hasValue(3);

    rotateTo(FIRST + "\n" + SECOND);

    assertThat(newest(sealed)).as("once the key is back").hasSize(2);
    assertThat(sealed.trim(NOW_AS_KEPT.plusSeconds(60), 0)).isEqualTo(2);
  }

  @Test
  void withoutKeysWhatIsSealedIsPassedOver() {
    KeptPrediction plain = person(1, "own", 1);
    sealed.add(List.of(person(2, "own", 0)));
    store.predictions().add(List.of(plain));

    assertThat(newest(store.predictions()))
        .containsExactly(new JudgedPrediction(asKept(plain), null));
    assertThat(store.predictions().judge(Map.of(new PredictionId(ANSWER, 2), known("repaid"))))
        .isEmpty();
    assertThat(store.predictions().trim(NOW_AS_KEPT.plusSeconds(60), 0)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sealed = (SELECT sealed FROM evenkeel_prediction WHERE item = 2)",
        "outcome_sealed = (SELECT outcome_sealed FROM evenkeel_prediction WHERE item = 2)",
        "sealed = outcome_sealed",
        "sealed = NULL",
        "sealed = CAST('cut off' AS BYTEA)",
        "item = 9",
        "version = '2'",
        "model = 'loan' || version, version = ''",
        "predicted_at = predicted_at + INTERVAL '1' SECOND",
        "outcome_at = outcome_at + INTERVAL '1' SECOND",
        "outcome_sealed = NULL, outcome_label = 'repaid'",
        "role = 'NONE'"
      })
  void aRowThatWasChangedIsPassedOver(String change) throws SQLException {
    KeptPrediction whole = person(2, "own", 0);
    sealed.add(List.of(person(1, "own", 1), whole));
    judge(sealed, whole, "défaut");
    judge(sealed, person(1, "own", 1), "défaut");

    execute("UPDATE evenkeel_prediction SET " + change + " WHERE item = 1");

    List<JudgedPrediction> found = new ArrayList<>(newest(sealed));
    found.addAll(sealed.newest(new PredictionStore.Query("loan", "2", true, NOW_AS_KEPT, 100)));
    found.addAll(sealed.newest(new PredictionStore.Query("loan1", "", true, NOW_AS_KEPT, 100)));
    assertThat(found).containsExactly(new JudgedPrediction(asKept(whole), known("défaut")));
    assertThat(unreadable).hasValue(1);
    assertThat(sealed.judge(Map.of(person(1, "", 0).id(), known("repaid")))).isEmpty();
  }

  @Test
  void aRowInTheClearThatMakesNoSenseIsPassedOverToo() throws SQLException {
    store.predictions().add(List.of(person(1, "own", 1), person(2, "own", 1)));

    execute("UPDATE evenkeel_prediction SET predicted = '{\"labels\": 1}' WHERE item = 1");

    assertThat(newest(sealed)).hasSize(1);
    assertThat(unreadable).hasValue(1);
  }
}
