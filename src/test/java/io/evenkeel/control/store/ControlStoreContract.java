package io.evenkeel.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.control.JournalDraft;
import io.evenkeel.control.JournalEntry;
import io.evenkeel.control.JournalQuery;
import io.evenkeel.control.Revision;
import io.evenkeel.control.RolloutState;
import io.evenkeel.control.ServerFact;
import io.evenkeel.control.StaleRevisionException;
import io.evenkeel.control.StaleRolloutException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each database must do. */
abstract class ControlStoreContract {
  static final Instant NOW = Instant.parse("2026-03-29T01:30:00.123456789Z");
  static final Instant NOW_AS_KEPT = Instant.parse("2026-03-29T01:30:00.123456Z");

  StateProperties settings;
  JdbcControlStore store;

  /** A database that nobody has used yet. */
  abstract StateProperties emptyDatabase() throws Exception;

  @BeforeEach
  void openAnEmptyStore() throws Exception {
    settings = emptyDatabase();
    store = open();
  }

  @AfterEach
  void closeTheStore() {
    store.close();
  }

  JdbcControlStore open() {
    return JdbcControlStore.open(settings, InstantSource.fixed(NOW), PredictionKeys.none());
  }

  static JournalDraft draft(String action) {
    return new JournalDraft("ann", "a reason", action, "loan", "{\"a\":1}", "{\"a\":2}");
  }

  static RolloutState rollout(String id, long counter) {
    return new RolloutState(id, "loan", true, counter, "host-1", NOW, "{\"step\":" + counter + "}");
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(store.latest()).isNull();
    assertThat(store.revision(1)).isNull();
    assertThat(store.revisions(10)).isEmpty();
    assertThat(store.journal(JournalQuery.first(10))).isEmpty();
    assertThat(store.openRollouts()).isEmpty();
    assertThat(store.rollout("r")).isNull();
    assertThat(store.mark("digest")).isNull();
  }

  @Test
  void keepsRevisionsWithTheirEntries() {
    Revision first = store.append(0, "{\"n\":1}", draft("first"));
    Revision second = store.append(1, "{\"n\":2}", draft("second"), Map.of("digest", "abc"));

    assertThat(first).isEqualTo(new Revision(1, NOW_AS_KEPT, "{\"n\":1}"));
    assertThat(store.latest()).isEqualTo(second).isEqualTo(store.revision(2));
    assertThat(store.revisions(10)).containsExactly(second, first);
    assertThat(store.revisions(1)).containsExactly(second);
    assertThat(store.mark("digest")).isEqualTo("abc");
    assertThat(store.journal(JournalQuery.first(10)))
        .containsExactly(
            draft("first").written(1, NOW_AS_KEPT, 1), draft("second").written(2, NOW_AS_KEPT, 2));
  }

  @Test
  void refusesAChangeOfAnotherRevisionAndKeepsNothingOfIt() {
    store.append(0, "{}", draft("first"));

    for (long expected : new long[] {0, 2}) {
      assertThatThrownBy(
              () -> store.append(expected, "{}", draft("late"), Map.of("digest", "late")))
          .isInstanceOfSatisfying(
              StaleRevisionException.class,
              stale -> {
                assertThat(stale.expected()).isEqualTo(expected);
                assertThat(stale.latest()).isEqualTo(1);
              });
    }

    assertThat(store.revisions(10)).hasSize(1);
    assertThat(store.journal(JournalQuery.first(10))).hasSize(1);
    assertThat(store.mark("digest")).isNull();
  }

  @Test
  void writesEventsWithTheRevisionInForce() {
    JournalDraft event = new JournalDraft("guard", "", "rollout-paused", null, null, null);

    JournalEntry before = store.journal(event);
    store.append(0, "{}", draft("first"));
    JournalEntry after = store.journal(event);

    assertThat(before).isEqualTo(event.written(1, NOW_AS_KEPT, 0));
    assertThat(after).isEqualTo(event.written(3, NOW_AS_KEPT, 1));
    assertThat(store.journal(JournalQuery.first(10))).contains(before, after).hasSize(3);
  }

  @Test
  void findsEntriesByModelAndPage() {
    for (int i = 1; i <= 6; i++) {
      store.journal(new JournalDraft("ann", "", "a" + i, i % 2 == 0 ? "even" : "odd", null, null));
    }

    assertThat(store.journal(new JournalQuery("even", 0, 2)))
        .extracting(JournalEntry::id)
        .containsExactly(2L, 4L);
    assertThat(store.journal(new JournalQuery("even", 4, 2)))
        .extracting(JournalEntry::id)
        .containsExactly(6L);
    assertThat(store.journal(new JournalQuery(null, 3, 2)))
        .extracting(JournalEntry::id)
        .containsExactly(4L, 5L);
    assertThat(store.journal(new JournalQuery("unknown", 0, 2))).isEmpty();
  }

