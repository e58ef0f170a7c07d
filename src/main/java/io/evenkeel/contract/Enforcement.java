package io.evenkeel.contract;

/** What a broken rule does at present. */
public enum Enforcement {
  /** The row violates the contract. */
  ENFORCED,
  /** The value is used as it is, and the answer carries a warning. */
  WARNED,
  /** The value is used as it is, and only a count tells. */
  MONITORED,
  /** Nothing, as if the contract didn't have the rule. */
  OFF
}
