package io.evenkeel.monitoring.quality;

/** The figures that groups are compared by. Their words are stable: answers carry them. */
public enum GroupFigure {
  /**
   * The share of rows that got the favourable label. If it is the same in all groups there is
   * demographic parity.
   */
  SELECTION_RATE("selectionRate", "demographicParity"),
  /** The share of right classifications. */
  ACCURACY("accuracy", "accuracy"),
  /**
   * The share of rows with the favourable outcome that got the favourable label. If it is the same
   * in all groups there is equal opportunity: M. Hardt, E. Price and N. Srebro, "Equality of
   * opportunity in supervised learning", NeurIPS 2016.
   */
  TRUE_POSITIVE_RATE("truePositiveRate", "equalOpportunity"),
  /**
   * The share of rows with another outcome that got the favourable label. If this and the true
   * positive rate are the same in all groups the odds are equalized (ibid.).
   */
  FALSE_POSITIVE_RATE("falsePositiveRate", "falsePositiveRate"),
  /** The mean of the predicted values. */
  MEAN_VALUE("meanValue", "meanValue"),
  /** The mean absolute error. */
  MAE("mae", "mae");

  private final String word;
  private final String difference;

  GroupFigure(String word, String difference) {
    this.word = word;
    this.difference = difference;
  }

  /** The figure's word. */
  public String word() {
    return word;
  }

  /** The word for how far groups are apart in it. */
  public String difference() {
    return difference;
  }
}
