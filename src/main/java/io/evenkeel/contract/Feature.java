package io.evenkeel.contract;

import com.google.re2j.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One feature of a contract. Immutable.
 *
 * @param name its name in a request's instance
 * @param type what kind of value it takes
 * @param presence whether it may be absent, or null
 * @param bounds the ends of its range, or of its elements' range for a tensor
 * @param outOfRange what a value beyond the bounds gets
 * @param text what its text must look like; {@link TextRules#NONE} for a type without text
 * @param tensor the shape of a tensor; null for any other type
 * @param evolution what it was called before, and what older clients that don't know it yet mean
 * @param documentation what people should know about it
 * @param sensitive whether its values must stay out of errors, logs and reports
 */
public record Feature(
    String name,
    FeatureType type,
    Presence presence,
    Bounds bounds,
    OutOfRange outOfRange,
    TextRules text,
    @Nullable TensorRules tensor,
    Evolution evolution,
    Documentation documentation,
    boolean sensitive) {

  /** Whether a feature may be left out, and whether it may be null. */
  public record Presence(boolean required, boolean nullable) {}

  /**
   * What a category, a string or a listed integer must look like.
   *
   * @param values the allowed values; empty where any is allowed
   * @param unknown what a category that isn't listed gets
   * @param pattern found somewhere in the text; null where there is none
   * @param minLength in Unicode code points
   * @param maxLength in Unicode code points
   */
  public record TextRules(
      List<String> values,
      UnknownCategory unknown,
      @Nullable Pattern pattern,
      int minLength,
      int maxLength) {
    public static final TextRules NONE =
        new TextRules(List.of(), UnknownCategory.REJECT, null, 0, Integer.MAX_VALUE);

    public TextRules {
      values = List.copyOf(values);
    }
  }

  /** A tensor's shape, and whether its elements are whole numbers. */
  public record TensorRules(List<Integer> shape, FeatureType elements) {
    public TensorRules {
      shape = List.copyOf(shape);
    }

    /** How many elements the tensor has. */
    public int size() {
      int size = 1;
      for (int length : shape) {
        size = Math.multiplyExact(size, length);
      }
      return size;
    }
  }

  /**
   * How a feature stands to clients that were written for another contract.
   *
   * @param aliases further names it may be sent under, each with a warning
   * @param absent the value it has where it is absent, as a JSON value; null where there is none
   * @param deprecated what to do instead of sending it; null where it isn't deprecated
   */
  public record Evolution(
      List<String> aliases, @Nullable Object absent, @Nullable String deprecated) {
    public static final Evolution NONE = new Evolution(List.of(), null, null);

    public Evolution {
      aliases = List.copyOf(aliases);
    }
  }

  /** What people read about a feature; the example is a JSON value. */
  public record Documentation(
      @Nullable String unit, @Nullable String description, @Nullable Object example) {
    static final Documentation NONE = new Documentation(null, null, null);
  }

  /** Whether both read the same value in the same way; what only people read may differ. */
  public boolean readsValuesAs(Feature other) {
    return undocumented().equals(other.undocumented());
  }

  private Feature undocumented() {
    return new Feature(
        name,
        type,
        presence,
        bounds,
        outOfRange,
        text,
        tensor,
        evolution,
        Documentation.NONE,
        sensitive);
  }

  /** Whether a valid row may lack this feature's value. */
  public boolean canBeMissing() {
    return presence.nullable() || (!presence.required() && evolution.absent() == null);
  }

  /** How many numbers a row keeps for this feature. */
  int width() {
    return tensor == null ? 1 : tensor.size();
  }

  /**
   * A number of this feature as its own type is written: a date for days, a date-time for seconds.
   */
  String written(double value) {
    return tensor == null ? type.written(value) : tensor.elements().written(value);
  }
}
