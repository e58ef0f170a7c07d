package io.evenkeel.contract;

/** What becomes of a category the contract doesn't list. */
public enum UnknownCategory {
  /** The row violates the contract. */
  REJECT,
  /** The value counts as "other", and the answer carries a warning. */
  OTHER
}
