package io.evenkeel.contract;

/**
 * Looks at each row that keeps its contract as soon as it is read, and may remark on it; the row is
 * served all the same. Thread-safe, fast, and the same for the same row: it is on every request's
 * way.
 */
@FunctionalInterface
public interface RowInspection {
  /**
   * Looks at a row.
   *
   * @param row keeps its contract
   * @param remarks takes what there is to say
   * @return the share of the training rows that lie nearer to their middle, from 0 to 1; NaN where
   *     that isn't known
   */
  float inspect(Row row, Remarks remarks);

  /** Takes remarks on one row. */
  interface Remarks {
    /**
     * Adds a warning about a feature's value, unless it has been noticed already: by a rule of the
     * contract, even if that is only monitored, or by an earlier remark.
     *
     * @param message in words, without the value; of a sensitive feature nothing that tells it
     */
    void remark(Feature feature, String rule, String message);

    /** Adds a warning about the row as a whole. */
    void remark(String rule, String message);
  }
}
