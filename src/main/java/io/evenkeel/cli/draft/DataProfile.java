package io.evenkeel.cli.draft;

import io.evenkeel.contract.UnusableModelException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What two passes over a table learn: the first what the columns hold, the second how their numbers
 * are spread. Memory is bounded whatever the number of rows: a sample of the rows, and for each
 * column a sample of its numbers and the counts of its most different texts. Not thread-safe.
 */
final class DataProfile {
  private static final int MOST_ROWS = 5_000;
  private static final int MOST_CELLS = 400_000;
  private static final int FEWEST_ROWS = 200;
  private static final int MOST_NUMBERS = 20_000;
  private static final int MOST_NUMBERS_OF_ALL = 4_000_000;
  private static final int MOST_CLASSES = 1_000;
  private static final int TOP_TEXTS = 20;

  private final CsvTable table;
  private final Map<Slot, ColumnProfile> columns = new LinkedHashMap<>();
  private final Map<Slot, TensorProfile> tensors = new LinkedHashMap<>();
  private final Reservoir<@Nullable String[]> sample;
  private final @Nullable ColumnProfile outcome;
  private final int outcomeColumn;
  private long rows;

  /**
   * @param labels the columns that are no features; a single one holds the outcomes
   */
  DataProfile(CsvTable table, List<Slot> slots, List<String> labels) {
    this.table = table;
    int width = table.header().size();
    int numbers = Math.clamp(MOST_NUMBERS_OF_ALL / slots.size(), 1_000, MOST_NUMBERS);
    for (Slot slot : slots) {
      if (slot.isTensor()) {
        tensors.put(slot, new TensorProfile(slot.columns().size(), numbers));
      } else {
        columns.put(slot, new ColumnProfile(numbers));
      }
    }
    this.sample = new Reservoir<>(Math.clamp(MOST_CELLS / width, FEWEST_ROWS, MOST_ROWS));
    this.outcomeColumn = labels.size() == 1 ? table.header().indexOf(labels.getFirst()) : -1;
    this.outcome = outcomeColumn < 0 ? null : new ColumnProfile(1);
  }

  /**
   * The first pass.
   *
   * @throws UnusableModelException if there are no rows, or an element of a tensor is no number
   */
  void read(Watch watch) {
    rows = table.forEachRow(this::add, watch);
    if (rows == 0) {
      throw new UnusableModelException(
          table.file().toString(), 1, "there are no rows", "give some rows below the header");
    }
  }

  private void add(long number, @Nullable String[] cells) {
    sample.add(cells.clone());
    columns.forEach((slot, profile) -> profile.add(cells[slot.columns().getFirst()]));
    tensors.forEach((slot, profile) -> {
      Integer wrong = profile.add(cells, slot.columns());
      if (wrong != null) {
        throw new UnusableModelException(
            table.file().toString(),
            0,
            "row "
                + (number + 1)
                + " has no number in the column `"
                + table.header().get(slot.columns().get(wrong))
                + "`, an element of "
                + slot.name(),
            "give each element a number");
      }
    });
    if (outcome != null) {
      outcome.add(cells[outcomeColumn]);
    }
  }

  long rows() {
    return rows;
  }

  /** Rows of the table, at most {@value #MOST_ROWS}; all where they aren't more. */
  List<@Nullable String[]> sampleRows() {
    return sample.kept();
  }

  /** A row's outcome; null where the data don't say. */
  @Nullable String outcome(@Nullable String[] cells) {
    return outcomeColumn < 0 ? null : cells[outcomeColumn];
  }

  /** What each feature is guessed to be. */
  List<FeatureDraft> features(Layout layout) {
    List<FeatureDraft> drafts = new ArrayList<>();
    for (Slot slot : layout.slots()) {
      FeatureGuess guess = new FeatureGuess(slot);
      TensorProfile tensor = tensors.get(slot);
      drafts.add(
          tensor != null
              ? guess.of(tensor)
              : guess.of(profile(slot), layout.widens(), table.file()));
    }
    return drafts;
  }

  private ColumnProfile profile(Slot slot) {
    return Objects.requireNonNull(columns.get(slot), "each feature that is no tensor has a column");
  }

