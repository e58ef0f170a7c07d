package io.evenkeel.control.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.control.JournalEntry;
import io.evenkeel.control.JournalQuery;
import io.evenkeel.control.Revision;
import io.evenkeel.control.StaleRevisionException;
import io.evenkeel.control.StaleRolloutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each database must do while many write at once, through two stores as two replicas do. */
abstract class CrowdedStoreContract extends SealedPredictionsContract {
  private static final int WRITERS = 8;
  private static final int ROUNDS = 25;

  private JdbcControlStore replica;

  @BeforeEach
  void openAReplica() {
    replica = open();
  }

  @AfterEach
  void closeTheReplica() {
    replica.close();
  }

  private JdbcControlStore storeOf(int writer) {
    return writer % 2 == 0 ? store : replica;
  }

  @Test
  void letsOneOfManyWritersWinEachRevision() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      long expected = round;
      List<Boolean> wins =
          Crowd.ask(WRITERS, writer -> appends(storeOf(writer), expected, "writer-" + writer));

      assertThat(wins).as("round %d", round).containsOnlyOnce(true);
    }
    assertNumbersHaveNoGaps(ROUNDS);
  }

  @Test
  void losesNoChangeOfWritersWhoTryAgain() throws Exception {
    Crowd.ask(
        WRITERS,
        writer -> {
          for (int done = 0; done < ROUNDS; ) {
            Revision latest = storeOf(writer).latest();
            long expected = latest == null ? 0 : latest.number();
            done += appends(storeOf(writer), expected, "writer-" + writer) ? 1 : 0;
          }
          return writer;
        });

    assertNumbersHaveNoGaps(WRITERS * ROUNDS);
    List<JournalEntry> entries = store.journal(JournalQuery.first(WRITERS * ROUNDS));
    for (int writer = 0; writer < WRITERS; writer++) {
      String action = "writer-" + writer;
      assertThat(entries).filteredOn(entry -> entry.action().equals(action)).hasSize(ROUNDS);
    }
  }

  private static boolean appends(JdbcControlStore store, long expected, String writer) {
    try {
      assertThat(store.append(expected, "\"" + writer + "\"", draft(writer)).number())
          .isEqualTo(expected + 1);
      return true;
    } catch (StaleRevisionException e) {
      assertThat(e.latest()).isGreaterThan(expected);
      return false;
    }
  }

  private void assertNumbersHaveNoGaps(int size) {
    List<Revision> revisions = store.revisions(size + 1).reversed();
    assertThat(revisions)
        .extracting(Revision::number)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, size).boxed().toList());
    List<JournalEntry> entries = replica.journal(JournalQuery.first(size + 1));
    assertThat(entries).hasSize(size);
    for (int i = 0; i < size; i++) {
      assertThat(entries.get(i).id()).isEqualTo(i + 1);
      assertThat(entries.get(i).revision()).isEqualTo(i + 1);
      assertThat(revisions.get(i).document()).isEqualTo("\"" + entries.get(i).action() + "\"");
    }
  }

  @Test
  void showsEntriesInTheirOrderToAReaderWhoGoesOnFromTheLast() throws Exception {
    AtomicInteger writing = new AtomicInteger(WRITERS);

    List<List<Long>> seen =
        Crowd.ask(
            WRITERS + 1,
            member -> {
              if (member == WRITERS) {
                return follow(writing);
              }
              for (int i = 0; i < ROUNDS; i++) {
                storeOf(member).journal(draft("event"));
              }
              writing.decrementAndGet();
              return List.of();
            });

    assertThat(seen.getLast())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, WRITERS * ROUNDS).boxed().toList());
  }

  /** The numbers that a reader sees who asks for what came after the last. */
  private List<Long> follow(AtomicInteger writing) {
    List<Long> seen = new ArrayList<>();
    boolean isOver;
    do {
      isOver = writing.get() == 0;
      long last = seen.isEmpty() ? 0 : seen.getLast();
      store.journal(new JournalQuery(null, last, 1000)).forEach(entry -> seen.add(entry.id()));
    } while (!isOver);
    return seen;
  }

  @Test
  void letsOneOfManyOwnersCarryARolloutOn() throws Exception {
    for (int round = 1; round <= ROUNDS; round++) {
      long counter = round;
      List<Boolean> wins = Crowd.ask(WRITERS, writer -> saves(storeOf(writer), counter));

      assertThat(wins).as("round %d", round).containsOnlyOnce(true);
    }
    assertThat(store.rollout("r")).isEqualTo(rollout("r", ROUNDS));
  }

  private static boolean saves(JdbcControlStore store, long counter) {
    try {
      store.saveRollout(rollout("r", counter));
      return true;
    } catch (StaleRolloutException e) {
      return false;
    }
  }

  @Test
  void marksAtTheSameTimeWithoutFailing() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String name = "mark-" + round;
      Crowd.ask(
          WRITERS,
          writer -> {
            storeOf(writer).mark(name, "writer-" + writer);
            return writer;
          });

      assertThat(store.mark(name)).startsWith("writer-");
    }
  }
}
