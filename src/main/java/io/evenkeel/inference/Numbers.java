package io.evenkeel.inference;

import java.util.Arrays;

/**
 * A row of numbers in the precision the graph computed them in. Owns its array. Immutable, so
 * thread-safe.
 */
public abstract sealed class Numbers {
  private Numbers() {}

  /** Wraps an array the caller gives up. */
  static Numbers wrap(float[] values) {
    return new Singles(values);
  }

  /** Wraps an array the caller gives up, or rounds it to floats. */
  static Numbers wrap(double[] values, Precision precision) {
    if (precision == Precision.DOUBLE) {
      return new Doubles(values);
    }
    float[] singles = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      singles[i] = (float) values[i];
    }
    return new Singles(singles);
  }

  public abstract int size();

  /** The number at {@code index}, from 0; exact in either precision. */
  public abstract double get(int index);

  public abstract Precision precision();

  public final double[] toArray() {
    double[] values = new double[size()];
    Arrays.setAll(values, this::get);
    return values;
  }

  /** Whether no number is NaN or infinite. */
  public final boolean isFinite() {
    for (int i = 0; i < size(); i++) {
      if (!Double.isFinite(get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Where the largest finite number is, the first of equals; -1 if there is none. */
  public final int indexOfLargest() {
    int largest = -1;
    for (int i = 0; i < size(); i++) {
      if (Double.isFinite(get(i)) && (largest < 0 || get(i) > get(largest))) {
        largest = i;
      }
    }
    return largest;
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof Numbers that
        && precision() == that.precision()
        && Arrays.equals(toArray(), that.toArray());
  }

  @Override
  public final int hashCode() {
    return Arrays.hashCode(toArray());
  }

  @Override
  public final String toString() {
    return Arrays.toString(toArray());
  }

  private static final class Singles extends Numbers {
    private final float[] values;

    Singles(float[] values) {
      this.values = values;
    }

    @Override
    public int size() {
      return values.length;
    }

    @Override
    public double get(int index) {
      return values[index];
    }

    @Override
    public Precision precision() {
      return Precision.SINGLE;
    }
  }

  private static final class Doubles extends Numbers {
    private final double[] values;

    Doubles(double[] values) {
      this.values = values;
    }

    @Override
    public int size() {
      return values.length;
    }

    @Override
    public double get(int index) {
      return values[index];
    }

    @Override
    public Precision precision() {
      return Precision.DOUBLE;
    }
  }
}