  /** The classes among the outcomes, ordered as training libraries do; empty if they are none. */
  List<String> classes() {
    List<String> distinct = outcome == null ? null : outcome.distinct();
    if (outcome == null || distinct == null || distinct.size() > MOST_CLASSES) {
      return List.of();
    }
    return switch (outcome.kind()) {
      case TEXT, BOOLEAN -> distinct;
      case INTEGER -> distinct.stream().sorted(Comparator.comparingLong(Long::parseLong)).toList();
      case NUMBER, DATE, DATETIME -> List.of();
    };
  }

  /** The second pass: a sketch of each feature, by its name. */
  Map<String, Object> sketches(List<FeatureDraft> features, Watch watch) {
    Map<FeatureDraft, Bins> bins = new HashMap<>();
    for (FeatureDraft feature : features) {
      TensorProfile tensor = tensors.get(feature.slot());
      if (tensor != null) {
        bins.put(feature, Bins.over(tensor.sortedSample(), tensor.overall().min()));
      } else if (isNumeric(feature)) {
        ColumnProfile column = profile(feature.slot());
        bins.put(feature, Bins.over(column.sortedSample(), column.moments().min()));
      }
    }
    if (!bins.isEmpty()) {
      table.forEachRow(
          (number, cells) -> bins.forEach((feature, ofIt) -> fill(feature, cells, ofIt)), watch);
    }
    Map<String, Object> sketches = new LinkedHashMap<>();
    features.forEach(feature -> sketches.put(feature.name(), sketch(feature, bins.get(feature))));
    return sketches;
  }

  private static boolean isNumeric(FeatureDraft feature) {
    return switch (feature.type()) {
      case NUMBER, INTEGER, DATE, DATETIME -> true;
      case BOOLEAN, CATEGORY, STRING, TENSOR -> false;
    };
  }

  private void fill(FeatureDraft feature, @Nullable String[] cells, Bins bins) {
    double sum = 0;
    for (int column : feature.slot().columns()) {
      String cell = cells[column];
      if (cell == null) {
        return;
      }
      sum += CellKind.of(cell).number(cell);
    }
    bins.add(sum / feature.slot().columns().size());
  }

  private Object sketch(FeatureDraft feature, @Nullable Bins bins) {
    TensorProfile tensor = tensors.get(feature.slot());
    if (tensor != null && bins != null) {
      Map<String, Object> sketch = new LinkedHashMap<>();
      sketch.put("kind", "tensor");
      sketch.put("missing", 0.0);
      sketch.put("mean", tensor.means());
      sketch.put("std", tensor.deviations());
      sketch.put("overall", bins.sketch(tensor.overall(), 0));
      return sketch;
    }
    ColumnProfile column = profile(feature.slot());
    return bins == null
        ? categorical(feature, column)
        : bins.sketch(column.moments(), column.shareMissing());
  }

  private static Map<String, Object> categorical(FeatureDraft feature, ColumnProfile column) {
    Map<String, Long> counts = new LinkedHashMap<>();
    switch (feature.type()) {
      case BOOLEAN -> {
        counts.put("false", 0L);
        counts.put("true", 0L);
        column
            .byFrequency()
            .forEach(
                cell -> counts.merge(cell.toLowerCase(Locale.ROOT), column.count(cell), Long::sum));
      }
      case CATEGORY -> feature.values().forEach(value -> counts.put(value, column.count(value)));
      default -> top(column).forEach(value -> counts.put(value, column.count(value)));
    }
    return categorical(counts, column.present(), column.shareMissing());
  }

  private static Stream<String> top(ColumnProfile column) {
    return column.byFrequency().limit(TOP_TEXTS);
  }

  /** The sketch of a column of texts, as {@code reference.json} has it. */
  static Map<String, Object> categorical(Map<String, Long> counts, long present, double missing) {
    Map<String, Object> shares = new LinkedHashMap<>();
    long counted = 0;
    for (Map.Entry<String, Long> entry : counts.entrySet()) {
      counted += entry.getValue();
      shares.put(entry.getKey(), present == 0 ? 0.0 : (double) entry.getValue() / present);
    }
    Map<String, Object> sketch = new LinkedHashMap<>();
    sketch.put("kind", "categorical");
    sketch.put("missing", missing);
    sketch.put("categories", shares);
    sketch.put("other", present == 0 ? 1.0 : (double) (present - counted) / present);
    return sketch;
  }
}
