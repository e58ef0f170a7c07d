package io.evenkeel.contract;

/** What becomes of a value beyond its bounds. */
public enum OutOfRange {
  /** The row violates the contract. */
  REJECT,
  /** The value becomes the nearest bound, and the answer carries a warning. */
  CLAMP,
  /** The value goes to the model as it is, and the answer carries a warning. */
  WARN
}
