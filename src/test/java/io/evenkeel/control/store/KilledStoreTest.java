package io.evenkeel.control.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.control.JournalEntry;
import io.evenkeel.control.JournalQuery;
import io.evenkeel.control.Revision;
import io.evenkeel.control.ServerFact;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code kill -9} leaves of a store in a file. */
@Timeout(300)
class KilledStoreTest {
  private static final int ROUNDS = 4;
  private static final int MOST_LINES = 150;
  private static final int MOST = 100_000;

  @TempDir Path folder;

  @Test
  void losesNothingThatItHasSaidIsWritten() throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("evenkeel");
    Random chance = new Random(7);
    long said = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      long saidBefore = said;
      said = saidUntilKilled(StoreProcess.appending(url), chance.nextInt(MOST_LINES) + 1, said);

      assertThat(said).as("round %d got to write", round).isGreaterThan(saidBefore);
      said = assertAllIsThere(url, said);
    }
  }

  /** Nothing is waited for: some are killed while they make the tables, or recover the file. */
  @Test
  void canBeKilledWhileItIsOpened() throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("evenkeel");
    Random chance = new Random(8);
    for (int round = 1; round <= ROUNDS; round++) {
      try (StoreProcess writer = StoreProcess.appending(url)) {
        writer.awaitEnd(300 + chance.nextInt(900));
      }
    }
    assertAllIsThere(url, 0);
  }

  @Test
  void keepsWhatAServerToldWholeWhenItIsKilledWhileItTells() throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("evenkeel");
    Random chance = new Random(9);
    long said = 0;
    for (int round = 1; round <= ROUNDS / 2; round++) {
      said = saidUntilKilled(StoreProcess.telling(url), chance.nextInt(20) + 1, said);

      StateProperties settings = new StateProperties(url, "evenkeel", "", MOST);
      try (JdbcControlStore store =
          JdbcControlStore.open(settings, InstantSource.system(), PredictionKeys.none())) {
        ServerFact fact = store.told("t").getFirst();
        long kept = StoreProcess.number(fact);
        assertThat(kept).isGreaterThanOrEqualTo(said);
        assertThat(fact.document()).isEqualTo((kept + " ").repeat(40_000));
        said = kept;
      }
    }
  }

  private static long saidUntilKilled(StoreProcess process, int lines, long last)
      throws IOException {
    long said = last;
    try (StoreProcess writer = process) {
      for (int i = 0; i < lines; i++) {
        said = numberIn(writer.next());
      }
      writer.kill();
      for (String rest = writer.next(); rest != null; rest = writer.next()) {
        said = numberIn(rest);
      }
    }
    return said;
  }

  private static long numberIn(@Nullable String line) {
    String said = Objects.requireNonNull(line, "it has ended by itself");
    return Long.parseLong(said.substring(said.indexOf(' ') + 1));
  }

  /**
   * The number of the latest revision: of the last one the process may have had no time to tell.
   */
  private static long assertAllIsThere(String url, long said) {
    StateProperties settings = new StateProperties(url, "evenkeel", "", MOST);
    try (JdbcControlStore store =
        JdbcControlStore.open(settings, InstantSource.system(), PredictionKeys.none())) {
      List<Revision> revisions = store.revisions(MOST);
      long latest = revisions.isEmpty() ? 0 : revisions.getFirst().number();
      List<Long> numbers = LongStream.rangeClosed(1, latest).boxed().toList();

      assertThat(latest).isGreaterThanOrEqualTo(said);
      assertThat(revisions.reversed())
          .extracting(Revision::number)
          .containsExactlyElementsOf(numbers);
      assertThat(revisions)
          .allSatisfy(revision ->
              assertThat(revision.document())
                  .startsWith("{\"number\":" + revision.number() + ",")
                  .endsWith("x\"}"));
      assertThat(store.journal(JournalQuery.first(MOST)))
          .extracting(JournalEntry::revision)
          .containsExactlyElementsOf(numbers);
      assertThat(store.mark("last")).isEqualTo(latest == 0 ? null : Long.toString(latest));
      return latest;
    }
  }
}