  @Test
  void trimsTheOldestEntries() {
    for (int i = 1; i <= 10; i++) {
      store.journal(draft("a" + i));
    }

    assertThat(store.trimJournal(20)).isZero();
    assertThat(store.trimJournal(3)).isEqualTo(7);
    JournalEntry next = store.journal(draft("next"));

    assertThat(next.id()).isEqualTo(11);
    assertThat(store.journal(JournalQuery.first(10)))
        .extracting(JournalEntry::id)
        .containsExactly(8L, 9L, 10L, 11L);
  }

  @Test
  void keepsRolloutsAsTheyWereSavedLast() {
    store.saveRollout(rollout("r2", 1));
    store.saveRollout(rollout("r1", 1));
    store.saveRollout(rollout("r2", 2));
    RolloutState closed =
        new RolloutState("r1", "loan", false, 2, "host-2", NOW.plusSeconds(5), "{}");
    store.saveRollout(closed);
    store.saveRollout(new RolloutState("other", "iris", true, 1, "host-1", NOW, "{}"));

    assertThat(store.rollout("r2")).isEqualTo(rollout("r2", 2));
    assertThat(store.rollout("r1")).isEqualTo(closed);
    assertThat(store.openRollouts()).extracting(RolloutState::id).containsExactly("r2", "other");
    assertThat(store.rollouts("loan", 10)).containsExactly(closed, rollout("r2", 2));
    assertThat(store.rollouts("loan", 1)).containsExactly(closed);
  }

  @Test
  void refusesARolloutThatSomebodyElseHasSaved() {
    store.saveRollout(rollout("r", 1));
    store.saveRollout(rollout("r", 2));

    for (long counter : new long[] {1, 2, 4}) {
      assertThatThrownBy(() -> store.saveRollout(rollout("r", counter)))
          .isInstanceOf(StaleRolloutException.class)
          .hasMessageContaining("`r`");
    }
    assertThatThrownBy(() -> store.saveRollout(rollout("unknown", 2)))
        .isInstanceOf(StaleRolloutException.class);
    assertThat(store.rollout("r")).isEqualTo(rollout("r", 2));
  }

  @Test
  void replacesMarks() {
    store.mark("digest", "one");
    store.mark("other", "x");
    store.mark("digest", "two");

    assertThat(store.mark("digest")).isEqualTo("two");
    assertThat(store.mark("other")).isEqualTo("x");
  }

  @Test
  void keepsWhatEachServerHasToldLast() {
    ServerFact other =
        new ServerFact("drift/m/1", "b", NOW.minusSeconds(60), "ß".repeat(1_000_000));
    ServerFact last = new ServerFact("drift/m/1", "a", NOW.plusSeconds(1), "later");
    store.tell(other);
    store.tell(new ServerFact("drift/m/1", "a", NOW, "earlier"));
    store.tell(last);
    store.tell(new ServerFact("drift/m/2", "a", NOW, "another topic"));

    assertThat(store.told("drift/m/1")).containsExactly(last, other);
    assertThat(store.told("unknown")).isEmpty();
  }

  @Test
  void forgetsWhatServersHaveToldThatAreLongGone() {
    Instant before = NOW.minus(JdbcControlStore.FACTS_KEPT);
    ServerFact kept = new ServerFact("t", "kept", before, "x");
    store.tell(kept);
    store.tell(new ServerFact("t", "gone", before.minusSeconds(1), "x"));

    assertThat(store.trimFacts()).isEqualTo(1);
    assertThat(store.told("t")).containsExactly(kept);
  }

  @Test
  void keepsLongAndForeignTexts() {
    String foreign = "Größe 漢字 \uD83D\uDE80 'quoted' \\ \" ; -- \n\t";
    String longest = "ß".repeat(1_000_000);
    JournalDraft entry =
        new JournalDraft(
            foreign, foreign, foreign, foreign, longest, "\uD83D\uDE80".repeat(500_000));

    Revision revision = store.append(0, longest, entry, Map.of(foreign, foreign));

    assertThat(store.latest()).isEqualTo(revision);
    assertThat(store.mark(foreign)).isEqualTo(foreign);
    assertThat(store.journal(new JournalQuery(foreign, 0, 1)))
        .isEqualTo(List.of(entry.written(1, NOW_AS_KEPT, 1)));
  }
}
