package io.evenkeel.control;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the service remembers beyond its end: the revisions of the routes, the journal, rollouts,
 * small facts, and what each server knows for itself. What a method has written is there when it
 * returns, also after {@code kill -9}.
 *
 * <p>Safe for use by many threads and, if the database is shared, by many processes. Calls block:
 * none belongs on a request's thread. Each throws {@link ControlStateException} if the database
 * can't do it. Where the connection breaks during a write, nobody knows whether it was done: read
 * before trying again.
 */
public interface ControlStore extends AutoCloseable {
  /** The revision that is in force, or null if there is none yet. */
  @Nullable Revision latest();

  /** The revision of that number, or null if there is none. */
  @Nullable Revision revision(long number);

  /** So many revisions at most, the newest first. */
  List<Revision> revisions(int newest);

  /** The same as {@link #append(long, String, JournalDraft, Map)} without marks. */
  default Revision append(long expected, String document, JournalDraft entry) {
    return append(expected, document, entry, Map.of());
  }

  /**
   * Makes the document the latest revision, and writes the journal's entry and the marks: all of
   * it, or nothing.
   *
   * @param expected the number of the revision that the change was made for; 0 for the first
   * @param document the routes as JSON, at most 1,000,000 characters
   * @throws StaleRevisionException if the latest revision is another
   */
  Revision append(long expected, String document, JournalDraft entry, Map<String, String> marks);

  /** Writes an entry that comes with no change of the routes. */
  JournalEntry journal(JournalDraft entry);

  /** The entries asked for, the oldest first. */
  List<JournalEntry> journal(JournalQuery query);

  /**
   * Saves a rollout: a new one with counter 1, a known one with the counter that follows its last.
   *
   * @throws StaleRolloutException if the kept counter isn't the one before
   */
  void saveRollout(RolloutState state);

  /** The rollouts that still go on, the oldest first. */
  List<RolloutState> openRollouts();

  /** The rollout of that id, or null if there is none. */
  @Nullable RolloutState rollout(String id);

  /** So many rollouts of a model at most, the one that was begun last first. */
  List<RolloutState> rollouts(String model, int newest);

  /** A small fact, such as the digest of a file that was taken; null if it was never marked. */
  @Nullable String mark(String name);

  /** Remembers a small fact, instead of what was known under that name. */
  void mark(String name, String value);

  /**
   * Remembers what a server knows about a topic, instead of what that server knew: all or nothing.
   */
  void tell(ServerFact fact);

  /** What each server has told about a topic, in the order of their names. */
  List<ServerFact> told(String topic);

  /** Lets the database go. Nothing else may be called afterwards. */
  @Override
  void close();
}
