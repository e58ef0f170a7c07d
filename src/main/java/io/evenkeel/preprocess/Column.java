package io.evenkeel.preprocess;

import io.evenkeel.contract.Row;
import io.evenkeel.contract.YamlNode;
import java.util.List;

/**
 * Writes what one feature contributes to a tensor: one or more neighbouring elements. Immutable;
 * writing is a pure function of the row, and allocates nothing. Elements that it doesn't write stay
 * zero.
 */
sealed interface Column {
  /** How many elements it takes. */
  int width();

  /** The position in the contract of the feature it is made of. */
  int feature();

  /**
   * What tells one of its elements from the feature itself, to follow the feature's name: empty
   * where the element is the feature's own value.
   *
   * @param element counted from its first
   */
  String suffix(int element);

  /** Writes the elements, the first at {@code position} of the tensor {@code input}. */
  void write(Row row, TensorRows target, int input, int position);

  /** One number. */
  record Scalar(NumberSource source) implements Column {
    @Override
    public int width() {
      return 1;
    }

    @Override
    public int feature() {
      return source.feature();
    }

    @Override
    public String suffix(int element) {
      return "";
    }

    @Override
    public void write(Row row, TensorRows target, int input, int position) {
      target.set(input, position, source.read(row));
    }
  }

  /** All elements of a tensor. */
  record Elements(NumberSource source, int width) implements Column {
    @Override
    public int feature() {
      return source.feature();
    }

    @Override
    public String suffix(int element) {
      return "[" + element + "]";
    }

    @Override
    public void write(Row row, TensorRows target, int input, int position) {
      for (int i = 0; i < width; i++) {
        target.set(input, position + i, source.read(row, i));
      }
    }
  }

  /** One text, for a tensor of strings. */
  record Text(int feature, String missing) implements Column {
    @Override
    public int width() {
      return 1;
    }

    @Override
    public String suffix(int element) {
      return "";
    }

    @Override
    public void write(Row row, TensorRows target, int input, int position) {
      String text = row.text(feature);
      target.set(input, position, text == null ? missing : text);
    }
  }

  /** 1 where the feature is missing. */
  record Indicator(int feature) implements Column {
    @Override
    public int width() {
      return 1;
    }

    @Override
    public String suffix(int element) {
      return "=missing";
    }

    @Override
    public void write(Row row, TensorRows target, int input, int position) {
      target.set(input, position, row.isMissing(feature) ? 1 : 0);
    }
  }

  /** The number of edges at or below a number. */
  final class Bucket implements Column {
    private final NumberSource source;
    private final double[] edges;
    private final Transform.Layout layout;

    Bucket(NumberSource source, Transform.Bucketize bucketize) {
      this.source = source;
      this.edges = bucketize.edges().stream().mapToDouble(Double::doubleValue).toArray();
      this.layout = bucketize.layout();
    }

    @Override
    public int width() {
      return layout == Transform.Layout.INDEX ? 1 : edges.length + 1;
    }

    @Override
    public int feature() {
      return source.feature();
    }

    @Override
    public String suffix(int element) {
      if (layout == Transform.Layout.INDEX) {
        return ".bucket";
      }
      return element < edges.length ? "<" + edges[element] : ">=" + edges[edges.length - 1];
    }

    @Override
    public void write(Row row, TensorRows target, int input, int position) {
      double value = source.read(row);
      int bucket = 0;
      while (bucket < edges.length && edges[bucket] <= value) {
        bucket++;
      }
      writePosition(bucket, layout, target, input, position);
    }
  }

  /** A column for each value of a list, and perhaps one for any other. */
  record OneHot(Vocabulary vocabulary, int values, boolean other) implements Column {
    @Override
    public int width() {
      return other ? values + 1 : values;
    }

    @Override
    public int feature() {
      return vocabulary.feature();
    }

    @Override
    public String suffix(int element) {
      return element < values ? "=" + vocabulary.value(element) : "=(other)";
    }

    @Override
    public void write(Row row, TensorRows target, int input, int position) {
      int found = vocabulary.position(row);
      if (found >= 0) {
        target.set(input, position + found, 1);
      } else if (found == Vocabulary.OTHER && other) {
        target.set(input, position + values, 1);
      }
    }
  }

  /** A value's position in a list. */
  record Ordinal(Vocabulary vocabulary, double unknown) implements Column {
    @Override
    public int width() {
      return 1;
    }

    @Override
    public int feature() {
      return vocabulary.feature();
    }

    @Override
    public String suffix(int element) {
      return ".ordinal";
    }

    @Override
    public void write(Row row, TensorRows target, int input, int position) {
      int found = vocabulary.position(row);
      target.set(input, position, found >= 0 ? found : unknown);
    }
  }

  /** A text's bucket. */
  record Hashed(int feature, String missing, Transform.Hash hash) implements Column {
    @Override
    public int width() {
      return hash.layout() == Transform.Layout.INDEX ? 1 : hash.buckets();
    }

    @Override
    public String suffix(int element) {
      return hash.layout() == Transform.Layout.INDEX ? "#" : "#" + element;
    }

    @Override
    public void write(Row row, TensorRows target, int input, int position) {
      String text = row.text(feature);
      int bucket = MurmurHash3.bucket(text == null ? missing : text, hash.seed(), hash.buckets());
      writePosition(bucket, hash.layout(), target, input, position);
    }
  }

  /** Parts of a date (in days) or a date-time (in seconds). */
  final class Calendar implements Column {
    private static final int SECONDS_IN_A_DAY = 86_400;

    private final NumberSource source;
    private final int unitsInADay;
    private final List<DatePart> parts;
    private final long reference;

    Calendar(NumberSource source, boolean inSeconds, Transform.DateParts dateParts) {
      this.source = source;
      this.unitsInADay = inSeconds ? SECONDS_IN_A_DAY : 1;
      this.parts = dateParts.parts();
      this.reference = dateParts.reference().toEpochDay();
    }

    @Override
    public int width() {
      return parts.size();
    }

    @Override
    public int feature() {
      return source.feature();
    }

    @Override
    public String suffix(int element) {
      return "." + YamlNode.written(parts.get(element));
    }

    @Override
    public void write(Row row, TensorRows target, int input, int position) {
      double time = source.read(row);
      // Whole units first: a fraction of a day would lose hours and midnights to rounding.
      long units = (long) Math.floor(time);
      long day = Math.floorDiv(units, unitsInADay);
      int hour = Math.floorMod(units, unitsInADay) * 24 / unitsInADay;
      double daysSince = (time - reference * unitsInADay) / unitsInADay;
      for (int i = 0; i < parts.size(); i++) {
        target.set(input, position + i, parts.get(i).of(day, hour, daysSince));
      }
    }
  }

  private static void writePosition(
      int found, Transform.Layout layout, TensorRows target, int input, int position) {
    if (layout == Transform.Layout.INDEX) {
      target.set(input, position, found);
    } else {
      target.set(input, position + found, 1);
    }
  }
}
