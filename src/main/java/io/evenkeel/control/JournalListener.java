package io.evenkeel.control;

/** Who wants to know what is written into the journal. Must return soon, and not fail. */
@FunctionalInterface
public interface JournalListener {
  /**
   * An entry has been written.
   *
   * @param revision the revision in force afterwards; 0 where that isn't known
   */
  void written(JournalDraft entry, long revision);
}
