package io.evenkeel.control;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store whose journal somebody listens to, once what is written is safe. Thread-safe. */
final class HeardStore implements ControlStore {
  private final ControlStore store;
  private final JournalListener listener;

  HeardStore(ControlStore store, JournalListener listener) {
    this.store = store;
    this.listener = listener;
  }

  @Override
  public Revision append(
      long expected, String document, JournalDraft entry, Map<String, String> marks) {
    Revision appended = store.append(expected, document, entry, marks);
    listener.written(entry, appended.number());
    return appended;
  }

  @Override
  public JournalEntry journal(JournalDraft entry) {
    JournalEntry written = store.journal(entry);
    listener.written(entry, written.revision());
    return written;
  }

  @Override
  public @Nullable Revision latest() {
    return store.latest();
  }

  @Override
  public @Nullable Revision revision(long number) {
    return store.revision(number);
  }

  @Override
  public List<Revision> revisions(int newest) {
    return store.revisions(newest);
  }

  @Override
  public List<JournalEntry> journal(JournalQuery query) {
    return store.journal(query);
  }

  @Override
  public void saveRollout(RolloutState state) {
    store.saveRollout(state);
  }

  @Override
  public List<RolloutState> openRollouts() {
    return store.openRollouts();
  }

  @Override
  public @Nullable RolloutState rollout(String id) {
    return store.rollout(id);
  }

  @Override
  public List<RolloutState> rollouts(String model, int newest) {
    return store.rollouts(model, newest);
  }

  @Override
  public @Nullable String mark(String name) {
    return store.mark(name);
  }

  @Override
  public void mark(String name, String value) {
    store.mark(name, value);
  }

  @Override
  public void tell(ServerFact fact) {
    store.tell(fact);
  }

  @Override
  public List<ServerFact> told(String topic) {
    return store.told(topic);
  }

  @Override
  public void close() {
    store.close();
  }
}
