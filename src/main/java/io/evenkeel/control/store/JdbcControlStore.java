package io.evenkeel.control.store;

import com.zaxxer.hikari.HikariDataSource;
import io.evenkeel.control.ControlStateException;
import io.evenkeel.control.ControlStore;
import io.evenkeel.control.JournalDraft;
import io.evenkeel.control.JournalEntry;
import io.evenkeel.control.JournalQuery;
import io.evenkeel.control.Revision;
import io.evenkeel.control.RolloutState;
import io.evenkeel.control.ServerFact;
import io.evenkeel.control.store.Failures.Doing;
import io.evenkeel.monitoring.feedback.PredictionStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** The control state in a database's tables. */
final class JdbcControlStore implements ControlStore {
  private static final Lock ONE_WRITER = new ReentrantLock();

  /** What a server has told is kept so long; one that comes back after that begins anew. */
  static final Duration FACTS_KEPT = Duration.ofDays(30);

  private final HikariDataSource pool;
  private final String schemaVersion;
  private final InstantSource clock;
  private final Failures failures;
  private final boolean writesToFile;
  private final Lock writing;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Head head;
  private final Revisions revisions;
  private final Journal journal;
  private final Rollouts rollouts;
  private final Marks marks;
  private final ServerFacts facts;
  private final JdbcPredictionStore predictions;
  private final JournalTrimming trimming;

  private JdbcControlStore(
      HikariDataSource pool,
      String schemaVersion,
      StateProperties settings,
      Failures failures,
      InstantSource clock,
      PredictionKeys keys) {
    this.pool = pool;
    this.schemaVersion = schemaVersion;
    this.clock = clock;
    this.failures = failures;
    this.writesToFile = settings.database() == Database.H2_FILE;
    this.writing = settings.isShared() ? new ReentrantLock() : ONE_WRITER;
    this.jdbc = JdbcClient.create(pool);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
    this.head = new Head(jdbc);
    this.revisions = new Revisions(jdbc);
    this.journal = new Journal(jdbc);
    this.rollouts = new Rollouts(jdbc);
    this.marks = new Marks(jdbc);
    this.facts = new ServerFacts(jdbc);
    this.predictions = new JdbcPredictionStore(pool, failures, keys);
    this.trimming =
        new JournalTrimming(() -> {
          trimFacts();
          return trimJournal(settings.keepJournal());
        });
  }

  /**
   * Opens the database, and makes the tables that it lacks.
   *
   * @throws ControlStateException if that can't be done
   */
  static JdbcControlStore open(StateProperties settings, InstantSource clock, PredictionKeys keys) {
    Failures failures = new Failures(settings);
    HikariDataSource pool = null;
    try {
      pool = Pool.open(settings);
      String version = Schema.bringUpToDate(pool, settings);
      return new JdbcControlStore(pool, version, settings, failures, clock, keys);
    } catch (SQLException | RuntimeException e) {
      if (pool != null) {
        pool.close();
      }
      throw e instanceof ControlStateException said ? said : failures.of(Doing.OPENING, e);
    }
  }

  /** The version of the tables. */
  String schemaVersion() {
    return schemaVersion;
  }

  /** The predictions in the same database. */
  PredictionStore predictions() {
    return predictions;
  }

  @Override
  public @Nullable Revision latest() {
    List<Revision> newest = revisions(1);
    return newest.isEmpty() ? null : newest.getFirst();
  }

  @Override
  public @Nullable Revision revision(long number) {
    return read(() -> revisions.find(number));
  }

  @Override
  public List<Revision> revisions(int newest) {
    return read(() -> revisions.newest(newest));
  }

  @Override
  public Revision append(
      long expected, String document, JournalDraft entry, Map<String, String> marked) {
    return write(() -> {
      Head.Numbers numbers = head.nextRevision(expected);
      Revision revision = new Revision(numbers.revision(), Moments.now(clock), document);
      revisions.add(revision);
      journal.add(entry.written(numbers.entry(), revision.at(), revision.number()));
      marks.set(marked);
      return revision;
    });
  }

  @Override
  public JournalEntry journal(JournalDraft draft) {
    return write(() -> {
      Head.Numbers numbers = head.nextEntry();
      JournalEntry entry = draft.written(numbers.entry(), Moments.now(clock), numbers.revision());
      journal.add(entry);
      return entry;
    });
  }

  @Override
  public List<JournalEntry> journal(JournalQuery query) {
    return read(() -> journal.find(query));
  }

  @Override
  public void saveRollout(RolloutState state) {
    write(() -> {
      rollouts.save(state);
      return state;
    });
  }

  @Override
  public List<RolloutState> openRollouts() {
    return read(rollouts::open);
  }

  @Override
  public @Nullable RolloutState rollout(String id) {
    return read(() -> rollouts.find(id));
  }

  @Override
  public List<RolloutState> rollouts(String model, int newest) {
    return read(() -> rollouts.newest(model, newest));
  }

  @Override
  public @Nullable String mark(String name) {
    return read(() -> marks.find(name));
  }

  @Override
  public void mark(String name, String value) {
    write(() -> {
      head.hold();
      marks.set(Map.of(name, value));
      return name;
    });
  }

  @Override
  public void tell(ServerFact fact) {
    write(() -> {
      facts.set(fact);
      return fact;
    });
  }

  @Override
  public List<ServerFact> told(String topic) {
    return read(() -> facts.find(topic));
  }

  /** Removes what servers have told that are long gone, and says how much. */
  int trimFacts() {
    return write(() -> facts.removeBefore(Moments.now(clock).minus(FACTS_KEPT)));
  }

  /** Removes the oldest entries of the journal, and says how many. */
  int trimJournal(int keep) {
    return write(() -> journal.trim(keep));
  }

  private <T extends @Nullable Object> T read(Supplier<T> work) {
    try {
      return work.get();
    } catch (DataAccessException | TransactionException e) {
      throw failures.of(Doing.READING, e);
    }
  }

  /**
   * One write at a time. In H2 two transactions that wait for the same row have been seen to get
   * the same numbers, and what one has committed to be there in parts; as its database belongs to
   * one process, a lock of the process mends that. PostgreSQL needs none.
   */
  private <T> T write(Supplier<T> work) {
    writing.lock();
    try {
      T result = transaction.execute(status -> work.get());
      if (writesToFile) {
        // H2 writes what is committed half a second later, and leaves the disk's cache to the
        // system.
        jdbc.sql("CHECKPOINT SYNC").update();
      }
      return result;
    } catch (DataAccessException | TransactionException e) {
      throw failures.of(Doing.WRITING, e);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void close() {
    trimming.close();
    pool.close();
  }
}
