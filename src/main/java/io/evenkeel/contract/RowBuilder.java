package io.evenkeel.contract;

import java.util.BitSet;

/**
 * Makes a row of values that nobody has sent: what is known of them is their types, and no rule is
 * asked. A feature that is given no value is missing. For one thread, and one row.
 */
public final class RowBuilder {
  private static final int UNLISTED = -1;

  private final Contract contract;
  private final Row row;
  private final BitSet given = new BitSet();

  public RowBuilder(Contract contract) {
    this.contract = contract;
    this.row = new Row(contract.features().size(), contract.width(), UNLISTED, RuleFlags.NONE);
  }

  /**
   * Gives a feature its number, in the units of {@link Row}.
   *
   * @throws IllegalArgumentException if it is kept as text or as a tensor, or has a value
   */
  public RowBuilder put(int feature, double value) {
    Feature described = require(feature, !type(feature).isText());
    if (described.tensor() != null) {
      throw new IllegalArgumentException("`" + described.name() + "` has more than one number");
    }
    row.put(feature, contract.slot(feature), value);
    return this;
  }

  /** Gives a category or a string its text; errors as {@link #put(int, double)}. */
  public RowBuilder put(int feature, String text) {
    Feature described = require(feature, type(feature).isText());
    int position = described.text().values().indexOf(text);
    row.put(feature, contract.slot(feature), position, text);
    return this;
  }

  /** Gives a tensor its elements, in row-major order; errors as {@link #put(int, double)}. */
  public RowBuilder put(int feature, double[] elements) {
    Feature described = require(feature, type(feature) == FeatureType.TENSOR);
    if (elements.length != described.width()) {
      throw new IllegalArgumentException(
          elements.length + " elements for `" + described.name() + "` of " + described.width());
    }
    for (int i = 0; i < elements.length; i++) {
      row.putElement(contract.slot(feature) + i, elements[i]);
    }
    row.markPresent(feature);
    return this;
  }

  private FeatureType type(int feature) {
    return contract.features().get(feature).type();
  }

  private Feature require(int feature, boolean fits) {
    Feature described = contract.features().get(feature);
    if (!fits || given.get(feature)) {
      throw new IllegalArgumentException(
          "`" + described.name() + "` is " + described.type() + (fits ? ", and has a value" : ""));
    }
    given.set(feature);
    return described;
  }

  /** The row. The builder isn't used after this. */
  public Row build() {
    return row;
  }
}
