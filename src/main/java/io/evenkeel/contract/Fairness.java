package io.evenkeel.contract;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By which groups of rows a version's predictions are compared, as the contract's {@code fairness}
 * section says. With each prediction that is kept the name of its row's group is kept. Immutable.
 */
public final class Fairness {
  /** Of all names together: reports and the store stay small. */
  static final int MOST_GROUPS = 20;

  /** Where the attribute is absent or null. */
  static final String MISSING = "missing";

  /** Where the attribute is none of the listed values. */
  static final String OTHER = "other";

  private final Feature feature;
  private final List<Double> bands;
  private final @Nullable String favourable;

  /** Those of values or bands, in order. */
  private final List<String> named;

  /**
   * @param bands where the groups of an ordered feature begin, ascending; empty for other features
   * @param favourable the label that is good for those whom a row is about; null where none is
   */
  Fairness(Feature feature, List<Double> bands, @Nullable String favourable) {
    this.feature = feature;
    this.bands = List.copyOf(bands);
    this.favourable = favourable;
    this.named = feature.type().isOrdered() ? ofBands() : ofValues(feature);
  }

  private static List<String> ofValues(Feature feature) {
    return feature.type() == FeatureType.BOOLEAN
        ? List.of("false", "true")
        : feature.text().values();
  }

  private List<String> ofBands() {
    List<String> names = new ArrayList<>();
    names.add("below " + feature.written(bands.getFirst()));
    for (int i = 0; i < bands.size() - 1; i++) {
      names.add(
          "from "
              + feature.written(bands.get(i))
              + " to below "
              + feature.written(bands.get(i + 1)));
    }
    names.add("from " + feature.written(bands.getLast()));
    return names;
  }

  /** The feature's name. */
  public String attribute() {
    return feature.name();
  }

  /** The label that is good for those whom a row is about; null where none is. */
  public @Nullable String favourable() {
    return favourable;
  }

  /** All groups that a row can belong to, in order. */
  public List<String> groups() {
    List<String> all = new ArrayList<>(named);
    if (feature.type() == FeatureType.CATEGORY
        && feature.text().unknown() == UnknownCategory.OTHER) {
      all.add(OTHER);
    }
    if (feature.canBeMissing()) {
      all.add(MISSING);
    }
    return List.copyOf(all);
  }

  /** The bands as a contract writes them; empty where there are none. */
  public List<String> writtenBands() {
    return bands.stream().map(feature::written).toList();
  }

  /**
   * The group of a valid row.
   *
   * @param index the feature's position
   */
  String groupOf(Row row, int index, int slot) {
    if (row.isMissing(index)) {
      return MISSING;
    }
    if (feature.type().isText()) {
      int found = named.indexOf(row.text(index));
      return found < 0 ? OTHER : named.get(found);
    }
    double number = row.number(slot);
    if (feature.type() == FeatureType.BOOLEAN) {
      return named.get(number == 0 ? 0 : 1);
    }
    int band = 0;
    while (band < bands.size() && number >= bands.get(band)) {
      band++;
    }
    return named.get(band);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fairness that && toString().equals(that.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    return attribute() + " " + groups() + (favourable == null ? "" : ", favourable " + favourable);
  }
}
