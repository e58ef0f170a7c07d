package io.evenkeel.monitoring;

/**
 * Something that rows are found to have, again and again.
 *
 * @param feature the contract's name; {@code ""} where no feature of the contract is meant
 * @param rule the name of the violation or warning; of an imputation {@code imputed} where the
 *     preprocessor puts a value, {@code default} where the contract does
 */
public record Finding(Kind kind, String feature, String rule) {
  /** How it was noticed, by how much it matters. */
  public enum Kind {
    /** The row was refused for it. */
    VIOLATION,
    /** It breaks a rule that isn't enforced. */
    MONITORED,
    /** The caller was told, and served. */
    WARNING,
    /** The feature's value is missing in a valid row. */
    IMPUTATION
  }
}
