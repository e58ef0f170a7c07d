package io.evenkeel.serving;

/** What an instance that breaks the contract does to the rest of its batch. */
public enum BatchMode {
  /** Nothing: the others are served, and it gets a problem in its place. */
  PER_ITEM,
  /** The whole batch is refused. */
  ALL_OR_NOTHING
}
