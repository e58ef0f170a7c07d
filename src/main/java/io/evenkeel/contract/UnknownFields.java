package io.evenkeel.contract;

/** What a member of an instance gets that the contract has no feature for. */
public enum UnknownFields {
  /** The row violates the contract. */
  REJECT,
  /** It is passed over, and the answer carries a warning. */
  WARN,
  /** It is passed over. */
  IGNORE
}
