package io.evenkeel.preprocess;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step from a feature's value to columns of a tensor, as a contract writes it. Immutable. */
public sealed interface Transform {
  /** A step from one number to one number, which may be followed by others. */
  sealed interface Scaling extends Transform {
    double apply(double value);
  }

  /** A last step, which makes one or more columns. */
  sealed interface Encoding extends Transform {}

  /** How a position among several is written. */
  enum Layout {
    /** The position itself, in one column. */
    INDEX,
    /** A column for each position, 1 at the one that is meant. */
    ONE_HOT
  }

  /** Puts a value where it is missing: a number, or a text for a category or string. */
  record Impute(double number, @Nullable String text) implements Transform {}

  /** (x - mean) / scale. */
  record Standardize(double mean, double scale) implements Scaling {
    @Override
    public double apply(double value) {
      return (value - mean) / scale;
    }
  }

  /** (x - min) / (max - min). */
  record MinMax(double min, double max) implements Scaling {
    @Override
    public double apply(double value) {
      return (value - min) / (max - min);
    }
  }

  /** ln(1 + x). */
  record Log1p() implements Scaling {
    @Override
    public double apply(double value) {
      return StrictMath.log1p(value);
    }
  }

  /** The nearest value between min and max; an infinite end doesn't limit. */
  record Clip(double min, double max) implements Scaling {
    @Override
    public double apply(double value) {
      return value < min ? min : value > max ? max : value;
    }
  }

  /** The value as a number, or as a text for a tensor of strings. */
  record Passthrough() implements Encoding {}

  /** 1 where the value is missing, else 0. */
  record MissingIndicator() implements Encoding {}

  /** How many edges are at most x. */
  record Bucketize(List<Double> edges, Layout layout) implements Encoding {
    public Bucketize {
      edges = List.copyOf(edges);
    }
  }

  /** A column for each value, and one for any other if {@code other}. */
  record OneHot(List<String> values, boolean other) implements Encoding {
    public OneHot {
      values = List.copyOf(values);
    }
  }

  /** The value's position in the list; {@code unknown} for any other. */
  record Ordinal(List<String> values, double unknown) implements Encoding {
    public Ordinal {
      values = List.copyOf(values);
    }
  }

  /** MurmurHash3 of the text, modulo the number of buckets. */
  record Hash(int buckets, int seed, Layout layout) implements Encoding {}

  /** Parts of a date or date-time, a column each. */
  record DateParts(List<DatePart> parts, LocalDate reference) implements Encoding {
    public DateParts {
      parts = List.copyOf(parts);
    }
  }
}
